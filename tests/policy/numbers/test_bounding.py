"""Differences of header fields: proved not to be below 0 by what a path knows, or an example that is."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.policy.numbers.bounding import LENGTH, Known, below_zero
from auditor.policy.numbers.intervals import INTEGERS, contains
from auditor.policy.numbers.linear import linear
from auditor.policy.numbers.values import Bytes, Int, Op, Sym, Value

LOWEST, HIGHEST = INTEGERS[0]
TOTAL, HEADER = Bytes(16, 2, True), Bytes(14, 1, True, 0, 0x0F)
WORDS = Op("*", HEADER, Int(4))
PAYLOAD = Op("-", TOTAL, WORDS)
FRAME = ((60, 1514),)
SILENT: dict[str, dict[Value, tuple[tuple[int, int], ...]]] = {
    "the fields are compared": {Op("<", TOTAL, WORDS): ((0, 0),)},
    "the other way round": {Op("<", WORDS, TOTAL): ((1, 1),)},
    "both have limits that are enough": {TOTAL: ((60, 1500),)},
    "one after the other": {Op("<", TOTAL, Int(20)): ((0, 0),), WORDS: ((LOWEST, 20),)},
    "the difference itself": {PAYLOAD: ((0, HIGHEST),)},
    "something that is not understood": {Sym("valid()", "call", (HEADER,)): ((1, 1),)},
}
FOUND: dict[str, dict[Value, tuple[tuple[int, int], ...]]] = {
    "nothing is known": {},
    "a limit that is too small": {TOTAL: ((20, 1500),)},
    "a limit on the other side": {PAYLOAD: ((LOWEST, 1500),)},
    "the total against the frame": {Op("<", LENGTH, TOTAL): ((0, 0),)},
    "other fields": {Bytes(12, 2, True): ((0x800, 0x800),), Sym("mode", "mode"): ((1, 1),)},
    "that they differ": {Op("==", TOTAL, WORDS): ((0, 0),)},
}


@pytest.mark.parametrize("facts", SILENT.values(), ids=SILENT)
def test_what_a_path_knows_is_enough(facts):
    assert below_zero(PAYLOAD, Known(facts, FRAME)) == {}


@pytest.mark.parametrize("facts", FOUND.values(), ids=FOUND)
def test_what_a_path_knows_is_not_enough(facts):
    values = below_zero(PAYLOAD, Known(facts, FRAME))

    assert values[TOTAL] < 4 * values[HEADER]
    assert all(contains(held, values[key]) for key, held in facts.items() if key in values)


def test_a_limit_above_is_enough_where_differences_have_no_sign():
    assert below_zero(PAYLOAD, Known({PAYLOAD: ((LOWEST, 1500),)}, FRAME, signed=False)) == {}


A, B = Bytes(0, 1, True, 0, 0x0F), Bytes(1, 1, True, 0, 0x0F)
bounds = st.integers(-20, 20)
sums = st.tuples(st.sampled_from((-2, -1, 0, 1, 2)), st.sampled_from((-2, -1, 0, 1, 2)), st.integers(-20, 20))


def made_of(a: int, b: int, constant: int) -> Value:
    return Op("+", Op("+", Op("*", A, Int(a)), Op("*", B, Int(b))), Int(constant))


@given(sums, st.lists(st.tuples(sums, bounds, bounds), max_size=3))
def test_an_example_is_one_and_silence_where_there_is_none(made, known):
    value = made_of(*made)
    facts = {made_of(*of): ((min(x, y), max(x, y)),) for of, x, y in known}
    found = below_zero(value, Known(facts, FRAME))

    def number(of: Value, a: int, b: int) -> int:
        sum_ = linear(of)
        return sum_.constant + sum(times * {A: a, B: b}[field] for field, times in sum_.terms.items())

    possible = [
        (a, b)
        for a, b in product(range(16), repeat=2)
        if number(value, a, b) < 0 and all(contains(held, number(k, a, b)) for k, held in facts.items())
    ]
    if found:
        fields = {field for of in (value, *facts) for field in linear(of).terms}
        assert any((a, b) for a, b in possible if {A: a, B: b} | found == {A: a, B: b}), fields
    if not possible:
        assert not found
