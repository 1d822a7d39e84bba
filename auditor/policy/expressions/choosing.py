"""Choices between lengths that do not split the path, as one value."""

from __future__ import annotations

from auditor.ir import RELATIONAL
from auditor.ir import expressions as e
from auditor.policy.expressions.reading import Reader
from auditor.policy.numbers.lengths import Length
from auditor.policy.numbers.pieces import choose
from auditor.policy.numbers.solving import lengths_where
from auditor.policy.numbers.values import Int, Value
from auditor.policy.paths.state import State


def chosen(reader: Reader, state: State, expr: e.Conditional) -> Value | None:
    """``len < 60 ? 60 : len`` as one value, without splitting the path."""
    test = expr.test
    if not (isinstance(test, e.Binary) and test.op in RELATIONAL and expr.then is not None):
        return None
    operands = (test.left, test.right, expr.then, expr.otherwise)
    if not all(reader.simple(part) for part in operands):
        return None
    left, right, then, otherwise = (reader.value(state, part) for part in operands)
    if not isinstance(left, (Length, Int)) or not isinstance(right, (Length, Int)):
        return None
    holds = lengths_where(test.op, left, right)
    return choose(holds, then, otherwise, expr.ctype, reader.memory.longest)
