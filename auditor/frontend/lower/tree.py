"""clang's syntax tree below one cursor: a cursor comes in, nodes in reading order with their children go out.

One callback that only appends, so that nesting depth costs nothing and nothing is lost to Python's
recursion limit; the links between the nodes are made afterwards.
"""

from __future__ import annotations

from typing import Any

from auditor.frontend.libclang import BREAK, CONTINUE, RECURSE, Cursor, Library, Visitor
from auditor.frontend.lower.kinds import FIRST_STATEMENT


class Node:
    """One cursor with its children; ``out`` is what it was lowered to, once it was."""

    __slots__ = ("children", "cursor", "kind", "out")

    def __init__(self, cursor: Cursor, kind: int) -> None:
        self.cursor, self.kind = cursor, kind
        self.children: list[Node] = []
        self.out: Any = None

    @property
    def key(self) -> int | None:
        """The identity of what the cursor stands for."""
        return self.cursor.d0 if self.kind < FIRST_STATEMENT else self.cursor.d1


def children_of(lib: Library, cursor: Cursor) -> list[Cursor]:
    """The direct children of ``cursor``."""
    return _visited(lib, cursor, CONTINUE)[0]


def tree(lib: Library, root: Cursor) -> list[Node]:
    """The nodes below ``root`` and ``root`` itself first, in reading order (parents before children)."""
    cursors, parents = _visited(lib, root, RECURSE)
    top = Node(root, root.kind)
    nodes, stack, keys = [top], [top], [_key(root)]
    for cursor, parent in zip(cursors, parents, strict=True):
        while keys[-1] != parent and len(keys) > 1:
            keys.pop()
            stack.pop()
        kind = cursor.kind
        node = Node(cursor, kind)
        siblings = stack[-1].children
        if not siblings or siblings[-1].kind != kind or kind < FIRST_STATEMENT or siblings[-1].cursor.d1 != cursor.d1:
            siblings.append(node)  # case labels are reported twice
        nodes.append(node)
        stack.append(node)
        keys.append(cursor.d0 if kind < FIRST_STATEMENT else cursor.d1)
    return nodes


def _key(cursor: Cursor) -> int | None:
    key: int | None = cursor.d0 if cursor.kind < FIRST_STATEMENT else cursor.d1
    return key


def _visited(lib: Library, root: Cursor, answer: int) -> tuple[list[Cursor], list[int | None]]:
    cursors: list[Cursor] = []
    parents: list[int | None] = []
    failure: list[BaseException] = []

    def visit(cursor: Cursor, parent: Cursor, _: object) -> int:
        try:
            cursors.append(cursor)
            parents.append(parent.d0 if parent.kind < FIRST_STATEMENT else parent.d1)
        except BaseException as error:  # ctypes would print and drop it, an interrupt too
            failure.append(error)
            return BREAK
        return answer

    lib.visitChildren(root, Visitor(visit), None)
    if failure:
        raise failure[0]
    return cursors, parents
