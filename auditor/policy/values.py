"""Abstract values: what a C expression can be while one frame travels through the driver."""

from __future__ import annotations

from typing import ClassVar

import msgspec

from auditor.ir import Expression
from auditor.policy.intervals import Intervals
from auditor.policy.makeup import (
    BYTES,
    FIRST,
    FRAME,
    HELPER,
    KINDS,
    LENGTHS,
    MEASURES,
    OTHER,
    SEES,
    TYPE_OFFSETS,
    TYPES,
    once,
)

LONGEST = 65535
"""Lengths of 0..LONGEST bytes are explored: no frame class is longer (RFC 791 gives 65535 for IPv4)."""

BEYOND = 2**64 - 1
"""No length of any type is longer; a constant is the same for all lengths up to here."""

ALL_LENGTHS: Intervals = ((0, LONGEST),)

ANY_LENGTH: Intervals = ((0, BEYOND),)
"""No length is left out, however long the frames are that a run explores."""

FIRST_PART = "first part"
"""In the key of the unknown that counts the bytes of a frame's first part: the frame has as many at least."""

MISSING = "missing: "
"""Note of a null that an accessor gave because the frame is too short: from which byte on."""

MOST_WEIGHT = 48
"""A value made of more than this many parts becomes a plain unknown: in a chain of calls each of which is
given the last one's result twice, it would double every time."""

SMALLEST_TRACED = 8
LARGEST_TRACED = 0x3FFFF
"""Constants in this range remember the expression they came from; others (flags, statuses) merge freely."""


class Int(msgspec.Struct, frozen=True, cache_hash=True, tag="int"):
    """A known integer. ``source`` is the expression a size came from, ``note`` why it is not exact."""

    made_of: ClassVar[int] = 0
    weight: ClassVar[int] = 1

    value: int
    source: Expression | None = None
    note: str = ""


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


class Bytes(msgspec.Struct, frozen=True, cache_hash=True, tag="bytes"):
    """``width`` bytes of the frame at ``offset`` from its first byte; ``host`` after any byte swap.

    ``shift`` and ``mask`` apply to the host-order value: ``(value >> shift) & mask``.
    """

    weight: ClassVar[int] = 1
    offset: int
    width: int
    host: bool
    shift: int = 0
    mask: int = -1

    @property
    def made_of(self) -> int:
        """What the value is made of."""
        return BYTES | TYPES if self.offset in TYPE_OFFSETS else BYTES


class Sym(msgspec.Struct, frozen=True, cache_hash=True, dict=True, tag="sym"):
    """An unknown value that equals itself.

    ``kind``: ``mode`` (an lvalue of the driver's own state), ``param``, ``call`` (a result),
    ``frame`` (frame bytes that were not recognised), ``helper`` (what an unknown function made of them),
    ``mark`` (a note of the analysis), ``fresh`` (anything else).
    ``text`` is how the source writes it; ``key`` tells apart what the text does not.
    """

    text: str
    kind: str
    key: tuple[object, ...] = ()

    @once
    def made_of(self) -> int:
        """What the value is made of, not counting what a call was given."""
        made_of = KINDS.get(self.kind, OTHER)
        if any(_is_frame(part) for part in self.key):
            made_of |= SEES
        if self.kind in ("helper", "call") and any(_can_measure(part) for part in self.key):
            made_of |= MEASURES
        return made_of | FIRST if FIRST_PART in self.key else made_of

    @once
    def weight(self) -> int:
        """How much the value is made of: it, and what its call was given."""
        return 1 + sum(getattr(part, "weight", 1) for part in self.key)


class Op(msgspec.Struct, frozen=True, cache_hash=True, dict=True, tag="op"):
    """An operation that cannot be folded; equal operands give equal results."""

    op: str
    left: Value
    right: Value

    @once
    def made_of(self) -> int:
        """What the operands are made of."""
        return self.left.made_of | self.right.made_of

    @once
    def weight(self) -> int:
        """How much the value is made of: its operations, and what its calls were given."""
        return 1 + self.left.weight + self.right.weight


class Region(msgspec.Struct, frozen=True, cache_hash=True):
    """A piece of memory.

    ``kind``: ``local``, ``global``, ``heap``, ``state`` (reached from the driver's own pointers),
    ``frame`` (a frame record), ``data`` (the frame's bytes, offset 0 = first byte at the entry),
    ``other`` (another frame of a list, a literal). ``record`` names the frame record.
    """

    kind: str
    name: str
    record: str = ""


class Pointer(msgspec.Struct, frozen=True, cache_hash=True, tag="pointer"):
    """``offset`` bytes into ``region``; None when unknown. ``path`` names members where layouts do not.

    ``beyond`` is a length that was added as well: a pointer to the end of the data.
    """

    made_of: ClassVar[int] = 0
    weight: ClassVar[int] = 1
    region: Region
    offset: int | None = 0
    path: str = ""
    beyond: Length | None = None


class Function(msgspec.Struct, frozen=True, tag="function"):
    """The address of a function."""

    made_of: ClassVar[int] = 0
    weight: ClassVar[int] = 1
    symbol: str


Value = Int | Length | Bytes | Sym | Op | Pointer | Function

ZERO = Int(0)
ONE = Int(1)
DATA = Region("data", "frame")


def frame_length(bits: int = 32, signed: bool = False, longest: int = LONGEST) -> Length:
    """L itself, 0..``longest`` bytes, as a value of the given C type; of more only what the type holds."""
    most = longest if longest == LONGEST else min(longest, (1 << (bits - signed)) - 1)
    return Length((Piece(0, most, 1, 0),), bits, signed)


def parts(value: Value) -> tuple[Value, ...]:
    """The value and, for an operation, everything below it."""
    if isinstance(value, Op):
        return (value, *parts(value.left), *parts(value.right))
    return (value,)


def counts_first_part(value: Value) -> bool:
    """Whether the value depends on how many bytes the frame's first part has."""
    return bool(value.made_of & FIRST)


def mentions_length(value: Value) -> bool:
    """Whether the value depends on the frame's length in a known way."""
    return bool(value.made_of & LENGTHS)


def mentions_frame_bytes(value: Value) -> bool:
    """Whether the value is, or was computed from, bytes of the frame."""
    return bool(value.made_of & (BYTES | FRAME | HELPER))


def _is_frame(argument: object) -> bool:
    return isinstance(argument, (Length, Bytes)) or (
        isinstance(argument, Pointer) and argument.region.kind in ("frame", "data")
    )


def _can_measure(argument: object) -> bool:
    """Whether a function that is given this can find out how long the frame is."""
    return isinstance(argument, Length) or (
        isinstance(argument, Pointer) and argument.region.kind in ("frame", "data", "heap")
    )


def show(value: Value) -> str:
    """The value as the source would write it, for modes and explanations."""
    match value:
        case Int(value=number):
            return str(number) if -4096 <= number <= 65535 else f"0x{number & 0xFFFFFFFF:08X}"
        case Sym(text=text):
            return text
        case Op(op=op, left=left, right=right):
            return f"{show(left)} {op} {show(right)}"
        case Length(shift=shift):
            return "length" if not shift else f"length {'+' if shift > 0 else '-'} {abs(shift)}"
        case Bytes(offset=offset, width=width):
            return f"frame[{offset}..{offset + width - 1}]"
        case Pointer(region=region):
            return region.name
        case _:
            return str(value)
