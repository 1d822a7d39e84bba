"""Walking the IR: the children of a node, and every node below one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from auditor.ir.expressions import Expr, InitItem
from auditor.ir.statements import Stmt

Node = Expr | Stmt

_HOLDS_NODES = ("Expression", "Statement", "Block", "InitItem")


def children(node: Node) -> list[Node]:
    """The direct sub-expressions and sub-statements of ``node``, in source order."""
    found: list[Node] = []
    for name in _FIELDS[type(node)]:
        held = getattr(node, name)
        if isinstance(held, tuple):
            found += [item.source if isinstance(item, InitItem) else item for item in held]
        elif held is not None:
            found.append(held)
    return found


def with_children(node: Node, made: Mapping[int, Node]) -> Node:
    """``node`` with what was made of each of its children, by the child's id; itself when these stay."""
    changed = {}
    for name in _FIELDS[type(node)]:
        held = getattr(node, name)
        new = (
            tuple([_exchanged(one, made) for one in held])
            if isinstance(held, tuple)
            else _exchanged(held, made)
        )
        if new != held:  # nodes compare by identity
            changed[name] = new
    return msgspec.structs.replace(node, **changed) if changed else node


def _exchanged(held: Any, made: Mapping[int, Node]) -> Any:
    if not isinstance(held, InitItem):
        return made.get(id(held), held)
    source = made.get(id(held.source), held.source)
    return held if source is held.source else msgspec.structs.replace(held, source=source)


def walk(node: Node) -> Iterator[Node]:
    """``node`` and everything below it, parents first; iterative, so depth does not matter."""
    stack = [node]
    while stack:
        current = stack.pop()
        yield current
        if _FIELDS[type(current)]:
            below = children(current)
            below.reverse()
            stack += below


class _Fields(dict[type, tuple[str, ...]]):
    """Names of the fields of an IR class that hold nodes, by their annotations; each looked up once."""

    def __missing__(self, of: type) -> tuple[str, ...]:
        self[of] = found = tuple(
            name
            for name, annotation in getattr(of, "__annotations__", {}).items()
            if any(word in str(annotation) for word in _HOLDS_NODES)
        )
        return found


_FIELDS = _Fields()
