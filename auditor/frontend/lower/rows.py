"""Tables of numbers: the tree of a file-scope variable comes in, its nodes without the later rows go out.

Firmware, register settings and calibration come as arrays of thousands of rows, each nothing but numbers as
they are written. What a frame meets does not depend on them one by one: the first rows show what they are.
"""

from __future__ import annotations

from auditor.frontend.lower import kinds as k
from auditor.frontend.lower.context import Context
from auditor.frontend.lower.tree import Node, Tree
from auditor.frontend.positions import IN_MACRO

KEPT = 64
"""Rows of an array that are lowered in any case: what code names by a constant stands among the first."""

_NUMBERS = frozenset(
    {k.INIT_LIST, k.INTEGER, k.FLOAT, k.CHARACTER, k.STRING, k.UNARY, k.PAREN, k.UNEXPOSED, k.MEMBER_REF}
)
"""What a row of numbers consists of: no name that stands for something, no operation on two of them."""


def without_rows(ctx: Context, tree: Tree) -> list[Node]:
    """The nodes of ``tree`` in reading order, without rows behind an array's first KEPT if all are numbers.

    These are no children of their list any more: such an element is unknown, as in another file's array.
    """
    nodes = tree.nodes
    if len(nodes) <= KEPT:
        return nodes
    kept: list[Node] = []
    start = 0
    for at, node in enumerate(nodes):
        if at >= start and node.kind == k.INIT_LIST and len(node.children) > KEPT:
            first, end = _position(nodes, node.children[KEPT], at), _position(nodes, _last(node), at) + 1
            if all(_is_number(ctx, one) for one in nodes[first:end]):
                kept += nodes[start:first]
                del node.children[KEPT:]
                start = end
    return kept + nodes[start:]


def _is_number(ctx: Context, node: Node) -> bool:
    return node.kind in _NUMBERS and ctx.extent(node).begin < IN_MACRO


def _last(node: Node) -> Node:
    """The node of a subtree that is read last."""
    while node.children:
        node = node.children[-1]
    return node


def _position(nodes: list[Node], node: Node, start: int) -> int:
    return next(at for at in range(start, len(nodes)) if nodes[at] is node)
