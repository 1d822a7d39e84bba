"""A deep body or expression comes in, pieces none of which is deep go out, and it again.

What packs data calls itself for every level of it. How many calls that may be is up to Python and to the
system's stack, and an ``else if`` chain is as deep as it is long.
"""

from __future__ import annotations

from collections.abc import Callable

from auditor.ir import expressions as e
from auditor.ir import statements as s
from auditor.ir.expressions import Expr, Expression, StatementExpr
from auditor.ir.statements import Statement
from auditor.ir.walk import Node, children, walk, with_children

Piece = Expression | Statement

MOST = 100
"""Levels of a piece, above which another begins. One takes up to three calls: the node, a tuple, an item."""

_SCOPE = "piece"
"""Of a name that stands for an expression; no other name has it."""

_LABEL = "piece "
"""And a number: where the goto that stands for a statement goes; no label of C has a blank."""


def cut(root: Node) -> tuple[Node, tuple[Node, ...]]:
    """``root`` with others in place of what is deep in it, and these; a later piece may hold earlier ones."""
    pieces: list[Node] = []
    levels: dict[int, int] = {}

    def part(node: Node, below: dict[int, Node]) -> Node:
        for child in children(node):
            if levels[id(child)] >= MOST and not isinstance(node, StatementExpr):  # which holds a block
                pieces.append(below[id(child)])
                below[id(child)] = _instead(child, len(pieces) - 1)
                levels[id(child)] = 1
        levels[id(node)] = 1 + max((levels[id(child)] for child in children(node)), default=0)
        return with_children(node, below)

    return _rebuilt(root, part), tuple(pieces)


def joined(root: Node, pieces: tuple[Node, ...]) -> Node:
    """What was cut. Raises ValueError for pieces that ``cut`` did not make."""
    whole: list[Node] = []

    def part(node: Node, below: dict[int, Node]) -> Node:
        number = _number(node)
        if number is None:
            return with_children(node, below)
        if not 0 <= number < len(whole) or isinstance(whole[number], Expr) is not isinstance(node, Expr):
            raise ValueError(f"there is no piece {number}")
        return whole[number]

    for piece in pieces:
        whole.append(_rebuilt(piece, part))
    return _rebuilt(root, part)


def _rebuilt(root: Node, part: Callable[[Node, dict[int, Node]], Node]) -> Node:
    """``root`` of what ``part`` makes of each node from below, given what it made of those further below."""
    made: dict[int, Node] = {}
    for node in reversed(list(walk(root))):
        made[id(node)] = part(node, made)
    return made[id(root)]


def _instead(node: Node, number: int) -> Node:
    """What stands for a piece."""
    if isinstance(node, Expr):
        return e.Name(at=node.at, ctype=node.ctype, name="", scope=_SCOPE, symbol=str(number))
    return s.Goto(at=node.at, label=f"{_LABEL}{number}")


def _number(node: Node) -> int | None:
    """Of the piece that ``node`` stands for; None when it stands for itself."""
    if isinstance(node, e.Name) and node.scope == _SCOPE:
        return int(node.symbol)
    if isinstance(node, s.Goto) and node.label.startswith(_LABEL):
        return int(node.label.removeprefix(_LABEL))
    return None
