"""The length of a frame as a value: what it can be, and the functions of it that arithmetic makes."""

from __future__ import annotations

from typing import ClassVar

import msgspec

from auditor.ir import Expression
from auditor.policy.numbers.intervals import Intervals
from auditor.policy.numbers.makeup import LENGTHS

LONGEST = 65535
"""Lengths of 0..LONGEST bytes are explored: no frame class is longer (RFC 791 gives 65535 for IPv4)."""

BEYOND = 2**64 - 1
"""No length of any type is longer; a constant is the same for all lengths up to here."""

ALL_LENGTHS: Intervals = ((0, LONGEST),)

ANY_LENGTH: Intervals = ((0, BEYOND),)
"""No length is left out, however long the frames are that a run explores."""


class Piece(msgspec.Struct, frozen=True, cache_hash=True):
    """On lengths ``low..high`` the value is ``slope * L + offset``.

    ``lost`` is what wrapping took away: in exact integers it would be ``slope * L + offset + lost``.
    """

    low: int
    high: int
    slope: int
    offset: int
    lost: int = 0


class Made:
    """Where a value was computed. It takes no part in comparing values: all are equal."""

    __slots__ = ("expr",)

    def __init__(self, expr: Expression) -> None:
        self.expr = expr

    def __eq__(self, other: object) -> bool:
        return other is None or isinstance(other, Made)

    def __hash__(self) -> int:
        return hash(None)

    def __repr__(self) -> str:
        return "Made()"


class Length(msgspec.Struct, frozen=True, cache_hash=True, tag="length"):
    """A piecewise affine function of the frame's length L, already wrapped to its C type.

    The pieces cover 0..LONGEST in order (or what the run explores). ``made`` is the arithmetic that it
    comes from: the one that wrapped where one did, else the last.
    """

    made_of: ClassVar[int] = LENGTHS
    weight: ClassVar[int] = 1

    pieces: tuple[Piece, ...]
    bits: int = 32
    signed: bool = False
    made: Made | None = None

    @property
    def shift(self) -> int | None:
        """K when the value is L + k for all but the shortest lengths, else None."""
        longest = max(self.pieces, key=lambda p: p.high - p.low)
        return longest.offset if longest.slope == 1 else None


def frame_length(bits: int = 32, signed: bool = False, longest: int = LONGEST) -> Length:
    """L itself, 0..``longest`` bytes, as a value of the given C type; of more only what the type holds."""
    most = longest if longest == LONGEST else min(longest, (1 << (bits - signed)) - 1)
    return Length((Piece(0, most, 1, 0),), bits, signed)
