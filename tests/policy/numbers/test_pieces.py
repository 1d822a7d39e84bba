"""Pieces of lengths: wrapped to C types and chosen between, against every sampled length."""

from __future__ import annotations

from hypothesis import assume, given
from hypothesis import strategies as st

from auditor.policy.numbers.arithmetic import convert
from auditor.policy.numbers.intervals import Intervals
from auditor.policy.numbers.lengths import LONGEST, Length, Piece
from auditor.policy.numbers.pieces import MOST_PIECES, choose, normalise
from auditor.policy.numbers.values import Bytes, Int, Value
from tests.policy.c_integers import I32, CType, wrapped
from tests.policy.numbers.test_arithmetic import (
    at,
    c_type,
    is_known,
    lengths,
    near,
    small,
    types,
    well_formed,
)

slopes = st.integers(-3, 3)


@given(st.lists(st.tuples(st.integers(1, LONGEST), slopes, small), min_size=1, max_size=4), types)
def test_normalise(parts: list[tuple[int, int, int]], of: CType) -> None:
    """Any pieces over 0..LONGEST, wrapped: the same values modulo the type, or too many wraps."""
    starts = sorted({0, *(low for low, _, _ in parts[1:])})
    ends = [*(s - 1 for s in starts[1:]), LONGEST]
    given_ = tuple(
        Piece(a, b, slope, offset) for a, b, (_, slope, offset) in zip(starts, ends, parts, strict=False)
    )
    assume(len(given_) == len(starts))
    found = normalise(given_, *of)
    if found is None:
        assert sum(abs(p.slope) * (p.high - p.low) // (1 << of[0]) + 2 for p in given_) > MOST_PIECES
        return

    assert well_formed(Length(found, *of))
    for n in near(Length(found)) | near(Length(given_)):
        assert at(Length(found), n) == wrapped(at(Length(given_), n), of), n


@given(
    st.frozensets(st.integers(0, LONGEST), max_size=6), lengths(), st.one_of(small.map(Int), lengths()), types
)
def test_choose(cuts: frozenset[int], then: tuple[Value, object, object], other: object, of: CType) -> None:
    """``test ? a : b`` with the lengths for which the test holds."""
    inner = sorted(cuts)
    chosen: Intervals = tuple(zip(inner[::2], inner[1::2], strict=False))
    otherwise = other if isinstance(other, Int) else other[0]  # type: ignore[index]
    a, b = convert(then[0], c_type(of)), convert(otherwise, c_type(of))
    assume(is_known(a) and is_known(b))
    found = choose(chosen, a, b, c_type(of))
    assume(found is not None)

    assert isinstance(found, Length)
    assert well_formed(found)
    for n in near(found):
        assert at(found, n) == at(a if any(low <= n <= high for low, high in chosen) else b, n), n


def test_choose_takes_only_what_is_known() -> None:
    assert choose(((0, 1),), Bytes(12, 2, True), Int(0), c_type(I32)) is None
