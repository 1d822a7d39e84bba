"""Comparisons that leave a function early: which side of one does, and which stand behind a place."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.ir import Expression, Function, Program, walk
from auditor.ir import expressions as e
from auditor.ir import statements as s
from auditor.policy import Fork


def leaving_side(program: Program, fork: Fork) -> bool | None:
    """How a comparison turns out for frames that leave the function early, by a jump or a return.

    It is the test of an ``if``, or a part of it. None where neither branch leaves, or both do.
    """
    for function in program.functions():
        if function.symbol == fork.function and (found := _test_of(function, fork)) is not None:
            then, otherwise = _jumps(found.then), _jumps(found.otherwise)
            return None if then == otherwise else then
    return None


def _test_of(function: Function, fork: Fork) -> s.If | None:
    for node in walk(function.body):
        if isinstance(node, s.If) and any(part is fork.expr for part in walk(node.test)):
            return node
    return None


def _jumps(statement: s.Statement | None) -> bool:
    return isinstance(_last(statement), (s.Goto, s.Return, s.Break, s.Continue))


def _last(statement: s.Statement | None) -> s.Statement | None:
    """The last statement of nested blocks."""
    while isinstance(statement, s.Block):
        statement = statement.body[-1] if statement.body else None
    return statement


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
    if _leaves_function(tested.then):
        yield from _each(tested.test, "||", True)
    if _leaves_function(tested.otherwise):
        yield from _each(tested.test, "&&", False)


def _each(test: Expression, joined: str, outcome: bool) -> Iterator[tuple[Expression, bool]]:
    """The parts of a test any one of which decides it."""
    if isinstance(test, e.Binary) and test.op == joined:
        yield from _each(test.left, joined, outcome)
        yield from _each(test.right, joined, outcome)
    else:
        yield test, outcome


def _leaves_function(statement: s.Statement | None) -> bool:
    return isinstance(_last(statement), (s.Return, s.Goto))
