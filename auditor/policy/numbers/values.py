"""Abstract values: what a C expression can be while one frame travels through the driver."""

from __future__ import annotations

from typing import ClassVar

import msgspec

from auditor.ir import Expression
from auditor.policy.numbers.lengths import Length
from auditor.policy.numbers.makeup import (
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

FIRST_PART = "first part"
"""In the key of the unknown that counts the bytes of a frame's first part: the frame has as many at least."""

MISSING = "missing: "
"""Note of a null that an accessor gave because the frame is too short: from which byte on."""

MOST_WEIGHT = 48
"""A value made of more than this many parts becomes a plain unknown: in a chain of calls each of which is
given the last one's result twice, it would double every time."""


class Int(msgspec.Struct, frozen=True, cache_hash=True, tag="int"):
    """A known integer. ``source`` is the expression a size came from, ``note`` why it is not exact."""

    made_of: ClassVar[int] = 0
    weight: ClassVar[int] = 1

    value: int
    source: Expression | None = None
    note: str = ""


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
