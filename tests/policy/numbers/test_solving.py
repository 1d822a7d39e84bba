"""Which lengths satisfy a comparison: against comparing, length by length."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.policy.numbers import solving
from auditor.policy.numbers.intervals import contains
from auditor.policy.numbers.lengths import LONGEST, Length, Piece
from auditor.policy.numbers.solving import FLIPPED, holds, lengths_where
from auditor.policy.numbers.values import Int
from tests.policy.c_integers import RELATIONS
from tests.policy.numbers.test_arithmetic import at, near
from tests.policy.numbers.test_intervals import well_formed

ops = st.sampled_from(sorted(RELATIONS))
offsets = st.integers(-70_000, 70_000)


@st.composite
def made(draw: st.DrawFn) -> Length:
    """Up to four pieces with slopes of either sign."""
    starts = sorted({0, *draw(st.lists(st.integers(1, LONGEST), max_size=3))})
    ends = [*(s - 1 for s in starts[1:]), LONGEST]
    return Length(
        tuple(Piece(a, b, draw(st.integers(-3, 3)), draw(offsets)) for a, b in zip(starts, ends, strict=True))
    )


either = st.one_of(made(), offsets.map(Int))


@given(ops, either, either, st.lists(st.integers(0, LONGEST), max_size=20))
def test_exactly_the_lengths_for_which_it_holds(
    op: str, left: Length | Int, right: Length | Int, drawn: list[int]
) -> None:
    found = lengths_where(op, left, right)
    ends = {e + k for low, high in found for e in (low, high) for k in (-1, 0, 1)}
    sampled = near(left) | near(right) | {n for n in ends if 0 <= n <= LONGEST} | set(drawn)

    assert well_formed(found)
    for n in sampled:
        assert contains(found, n) == RELATIONS[op](at(left, n), at(right, n)), n


@given(ops, st.integers(-3, 3), st.integers(-40, 40), st.integers(-40, 40))
def test_every_length_of_a_short_piece(op: str, slope: int, offset: int, number: int) -> None:
    """All of 0..60, where roots and their neighbours lie."""
    value = Length((Piece(0, 60, slope, offset), Piece(61, LONGEST, 0, 0)))
    found = lengths_where(op, value, Int(number))

    for n in range(61):
        assert contains(found, n) == RELATIONS[op](slope * n + offset, number), n


@given(ops, either, either)
def test_operands_can_change_sides(op: str, left: Length | Int, right: Length | Int) -> None:
    assert lengths_where(op, left, right) == lengths_where(FLIPPED[op], right, left)


@given(ops, st.integers(), st.integers())
def test_holds(op: str, left: int, right: int) -> None:
    assert holds(op, left, right) == RELATIONS[op](left, right)


def test_these_tests_can_fail(monkeypatch: pytest.MonkeyPatch) -> None:
    """A root that is one too large is noticed."""
    exact = solving._solve
    monkeypatch.setattr(
        solving, "_solve", lambda op, slope, offset, low, high: exact(op, slope, offset - 1, low, high)
    )
    with pytest.raises(AssertionError):
        test_every_length_of_a_short_piece.hypothesis.inner_test("<", 1, 0, 34)  # type: ignore[attr-defined]
