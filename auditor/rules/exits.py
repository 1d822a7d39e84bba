"""A place in a function in, the comparisons out that stand behind it on every way and leave the function."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.ir import Expression, Function, walk
from auditor.ir import expressions as e
from auditor.ir import statements as s


def exits_behind(function: Function, place: Expression) -> Iterator[tuple[Expression, bool]]:
    """Every (comparison, outcome) that makes the function return or jump, in a block that holds ``place``.

    Whatever is executed at ``place`` comes to these comparisons, unless it has left the function before.
    """
    for block in walk(function.body):
        if isinstance(block, s.Block):
            behind = False
            for statement in block.body:
                if behind and isinstance(statement, s.If):
                    yield from _exits(statement)
                behind = behind or any(node is place for node in walk(statement))


def _exits(tested: s.If) -> Iterator[tuple[Expression, bool]]:
    if _leaves(tested.then):
        yield from _each(tested.test, "||", True)
    if _leaves(tested.otherwise):
        yield from _each(tested.test, "&&", False)


def _each(test: Expression, joined: str, outcome: bool) -> Iterator[tuple[Expression, bool]]:
    """The parts of a test any one of which decides it."""
    if isinstance(test, e.Binary) and test.op == joined:
        yield from _each(test.left, joined, outcome)
        yield from _each(test.right, joined, outcome)
    else:
        yield test, outcome


def _leaves(statement: s.Statement | None) -> bool:
    if isinstance(statement, s.Block):
        return bool(statement.body) and _leaves(statement.body[-1])
    return isinstance(statement, (s.Return, s.Goto))
