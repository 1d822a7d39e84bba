"""Values as sums: what counts the frame's length, which unknowns are added, and what is left."""

from __future__ import annotations

import pytest

from auditor.policy.numbers.lengths import frame_length
from auditor.policy.numbers.linear import linear
from auditor.policy.numbers.values import Bytes, Int, Op, Sym

L = frame_length()
X = Sym("x", "fresh")
FIELD = Bytes(16, 2, True)

SUMS = {
    "a constant": (Int(20), (0, 20, {})),
    "the length": (L, (1, 0, {})),
    "an unknown": (X, (0, 0, {X: 1})),
    "a sum": (Op("+", Op("+", L, Int(4)), X), (1, 4, {X: 1})),
    "a difference": (Op("-", Op("-", L, Int(14)), FIELD), (1, -14, {FIELD: -1})),
    "the same twice": (Op("-", X, X), (0, 0, {})),
    "a multiple": (Op("*", Op("+", X, Int(1)), Int(4)), (0, 4, {X: 4})),
    "a shift to the left": (Op("<<", X, Int(2)), (0, 0, {X: 4})),
    "a shift to the right": (Op(">>", X, Int(2)), (0, 0, {Op(">>", X, Int(2)): 1})),
    "a conversion that fits a length": (Op("cast", X, Int(16)), (0, 0, {X: 1})),
    "a conversion that cuts": (Op("cast", X, Int(8)), (0, 0, {Op("cast", X, Int(8)): 1})),
}


@pytest.mark.parametrize(("value", "expected"), SUMS.values(), ids=SUMS.keys())
def test_a_value_as_a_sum(value, expected):
    found = linear(value)

    assert (found.slope, found.constant, found.terms) == expected
