"""What wrapping took from a length, against sums in whole numbers, for every sampled length."""

from __future__ import annotations

import operator

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from auditor.ir import IntType
from auditor.ir.expressions import Literal
from auditor.model import Location
from auditor.policy.numbers.arithmetic import binary, convert
from auditor.policy.numbers.intervals import contains
from auditor.policy.numbers.lengths import LONGEST, Length, frame_length
from auditor.policy.numbers.pieces import as_held
from auditor.policy.numbers.values import Int, Value
from auditor.policy.numbers.wrapping import astray, misjudged, too_large
from tests.policy.c_integers import I16, I32, I64, U16, U32, U64, CType, wrapped
from tests.policy.numbers.test_arithmetic import near

types = st.sampled_from((U16, U32, U64, I16, I32, I64))
steps = st.lists(st.tuples(st.sampled_from("+-*"), st.integers(-40, 40), types), min_size=1, max_size=4)
lengths = st.lists(st.integers(0, LONGEST), min_size=1, max_size=10)
WHOLE = ((0, LONGEST),)
COMPUTED = {"+": operator.add, "-": operator.sub, "*": operator.mul}
HOLDS = {"<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge, "==": operator.eq,
         "!=": operator.ne}  # fmt: skip
AT = Location("port.c", 1, 1, 1, 9)
EXPR = Literal(at=AT, ctype=IntType(32, True))


def chain(made: list[tuple[str, int, CType]]) -> Value:
    """L, then one sum, difference or multiple after the other, each in its type."""
    value: Value = frame_length(64)
    for op, number, of in made:
        ctype = IntType(*of)
        value = binary(op, convert(value, ctype), Int(wrapped(number, of)), ctype, EXPR)
    return value


def followed(made: list[tuple[str, int, CType]], n: int) -> tuple[int, int]:
    """(as C holds it, as whole numbers have it) for a frame of ``n`` bytes."""
    held = exact = n
    for op, number, of in made:
        before, held = held, wrapped(held, of)
        if before >= 0 and exact == before:
            exact = held  # it did not fit, and was cut
        held = wrapped(COMPUTED[op](held, wrapped(number, of)), of)
        exact = COMPUTED[op](exact, wrapped(number, of))
    return held, exact


@given(steps)
def test_what_is_held_and_what_is_lost(made):
    value = chain(made)
    assume(isinstance(value, Length) and all(p.slope for p in value.pieces))
    for n in near(value):
        piece = next(p for p in value.pieces if p.low <= n <= p.high)
        held = piece.slope * n + piece.offset
        assert (held, held + piece.lost) == followed(made, n), n


@given(steps, steps, st.sampled_from(sorted(HOLDS)))
def test_comparisons_that_turn_out_otherwise(left, right, op):
    a, b = chain(left), chain(right)
    assume(all(isinstance(x, Length) and all(p.slope for p in x.pieces) for x in (a, b)))
    found = misjudged(op, a, b, WHOLE)
    for n in near(a) | near(b):
        (one, whole_one), (other, whole_other) = followed(left, n), followed(right, n)
        assert contains(found, n) == (HOLDS[op](one, other) != HOLDS[op](whole_one, whole_other)), n


@given(steps)
def test_numbers_of_bytes_that_went_astray(made):
    value = chain(made)
    assume(isinstance(value, Length) and all(p.slope for p in value.pieces))
    below, beyond = astray(value, WHOLE), too_large(value, WHOLE)
    for n in near(value):
        held, exact = followed(made, n)
        assert contains(below, n) == (exact < 0 or (held - exact) % 2**64 != 0), n
        assert contains(beyond, n) == (exact > held), n


@pytest.mark.parametrize("bits", [8, 16, 32, 64])
def test_a_difference_that_is_added_again_has_lost_nothing(bits):
    ctype = IntType(bits, False)
    less = binary("-", convert(frame_length(longest=200), ctype), Int(14), ctype, EXPR)
    again = binary("+", less, Int(14), ctype, EXPR)

    assert astray(less, ((0, 200),)) == ((0, 13),)
    assert astray(again, ((0, 200),)) == ()
    assert astray(as_held(less), ((0, 200),)) == ()
