"""The length policy as plain data: what becomes of a frame of each class and length."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import msgspec

from auditor.model.location import Location

Length = Annotated[int, msgspec.Meta(ge=0, le=65535)]
"""Of a frame, in bytes."""


class Outcome(StrEnum):
    """What becomes of one frame on one path."""

    HANDED_ON = "handed on"
    DROPPED = "dropped"
    PADDED = "padded"
    ANSWERED = "answered"
    UNKNOWN = "unknown"


class Span(msgspec.Struct, frozen=True):
    """Lengths ``low..high`` (bytes, inclusive, in the row's unit) and what can happen to them."""

    low: Length
    high: Length
    outcomes: frozenset[Outcome]


class ClassRow(msgspec.Struct, frozen=True):
    """One frame class of a policy: ``spans`` cover 0..65535 without gaps, in order.

    ``legal_minimum`` and ``legal_maximum`` are in the same unit as the spans, None where the
    protocols give no bound for the class.
    """

    frame_class: str
    legal_minimum: Annotated[int, msgspec.Meta(ge=0)] | None
    legal_maximum: Annotated[int, msgspec.Meta(ge=0)] | None
    spans: tuple[Span, ...]


class LengthPolicy(msgspec.Struct, frozen=True):
    """The policy of one entry point in one mode.

    ``mode`` lists the facts that select it as C text (``!adapter->tun``), empty for "always".
    ``layer`` is the start of the counted bytes: ``L2`` or ``L3``.
    ``complete`` is False when a budget or an unparsed part left paths unexplored.
    """

    entry: str
    at: Location
    platform: str
    role: str
    layer: str
    mode: tuple[str, ...]
    rows: tuple[ClassRow, ...]
    complete: bool = True
    notes: tuple[str, ...] = ()
