"""Sets of intervals against sets of integers, element by element."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.policy.numbers.intervals import (
    INTEGERS,
    Intervals,
    contains,
    intersect,
    satisfying,
    subtract,
    unite,
)
from tests.policy.c_integers import RELATIONS

TOP = 24
numbers = st.integers(0, TOP)
chosen = st.frozensets(numbers)
pairs = given(chosen, chosen)
BY_OPERATION = {
    "intersect": (intersect, frozenset.intersection),
    "unite": (unite, frozenset.union),
    "subtract": (subtract, frozenset.difference),
}


def ranges(members: frozenset[int]) -> Intervals:
    """The shortest sorted intervals with these members."""
    found: list[tuple[int, int]] = []
    for n in sorted(members):
        if found and found[-1][1] == n - 1:
            found[-1] = (found[-1][0], n)
        else:
            found.append((n, n))
    return tuple(found)


def members(held: Intervals) -> frozenset[int]:
    return frozenset(n for low, high in held for n in range(low, high + 1))


def well_formed(held: Intervals) -> bool:
    """Sorted, disjoint, none empty."""
    return all(low <= high for low, high in held) and all(a[1] < b[0] for a, b in pairwise(held))


@pytest.mark.parametrize("name", BY_OPERATION)
@pairs
def test_operations_are_those_of_sets(name: str, a: frozenset[int], b: frozenset[int]) -> None:
    ours, theirs = BY_OPERATION[name]
    found = ours(ranges(a), ranges(b))

    assert members(found) == theirs(a, b)
    assert well_formed(found)


@pairs
def test_equal_sets_are_equal_intervals(a: frozenset[int], b: frozenset[int]) -> None:
    """States are compared by their intervals: two ways to write a set would keep them apart."""
    assert unite(ranges(a), ranges(b)) == ranges(a | b)
    assert subtract(ranges(a), ranges(b)) == ranges(a - b)
    assert intersect(ranges(a), ranges(b)) == ranges(a & b)


@given(chosen, numbers)
def test_contains(a: frozenset[int], n: int) -> None:
    assert contains(ranges(a), n) == (n in a)


bounds = st.one_of(
    st.integers(-3, 3), st.integers(2**31 - 2, 2**31 + 2), st.sampled_from([-(2**63), 2**63, 2**64 - 1])
)


@given(st.sampled_from(sorted(RELATIONS)), bounds, st.integers(-2, 2))
def test_satisfying(op: str, number: int, step: int) -> None:
    low, high = INTEGERS[0]
    near = min(max(number + step, low), high)
    found = satisfying(op, number)

    assert well_formed(found)
    assert contains(found, near) == RELATIONS[op](near, number)
    assert subtract(found, INTEGERS) == ()


@given(st.sampled_from(sorted(RELATIONS)), bounds)
def test_a_comparison_and_its_opposite_share_out_the_integers(op: str, number: int) -> None:
    opposite = {"<": ">=", ">=": "<", ">": "<=", "<=": ">", "==": "!=", "!=": "=="}[op]

    assert intersect(satisfying(op, number), satisfying(opposite, number)) == ()
    assert unite(satisfying(op, number), satisfying(opposite, number)) == INTEGERS


def test_these_tests_can_fail(monkeypatch: pytest.MonkeyPatch) -> None:
    """A difference that loses an end is noticed."""
    monkeypatch.setitem(BY_OPERATION, "subtract", (lambda a, b: subtract(a, b)[:-1], frozenset.difference))
    with pytest.raises(AssertionError):
        test_operations_are_those_of_sets.hypothesis.inner_test(  # type: ignore[attr-defined]
            "subtract", frozenset(range(9)), frozenset({3})
        )
