"""A comparison in, the side of it on which the rest of its function is left out."""

from __future__ import annotations

from auditor.ir import Function, Program, walk
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
    while isinstance(statement, s.Block):
        if not statement.body:
            return False
        statement = statement.body[-1]
    return isinstance(statement, (s.Goto, s.Return, s.Break, s.Continue))
