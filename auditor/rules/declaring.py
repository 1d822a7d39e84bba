"""A length field in, a real frame that shows it out: where it stands, what it says, and in which order."""

from __future__ import annotations

import msgspec

from auditor.knowledge import LengthField
from auditor.model import WIRE_MINIMUM, Loss, Witness
from auditor.rules.context import RuleContext

USUAL = 98
"""Bytes of a usual small frame: a ping of 56 bytes of data (14 + 20 + 8 + 56, RFC 792)."""

SHORT = 46
"""Bytes of a small frame before its padding: a ping of 4 bytes of data (14 + 20 + 8 + 4)."""


class DeclaringFrame(msgspec.Struct, frozen=True):
    """A frame of ``length`` bytes (L2 without FCS) whose field says ``number``, if one can be built."""

    length: int
    number: int
    witnesses: tuple[Witness, ...]


def declaring_frame(context: RuleContext, field: LengthField, length: int = USUAL) -> DeclaringFrame:
    """A real frame of ``length`` bytes with ``field`` in it, and the number that the field declares."""
    number = length - field.counted_from
    real = context.witnesses((Loss(field.frame_class, length, length),))
    shown = (w for w in real if _declared(w, field) == number)
    return DeclaringFrame(length, number, tuple(shown)[:1])


def padded_frame(context: RuleContext, field: LengthField) -> DeclaringFrame:
    """A real frame with ``field`` in it that was filled up to the wire's minimum."""
    short = declaring_frame(context, field, max(SHORT, field.counted_from))
    filled = tuple(
        msgspec.structs.replace(w, name=f"{w.name}, padded", data=w.data.ljust(WIRE_MINIMUM, b"\0"))
        for w in short.witnesses
    )
    return DeclaringFrame(WIRE_MINIMUM, short.number, filled)


def _declared(witness: Witness, field: LengthField) -> int:
    return int.from_bytes(witness.data[field.frame_offset : field.frame_offset + field.width], "big")
