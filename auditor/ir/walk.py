"""Walking the IR: the children of a node, and every node below one."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.ir.expressions import Expr, InitItem
from auditor.ir.statements import Stmt

Node = Expr | Stmt

_HOLDS_NODES = ("Expression", "Statement", "Block", "InitItem")
_FIELDS: dict[type, tuple[str, ...]] = {}


def children(node: Node) -> list[Node]:
    """The direct sub-expressions and sub-statements of ``node``, in source order."""
    found: list[Node] = []
    fields = _FIELDS.get(type(node))
    for name in _fields(type(node)) if fields is None else fields:
        held = getattr(node, name)
        if isinstance(held, tuple):
            found += [item.source if isinstance(item, InitItem) else item for item in held]
        elif held is not None:
            found.append(held)
    return found


def walk(node: Node) -> Iterator[Node]:
    """``node`` and everything below it, parents first; iterative, so depth does not matter."""
    stack = [node]
    while stack:
        current = stack.pop()
        yield current
        below = children(current)
        below.reverse()
        stack += below


def _fields(of: type) -> tuple[str, ...]:
    """Names of the fields of an IR class that hold nodes, by their annotations."""
    found = tuple(
        name
        for name, annotation in getattr(of, "__annotations__", {}).items()
        if any(word in str(annotation) for word in _HOLDS_NODES)
    )
    _FIELDS[of] = found
    return found
