"""Dictionaries that keep a digest: the same for equal ones, whatever way they came to be equal."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from auditor.policy.paths.held import Held

KEYS = st.integers(0, 3)
CHANGES = st.lists(st.tuples(KEYS, st.one_of(st.none(), st.integers(0, 2))), max_size=12)


def changed(held: Held[int, int], changes: list[tuple[int, int | None]]) -> Held[int, int]:
    """``held`` after setting each key to its number, or dropping it."""
    for key, value in changes:
        if value is None:
            held.drop(key)
        else:
            held[key] = value
    return held


@given(CHANGES)
def test_a_digest_is_that_of_the_items(changes: list[tuple[int, int | None]]) -> None:
    held = changed(Held(), changes)
    assert held.digest == Held(dict(held)).digest


@given(CHANGES, CHANGES)
def test_a_copy_has_its_own_items_and_digest(
    first: list[tuple[int, int | None]], later: list[tuple[int, int | None]]
) -> None:
    held = changed(Held(), first)
    before, digest = dict(held), held.digest
    copied = held.copy()
    assert (copied, copied.digest) == (before, digest)
    changed(copied, later)
    assert (held, held.digest) == (before, digest)
    assert copied.digest == Held(dict(copied)).digest


@given(CHANGES, CHANGES, KEYS)
def test_two_are_equal_without_a_key(
    one: list[tuple[int, int | None]], two: list[tuple[int, int | None]], key: int
) -> None:
    left, right = changed(Held(), one), changed(Held(), two)
    equal = left.equal_without(right, key)
    assert equal == (
        {k: v for k, v in left.items() if k != key} == {k: v for k, v in right.items() if k != key}
    )
    assert (left.digest_without(key) == right.digest_without(key)) == equal


def test_different_items_have_different_digests() -> None:
    made = [Held({0: n, 1: m}).digest for n in range(30) for m in range(30)]
    assert len(set(made)) == len(made)


@given(CHANGES, CHANGES)
def test_what_two_do_not_hold_alike_comes_in_their_order(
    first: list[tuple[int, int | None]], second: list[tuple[int, int | None]]
) -> None:
    one, other = changed(Held(), first), changed(Held(), second)
    expected = [key for key in dict.fromkeys((*one, *other)) if one.get(key) != other.get(key)]
    assert one.unlike(other) == expected
