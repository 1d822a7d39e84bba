"""An executed driver and its markers in, every read past a frame's end that no marker expects out."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.policy import Entry
from tests.matcher import Expectation
from tests.oracle.executed import Executed

RULE = "header-read-past-check"

GUARANTEED = {"wire": 60, "untrusted": 0}
"""Bytes that frames of an origin have at least; 14 of all others (docs/how-it-decides.md)."""

HEADER = 14
"""Bytes of an Ethernet header (IEEE 802.3-2018 clause 3.2)."""


LONGEST = 1518
"""Bytes of the longest frame, with a tag and without FCS (IEEE 802.3-2018 clause 3.2.7)."""


def unexplained(executed: Executed, markers: tuple[Expectation, ...]) -> list[str]:
    """What AddressSanitizer saw and no marker says, or a marker says and it never saw.

    Where the origin of frames is unknown, a driver may count on anything, unless a marker says otherwise.
    """
    found = list(dict.fromkeys(_reads(executed)))
    if any(m.kind == "expect" and m.rule == RULE for m in markers):
        return [] if found else ["no frame that can come is read past its end"]
    if any(m.kind == "todo" and m.rule == RULE for m in markers):
        return []
    unknown = {a.entry.function.name for a in executed.entries if a.entry.origin == "unknown"}
    return [text for name, text in found if name not in unknown]


def _reads(executed: Executed) -> Iterator[tuple[str, str]]:
    """(entry point, sentence) for reads past frames that can come; a NULL that was read counts."""
    for seen in executed.seen:
        entry, variant = executed.entries[seen.entry].entry, executed.variants[seen.variant]
        low = max(seen.low, guaranteed(entry) - HEADER * (variant.layer == 3))
        high = min(seen.high, max(variant.maximum, LONGEST))
        if (seen.fault or seen.overrun) and low <= high:
            name, kind = entry.function.name, f"{variant.frame_class} ({variant.name})"
            yield name, f"{name} reads past {kind} of {low}..{high} bytes"


def guaranteed(entry: Entry) -> int:
    """Bytes of L2 that every frame at this entry point has."""
    return GUARANTEED.get(entry.origin, HEADER)
