"""Values being used or compared on a path in, observations of those in which a length wrapped out."""

from __future__ import annotations

from auditor.ir import Expression
from auditor.policy.expressions.observations import (
    ASTRAY,
    DECLARED,
    MISJUDGED,
    UNBOUNDED,
    UNSWAPPED,
    Observer,
)
from auditor.policy.numbers.bounding import Known, below_zero
from auditor.policy.numbers.lengths import Length
from auditor.policy.numbers.linear import linear
from auditor.policy.numbers.values import ZERO, Bytes, Op, Value
from auditor.policy.numbers.wrapping import astray, misjudged, passed, sums, too_large
from auditor.policy.paths.state import State


def used(observer: Observer, state: State, value: Value | None, expr: Expression, function: str) -> None:
    """Observe that ``value`` is an index, an offset or a stored length at ``expr``, where it is astray."""
    if isinstance(value, Length) and astray(value, state.lengths):
        observer.see(ASTRAY, state, expr, function, (value,))
    elif isinstance(value, Op) and below_zero(value, Known(state.facts, state.lengths)):
        observer.see(DECLARED, state, expr, function, (value,))


def used_as_size(
    observer: Observer, state: State, value: Value | None, expr: Expression, function: str
) -> None:
    """Observe that ``value`` is a number of bytes at ``expr``: astray itself, or of a sum that was."""
    used(observer, state, value, expr, function)
    if isinstance(value, Length):
        for sum_ in sums(state.facts):
            if too_large(sum_, state.lengths):
                observer.see(UNBOUNDED, state, expr, function, (value, sum_))


def compared(
    observer: Observer, state: State, op: str, left: Value, right: Value, expr: Expression, function: str
) -> None:
    """Observe a comparison that turns out otherwise than in exact integers for lengths of the path."""
    if misjudged(op, left, right, state.lengths):
        observer.see(MISJUDGED, state, expr, function, (left, right))


def ordered(
    observer: Observer, state: State, op: str, left: Value, right: Value, expr: Expression, function: str
) -> None:
    """Observe an ordering of bytes of the frame that were not swapped, or of a sum with them."""
    if op in ("==", "!="):
        return
    first, second = _unswapped(left), _unswapped(right)
    found, other = (first, right) if first is not None else (second, left)
    if found is not None and (first is None or second is None) and other != ZERO:
        observer.see(UNSWAPPED, state, expr, function, (found,))


def _unswapped(value: Value) -> Bytes | None:
    """The whole field in the wire's order that a value is, or that is added in it."""
    if not isinstance(value, (Bytes, Op)) or (isinstance(value, Op) and value.op not in ("+", "-")):
        return None
    fields = (t for t in linear(value).terms if isinstance(t, Bytes) and t.width > 1 and not t.host)
    return next(fields, None)


def remember(state: State, op: str, left: Value, right: Value) -> None:
    """Note on a path that a sum, too large for its type, made it come this way."""
    for side in (left, right):
        if isinstance(side, Length) and too_large(side, misjudged(op, left, right, state.lengths)):
            state.facts[passed(side)] = ((1, 1),)
