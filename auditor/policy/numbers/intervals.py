"""Sets of integers as sorted tuples of disjoint inclusive intervals."""

from __future__ import annotations

from functools import lru_cache

Intervals = tuple[tuple[int, int], ...]

INTEGERS: Intervals = ((-(2**63), 2**64 - 1),)
"""Every value a C integer of up to 64 bits can have."""

NOTHING: Intervals = ()


def intersect(left: Intervals, right: Intervals) -> Intervals:
    """Integers in both sets."""
    if len(left) == 1 and len(right) == 1:  # by far the most common case
        (low, high), (other_low, other_high) = left[0], right[0]
        if low >= other_low and high <= other_high:
            return left if low <= high else NOTHING
        if low <= other_low and high >= other_high:
            return right if other_low <= other_high else NOTHING
        low, high = (other_low, high) if low < other_low else (low, other_high)
        return ((low, high),) if low <= high else NOTHING
    found = []
    i = j = 0
    while i < len(left) and j < len(right):
        low, high = max(left[i][0], right[j][0]), min(left[i][1], right[j][1])
        if low <= high:
            found.append((low, high))
        if left[i][1] < right[j][1]:
            i += 1
        else:
            j += 1
    return tuple(found)


def unite(left: Intervals, right: Intervals) -> Intervals:
    """Integers in either set; adjacent intervals join."""
    joined: list[tuple[int, int]] = []
    for low, high in sorted(left + right):
        if joined and low <= joined[-1][1] + 1:
            joined[-1] = (joined[-1][0], max(joined[-1][1], high))
        else:
            joined.append((low, high))
    return tuple(joined)


def subtract(left: Intervals, right: Intervals) -> Intervals:
    """Integers of ``left`` that are not in ``right``."""
    rest: list[tuple[int, int]] = list(left)
    for low, high in right:
        cut: list[tuple[int, int]] = []
        for a, b in rest:
            if b < low or a > high:
                cut.append((a, b))
                continue
            if a < low:
                cut.append((a, low - 1))
            if b > high:
                cut.append((high + 1, b))
        rest = cut
    return tuple(rest)


def contains(intervals: Intervals, number: int) -> bool:
    """Whether ``number`` is in the set."""
    return any(low <= number <= high for low, high in intervals)


def satisfying(op: str, number: int) -> Intervals:
    """All integers x with ``x op number``."""
    low, high = INTEGERS[0]
    match op:
        case "==":
            return ((number, number),)
        case "!=":
            return subtract(INTEGERS, ((number, number),))
        case "<":
            return intersect(((low, number - 1),), INTEGERS)
        case "<=":
            return ((low, number),)
        case ">":
            return intersect(((number + 1, high),), INTEGERS)
        case _:
            return ((number, high),)


@lru_cache(maxsize=4096)
def split(numbers: Intervals, op: str, number: int) -> tuple[Intervals, Intervals]:
    """The integers x of a set with ``x op number``, and the others."""
    true = satisfying(op, number)
    return intersect(numbers, true), subtract(numbers, true)
