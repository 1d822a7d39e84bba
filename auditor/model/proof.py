"""Real frames on both sides of a finding's check: what to send to see the fault."""

from __future__ import annotations

from enum import StrEnum

import msgspec

from auditor.model.finding import Finding, Witness


class Fate(StrEnum):
    """What a finding says of a frame."""

    LOST = "lost"
    PASSES = "passes"
    SHOWS = "shows it"  # the fault is another than a loss


class Probe(msgspec.Struct, frozen=True):
    """One frame to send. ``why`` it was chosen: the most telling, the smallest, one byte below the limit."""

    witness: Witness
    fate: Fate
    why: tuple[str, ...]


class Proof(msgspec.Struct, frozen=True):
    """A finding and the frames that prove it, the most telling first; none where no real frame is known."""

    finding: Finding
    probes: tuple[Probe, ...]
