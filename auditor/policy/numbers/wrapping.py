"""Values of a path in, the lengths out for which C's arithmetic left exact integers.

A difference of lengths that goes below 0, or a sum beyond what its type holds, is a fault only where it is
used; these are the questions that the places of use ask.
"""

from __future__ import annotations

from auditor.ir import Expression
from auditor.policy.numbers.intervals import Intervals, intersect, subtract, unite
from auditor.policy.numbers.lengths import Length, Made, Piece
from auditor.policy.numbers.pieces import pieces_of
from auditor.policy.numbers.solving import lengths_where
from auditor.policy.numbers.values import Int, Sym, Value

ADDRESSES = 1 << 64
"""Offsets to pointers wrap at this many bytes: a difference below 0 in 64 bits is one before the pointer."""


def astray(value: Value | None, lengths: Intervals) -> Intervals:
    """The ``lengths`` for which a number of bytes is not what exact integers make it, or is below 0."""
    if not isinstance(value, Length):
        return ()
    found: Intervals = ()
    for p in value.pieces:
        if not p.slope:
            continue
        part = intersect(lengths, ((p.low, p.high),))
        if part and p.lost % ADDRESSES == 0:
            below = lengths_where("<", Length((exactly(p),)), Int(0))
            part = intersect(part, below)
        found = unite(found, part)
    return found


def misjudged(op: str, left: Value | None, right: Value | None, lengths: Intervals) -> Intervals:
    """The ``lengths`` for which ``left op right`` turns out otherwise than in exact integers."""
    if not isinstance(left, (Int, Length)) or not isinstance(right, (Int, Length)):
        return ()
    if not _has_wrapped(left) and not _has_wrapped(right):
        return ()
    held, exact = lengths_where(op, left, right), lengths_where(op, _exact(left), _exact(right))
    return intersect(lengths, unite(subtract(held, exact), subtract(exact, held)))


def too_large(value: Value | None, lengths: Intervals) -> Intervals:
    """The ``lengths`` for which a sum was more than its type holds."""
    if not isinstance(value, Length):
        return ()
    beyond = (((p.low, p.high),) for p in value.pieces if p.slope and p.lost > 0)
    found: Intervals = ()
    for part in beyond:
        found = unite(found, intersect(lengths, part))
    return found


def passed(sum_: Length) -> Sym:
    """The note of a path on which a sum that may have been too large for its type was compared."""
    return Sym("a sum that can wrap was compared", "mark", (sum_, _expr(sum_.made)))


def sums(facts: dict[Value, Intervals]) -> tuple[Length, ...]:
    """The sums about which a path has such notes."""
    noted = (key.key[0] for key in facts if isinstance(key, Sym) and key.kind == "mark" and key.key)
    return tuple(value for value in noted if isinstance(value, Length))


def exactly(piece: Piece) -> Piece:
    """A piece as exact integers would have it."""
    return Piece(piece.low, piece.high, piece.slope, piece.offset + piece.lost)


def _has_wrapped(value: Int | Length) -> bool:
    return isinstance(value, Length) and any(p.lost for p in value.pieces)


def _exact(value: Int | Length) -> Int | Length:
    return value if isinstance(value, Int) else Length(tuple(exactly(p) for p in pieces_of(value)))


def _expr(made: Made | None) -> Expression | None:
    return made.expr if made is not None else None
