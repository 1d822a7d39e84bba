"""An executed driver in, every marker and every finding that execution does not bear out, out."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

import msgspec

from auditor.model import Confidence, Finding
from tests.matcher import Expectation
from tests.oracle.compare import THROUGH, Judge
from tests.oracle.executed import Executed, Seen
from tests.oracle.variants import Variant

LONG_ENOUGH = 1000
"""Bytes; no fixture pads such a frame, so given and sent differ by headers and trailers only."""

BARE_HEADER = 14
"""A frame of the Ethernet header alone (IEEE 802.3-2018 clause 3.2): losing it loses nothing."""


class Setting(msgspec.Struct, frozen=True, eq=False):
    """One entry point in one setting of the driver's state: which lengths of each variant get through.

    Lengths are bytes of L2 (what the handler was given and ``shift``), or of L3 for packets.
    """

    entry: str
    shift: int
    through: dict[int, tuple[tuple[int, int], ...]]

    def passes(self, variant: int, length: int) -> bool:
        """Whether such a frame gets through."""
        return any(low <= length <= high for low, high in self.through[variant])


def settings(executed: Executed) -> Iterator[Setting]:
    """Every setting in which something gets through, for frames of the layer that the policy names."""
    for (number, configuration), group in groupby(executed.seen, key=lambda s: (s.entry, s.configuration)):
        rows, analysed = list(group), executed.entries[number]
        held = executed.modes[number, configuration]
        layers = {3 if p.layer == "L3" else 2 for p in analysed.policies if held >= set(p.mode)}
        judge = Judge(executed, number)
        for layer in sorted(layers):
            here = [s for s in rows if executed.variants[s.variant].layer == layer]
            if any(judge.outcome(s) & THROUGH for s in here):
                yield _setting(analysed.entry.function.name, here, judge, layer)


def _setting(entry: str, rows: list[Seen], judge: Judge, layer: int) -> Setting:
    changes = [s.change for s in rows if s.what == "H" and s.low <= LONG_ENOUGH <= s.high]
    shift = min(changes, key=abs, default=0) if layer == 2 else 0
    through: dict[int, tuple[tuple[int, int], ...]] = {s.variant: () for s in rows}
    for s in rows:
        if judge.outcome(s) & THROUGH and not judge.cut(s):
            through[s.variant] += ((s.low + shift, s.high + shift),)
    return Setting(entry, shift, through)


def unconfirmed(
    executed: Executed, markers: tuple[Expectation, ...], known: tuple[tuple[int, int], ...] = ()
) -> list[str]:
    """Expected losses that do not happen, and legal frames that are lost where nothing is expected.

    ``known`` are lengths whose loss is no fault that any rule names.
    """
    found = list(settings(executed))
    expected = [m for m in markers if m.kind == "expect" and m.low is not None and m.high is not None]
    wrong = [
        f"{m}: no setting loses these" for m in expected if not any(_loses(s, executed, m) for s in found)
    ]
    ranges = [*known, *((m.low or 0, m.high or 0) for m in expected)]
    return wrong + list(dict.fromkeys(text for s in found for text in _unexpected(s, executed, ranges)))


def _loses(setting: Setting, executed: Executed, marker: Expectation) -> bool:
    """Whether all legal frames of these lengths are dropped, and the next longer ones get through."""
    low, high = marker.low or 0, marker.high or 0
    tried = 0
    for number in setting.through:
        variant = executed.variants[number]
        lengths = range(max(low, variant.minimum), min(high, variant.maximum) + 1)
        if variant.layer != 2 or any(setting.passes(number, n) for n in lengths):
            return False
        if (
            high + 1 <= variant.maximum
            and "witness" not in variant.name
            and not setting.passes(number, high + 1)
        ):
            return False
        tried += len(lengths)
    return tried > 0


def _unexpected(setting: Setting, executed: Executed, expected: list[tuple[int, int]]) -> Iterator[str]:
    for number, spans in setting.through.items():
        variant = executed.variants[number]
        if not spans or variant.name.startswith("witness"):
            continue  # a class that never gets through is not lost for its length
        lost = [n for n in _legal(variant) if not setting.passes(number, n)]
        lost = [n for n in lost if not any(low <= n <= high for low, high in expected)]
        if lost:
            kind = f"{variant.frame_class} ({variant.name})"
            yield f"{setting.entry} loses {kind} of {lost[0]}..{lost[-1]} bytes"


def _legal(variant: Variant) -> Iterator[int]:
    for length in range(variant.minimum, variant.maximum + 1):
        if variant.layer == 3 or length != BARE_HEADER:
            yield length


def false_claims(executed: Executed, findings: tuple[Finding, ...], confidence: Confidence) -> list[str]:
    """Findings of that confidence with a witness that every setting of their entry points hands on."""
    found = list(settings(executed))
    wrong = []
    for finding in (f for f in findings if f.confidence is confidence):
        entries = {p.entry for p in finding.policies}
        here = [s for s in found if s.entry in entries]
        for number, variant in enumerate(executed.variants):
            if variant.name.startswith("witness ") and variant.head in {w.data for w in finding.witnesses}:
                tried = [s for s in here if number in s.through]
                if all(s.passes(number, len(variant.head)) for s in tried):
                    wrong.append(f"{finding.at}: {variant.name} of {len(variant.head)} bytes gets through")
    return wrong
