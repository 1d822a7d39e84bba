"""Shapes of lowered children: nodes come in; expressions, one statement or a list of statements go out."""

from __future__ import annotations

from auditor.frontend.lower import kinds as k
from auditor.frontend.lower.tree import Node
from auditor.frontend.lower.types import UNKNOWN
from auditor.ir import Expression, Statement
from auditor.ir import expressions as e
from auditor.ir import statements as s
from auditor.model import NOWHERE, Location


def parts_of(node: Node) -> list[Expression]:
    """The lowered expressions among a node's children."""
    return [out for child in node.children if isinstance(out := child.out, e.Expr)]  # type: ignore[misc]


def as_expression(node: Node) -> Expression | None:
    """The node's expression, None when it is none."""
    return node.out if isinstance(node.out, e.Expr) else None  # type: ignore[return-value]


def as_statements(node: Node) -> list[Statement]:
    """The node as statements: an expression is evaluated, a declaration stands for itself."""
    out = node.out
    if isinstance(out, list):
        return out
    if isinstance(out, e.Expr):
        return [s.Evaluate(at=out.at, expr=out)]  # type: ignore[arg-type]
    return [out] if isinstance(out, s.Stmt) else []  # type: ignore[list-item]


def as_statement(node: Node) -> Statement:
    """The node as one statement, a Block when it is several or none."""
    found = as_statements(node)
    if len(found) == 1:
        return found[0]
    return s.Block(at=found[0].at if found else NOWHERE, body=tuple(found))


def source_parts(node: Node, usual: int) -> tuple[list[Statement], list[Node]]:
    """C++'s declarations in a condition, as statements before it, and the children that C knows."""
    children = node.children
    before: list[Statement] = []
    while len(children) > usual and children[0].kind in (k.DECLARATION, k.VARIABLE):
        before += as_statements(children[0])
        children = children[1:]
    return before, children


def missing(at: Location, text: str) -> Expression:
    """A condition that clang dropped."""
    return e.Unknown(at=at, ctype=UNKNOWN, text=text[:200])
