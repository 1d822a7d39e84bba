"""clang's syntax tree below one cursor: a cursor comes in, nodes in reading order with their children go out.

One callback that only appends, so that nesting depth costs nothing and nothing is lost to Python's
recursion limit; the links between the nodes are made afterwards.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import msgspec

from auditor.frontend.libclang import BREAK, CONTINUE, RECURSE, Cursor, Library, Visitor
from auditor.frontend.lower.kinds import CASE, FIRST_STATEMENT, LOCALS

LeaveOut = Callable[["Node", Cursor], bool]
"""Told a node and its next child: whether the child is left out, with all below it."""


class Node(msgspec.Struct, eq=False):
    """One cursor with its children.

    ``key`` tells what the cursor stands for; ``out`` is what it was lowered to, once it was.
    """

    cursor: Cursor
    kind: int
    key: int | None
    children: list[Node] = []
    out: Any = None


class Tree:
    """The nodes below one cursor, itself first, in reading order (parents before children).

    ``leave_out`` is asked about the children of nodes, by the nodes' kind. ``levels`` are those of the tree.
    """

    def __init__(self, lib: Library, root: Cursor, leave_out: Mapping[int, LeaveOut]) -> None:
        self._leave_out = leave_out
        self.top = Node(root, root.kind, _key(root))
        self.nodes = [self.top]
        self.variables: list[Node] = []
        self.levels = 1
        self._path = [self.top]
        self._failure: BaseException | None = None
        lib.visitChildren(root, Visitor(self._visit), None)
        if self._failure is not None:
            raise self._failure

    def _visit(self, cursor: Cursor, parent: Cursor, _: object) -> int:
        try:
            path = self._path
            above = parent.d0 if parent.kind < FIRST_STATEMENT else parent.d1
            while path[-1].key != above and len(path) > 1:
                path.pop()
            holder = path[-1]
            leave_out = self._leave_out.get(holder.kind)
            if leave_out is not None and leave_out(holder, cursor):
                return CONTINUE
            kind = cursor.kind
            siblings, labels = holder.children, holder.kind == CASE
            if kind < FIRST_STATEMENT:
                node = Node(cursor, kind, cursor.d0)
                siblings.append(node)
                if kind in LOCALS:
                    self.variables.append(node)
            else:
                node = Node(cursor, kind, cursor.d1)
                if not (labels and siblings and siblings[-1].key == node.key):
                    siblings.append(node)  # case labels are reported twice
            self.nodes.append(node)
            path.append(node)
            if len(path) > self.levels:
                self.levels = len(path)
        except BaseException as error:  # ctypes would print and drop it, an interrupt too
            self._failure = error
            return BREAK
        return RECURSE


def children_of(lib: Library, cursor: Cursor, kinds: frozenset[int]) -> list[Cursor]:
    """The direct children of ``cursor`` that are of one of ``kinds``."""
    found: list[Cursor] = []

    def visit(child: Cursor) -> int:
        if child.kind in kinds:
            found.append(child)
        return CONTINUE

    _visit_below(lib, cursor, visit)
    return found


def operands_of(lib: Library, cursor: Cursor) -> list[Cursor]:
    """The direct children of an expression."""
    found: list[Cursor] = []

    def visit(child: Cursor) -> int:
        found.append(child)
        return CONTINUE

    _visit_below(lib, cursor, visit)
    return found


def kinds_below(lib: Library, cursor: Cursor, most: int) -> list[int]:
    """The kinds of the nodes below ``cursor`` in reading order, no more than the first ``most``."""
    found: list[int] = []

    def visit(node: Cursor) -> int:
        found.append(node.kind)
        return RECURSE if len(found) < most else BREAK

    _visit_below(lib, cursor, visit)
    return found


def _visit_below(lib: Library, cursor: Cursor, visit: Callable[[Cursor], int]) -> None:
    failure: list[BaseException] = []

    def called(child: Cursor, _parent: Cursor, _: object) -> int:
        try:
            return visit(child)
        except BaseException as error:  # as above
            failure.append(error)
            return BREAK

    lib.visitChildren(cursor, Visitor(called), None)
    if failure:
        raise failure[0]


def _key(cursor: Cursor) -> int | None:
    key: int | None = cursor.d0 if cursor.kind < FIRST_STATEMENT else cursor.d1
    return key
