"""Which lengths satisfy a comparison of two piecewise affine values."""

from __future__ import annotations

from auditor.policy.numbers.intervals import Intervals, intersect, subtract, unite
from auditor.policy.numbers.lengths import Length
from auditor.policy.numbers.pieces import pieces_of
from auditor.policy.numbers.values import Int

FLIPPED = {"<": ">", ">": "<", "<=": ">=", ">=": "<=", "==": "==", "!=": "!="}


def lengths_where(op: str, left: Length | Int, right: Length | Int) -> Intervals:
    """All lengths L for which ``left op right`` holds."""
    found: Intervals = ()
    for p in pieces_of(left):
        for q in pieces_of(right):
            low, high = max(p.low, q.low), min(p.high, q.high)
            if low <= high:
                found = unite(found, _solve(op, p.slope - q.slope, p.offset - q.offset, low, high))
    return found


def _solve(op: str, slope: int, offset: int, low: int, high: int) -> Intervals:
    """Lengths in low..high with ``slope * L + offset op 0``."""
    whole: Intervals = ((low, high),)
    if slope == 0:
        return whole if holds(op, offset, 0) else ()
    if op in ("==", "!="):
        root, rest = divmod(-offset, slope)
        equal: Intervals = ((root, root),) if rest == 0 and low <= root <= high else ()
        return equal if op == "==" else subtract(whole, equal)
    if slope < 0:
        return _solve(FLIPPED[op], -slope, -offset, low, high)
    bound = -offset // slope  # largest L with slope * L + offset <= 0
    exact = bound * slope + offset == 0
    last_below = bound - 1 if exact else bound
    match op:
        case "<":
            return intersect(whole, ((low, last_below),)) if last_below >= low else ()
        case "<=":
            return intersect(whole, ((low, bound),)) if bound >= low else ()
        case ">":
            return intersect(whole, ((bound + 1, high),)) if bound + 1 <= high else ()
        case _:
            return intersect(whole, ((last_below + 1, high),)) if last_below + 1 <= high else ()


def holds(op: str, left: int, right: int) -> bool:
    """Whether ``left op right`` holds for two numbers."""
    return {
        "<": left < right,
        ">": left > right,
        "<=": left <= right,
        ">=": left >= right,
        "==": left == right,
        "!=": left != right,
    }[op]
