"""Statements: nodes of clang's tree, their children already lowered, come in; lists of IR statements go out.

Each handler returns a list, so that labels and the statements they label come to stand side by side.
"""

from __future__ import annotations

from collections.abc import Callable

from auditor.frontend.lower import kinds as k
from auditor.frontend.lower.context import Context
from auditor.frontend.lower.loops import do_loop, for_each, for_loop, while_loop
from auditor.frontend.lower.shape import as_expression, as_statement, as_statements, missing, source_parts
from auditor.frontend.lower.tree import Node
from auditor.frontend.lower.types import UNKNOWN
from auditor.ir import Expression, Statement
from auditor.ir import expressions as e
from auditor.ir import statements as s
from auditor.model import Location

Handler = Callable[[Context, Node], list[Statement]]


def _compound(ctx: Context, node: Node) -> list[Statement]:
    body = [statement for child in node.children for statement in as_statements(child)]
    return [s.Block(at=ctx.at(node), body=tuple(body))]


def _declaration(ctx: Context, node: Node) -> list[Statement]:
    return [child.out for child in node.children if isinstance(child.out, s.Declare)]


def _branch(ctx: Context, node: Node) -> list[Statement]:
    before, rest = source_parts(node, 2)
    at = ctx.at(node)
    test = as_expression(rest[0]) if rest and rest[0].kind <= k.LAST_EXPRESSION else None
    arms = rest[1:] if test is not None else rest
    then = as_statement(arms[0]) if arms else s.Block(at=at, body=())
    otherwise = as_statement(arms[1]) if len(arms) > 1 else None
    made = s.If(at=at, test=test or missing(at, ctx.source(node)), then=then, otherwise=otherwise)
    return [*before, made]


def _switch(ctx: Context, node: Node) -> list[Statement]:
    before, rest = source_parts(node, 2)
    at = ctx.at(node)
    subject = as_expression(rest[0]) if len(rest) > 1 else None
    body = as_statement(rest[-1]) if rest else s.Block(at=at, body=())
    return [*before, s.Switch(at=at, subject=subject or missing(at, ctx.source(node)), body=body)]


def _case(ctx: Context, node: Node) -> list[Statement]:
    at = ctx.at(node)
    labels, body = node.children[:-1], node.children[-1:]
    bounds = [_once(bound) for child in labels if (bound := as_expression(child)) is not None]
    low = bounds[0] if bounds else missing(at, ctx.source(node))
    high = bounds[1] if len(bounds) > 1 else None
    ends = high or low
    where = Location(at.file, at.line, at.column, ends.at.end_line, ends.at.end_column)
    return [s.Case(at=where, low=low, high=high), *(t for child in body for t in as_statements(child))]


def _once(bound: Expression) -> Expression:
    """A label without clang's wrapper around constants, which looks like the operator that it wraps."""
    if isinstance(bound, e.Unary) and isinstance(bound.operand, e.Unary) and bound.at == bound.operand.at:
        return bound.operand
    return bound


def _default(ctx: Context, node: Node) -> list[Statement]:
    return [s.Default(at=ctx.at(node)), *(t for child in node.children for t in as_statements(child))]


def _label(ctx: Context, node: Node) -> list[Statement]:
    name = ctx.lib.text(ctx.lib.getCursorSpelling(node.cursor))
    made = s.Label(at=ctx.at(node), name=name)
    return [made, *(t for child in node.children for t in as_statements(child))]


def _goto(ctx: Context, node: Node) -> list[Statement]:
    target = next((c for c in node.children if c.kind == k.LABEL_REF), None)
    name = ctx.lib.text(ctx.lib.getCursorSpelling(target.cursor)) if target else ""
    return [s.Goto(at=ctx.at(node), label=name)]


def _leave(ctx: Context, node: Node) -> list[Statement]:
    made: Statement = s.Break(at=ctx.at(node)) if node.kind == k.BREAK else s.Continue(at=ctx.at(node))
    return [made]


def _give_back(ctx: Context, node: Node) -> list[Statement]:
    return [s.Return(at=ctx.at(node), expr=as_expression(node.children[0]) if node.children else None)]


def _nothing(ctx: Context, node: Node) -> list[Statement]:
    return []


def _inner(ctx: Context, node: Node) -> list[Statement]:
    """An attributed statement, or try: the statements inside, in order."""
    inside = [child for child in node.children if child.kind > k.LAST_EXPRESSION]
    return [t for child in inside for t in as_statements(child)] if inside else opaque(ctx, node)


def _handler(ctx: Context, node: Node) -> list[Statement]:
    """``__except`` and ``catch``: taken or not, nobody knows."""
    at = ctx.at(node)
    body = [t for child in node.children if child.kind > k.LAST_EXPRESSION for t in as_statements(child)]
    test: Expression = e.Unknown(at=at, ctype=UNKNOWN, text="an exception was raised")
    return [s.If(at=at, test=test, then=s.Block(at=at, body=tuple(body)))]


def opaque(ctx: Context, node: Node) -> list[Statement]:
    """Inline assembly, and every statement that has no other shape."""
    return [s.Opaque(at=ctx.at(node), text=ctx.source(node))]


STATEMENTS: dict[int, Handler] = {
    k.UNEXPOSED_STMT: _inner, k.LABEL: _label, k.COMPOUND: _compound, k.CASE: _case, k.DEFAULT: _default,
    k.IF: _branch, k.SWITCH: _switch, k.WHILE: while_loop, k.DO: do_loop, k.FOR: for_loop, k.GOTO: _goto,
    k.COMPUTED_GOTO: _goto, k.CONTINUE: _leave, k.BREAK: _leave, k.RETURN: _give_back, k.CXX_CATCH: _handler,
    k.CXX_TRY: _inner, k.CXX_FOR_RANGE: for_each, k.SEH_TRY: _inner, k.SEH_EXCEPT: _handler,
    k.SEH_FINALLY: _inner, k.NULL: _nothing, k.DECLARATION: _declaration,
}  # fmt: skip
"""What lowers each kind of statement; every other kind (inline assembly) is Opaque."""
