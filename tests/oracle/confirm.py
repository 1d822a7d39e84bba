"""An executed driver in, every marker and every finding that execution does not bear out, out."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

import msgspec

from auditor.ir import walk
from auditor.ir.expressions import Index
from auditor.model import Confidence, Finding
from auditor.policy import Entry
from tests.matcher import Expectation
from tests.oracle.compare import THROUGH, Judge
from tests.oracle.exceptions import Spared
from tests.oracle.executed import Executed, Seen
from tests.oracle.variants import Variant

LONG_ENOUGH = 1000
"""Bytes; no fixture pads such a frame, so given and sent differ by headers and trailers only."""

BARE_HEADER = 14
"""A frame of the Ethernet header alone (IEEE 802.3-2018 clause 3.2): losing it loses nothing."""


OVER_READS = frozenset({"header-read-past-check"})
"""Rules whose witness is not lost: the driver reads past its end."""


class Setting(msgspec.Struct, frozen=True, eq=False):
    """One entry point in one setting of the driver's state: which lengths of each variant get through.

    Lengths are bytes of L2 (what the handler was given and ``shift``), or of L3 for packets; ``lengths`` are
    those that it was tried with, in bytes given.
    """

    entry: str
    shift: int
    through: dict[int, tuple[tuple[int, int], ...]]
    lengths: tuple[tuple[int, int], ...]

    def passes(self, variant: int, length: int) -> bool:
        """Whether such a frame gets through."""
        return any(low <= length <= high for low, high in self.through[variant])


def settings(executed: Executed) -> Iterator[Setting]:
    """Every setting in which something gets through, for frames of the layer that the policy names."""
    for (number, configuration), group in groupby(executed.seen, key=lambda s: (s.entry, s.configuration)):
        rows, analysed = list(group), executed.entries[number]
        if _is_transfer(analysed.entry, executed):
            continue
        held = executed.modes[number, configuration]
        layers = {3 if p.layer == "L3" else 2 for p in analysed.policies if held >= set(p.mode)}
        judge = Judge(executed, number)
        for layer in sorted(layers):
            here = [s for s in rows if executed.variants[s.variant].layer == layer]
            if any(judge.outcome(s) & THROUGH for s in here):
                yield _setting(analysed.entry.function.name, here, judge, layer, executed.lengths)


def _is_transfer(entry: Entry, executed: Executed) -> bool:
    """Whether it is looked at as a handler of whole transfers, and once more for the frames in them."""
    others = (a.entry for a in executed.entries if a.entry.function is entry.function)
    described = (x for o in others if o.frame is None for x in o.introduced)
    return entry.frame is not None and any(isinstance(y, Index) for x in described for y in walk(x))


def _setting(
    entry: str, rows: list[Seen], judge: Judge, layer: int, lengths: tuple[tuple[int, int], ...]
) -> Setting:
    changes = [s.change for s in rows if s.what == "H" and s.low <= LONG_ENOUGH <= s.high]
    shift = min(changes, key=abs, default=0) if layer == 2 else 0
    through: dict[int, tuple[tuple[int, int], ...]] = {s.variant: () for s in rows}
    for s in rows:
        if judge.outcome(s) & THROUGH and not judge.cut(s):
            through[s.variant] += ((s.low + shift, s.high + shift),)
    return Setting(entry, shift, through, lengths)


def unconfirmed(
    executed: Executed, markers: tuple[Expectation, ...], spared: Spared | None = None
) -> list[str]:
    """Expected losses that do not happen, and legal frames that are lost where nothing is expected.

    Losses that are ``spared`` are no fault that any rule names.
    """
    found = list(settings(executed))
    expected = [m for m in markers if m.kind == "expect" and m.low is not None and m.high is not None]
    wrong = [
        f"{m}: no setting loses these" for m in expected if not any(_loses(s, executed, m) for s in found)
    ]
    if any(m.kind == "expect" and m.low is None for m in markers):
        return wrong  # something is lost by its content, and the marker does not say which lengths
    ranges = [(m.low or 0, m.high or 0) for m in expected]
    lost = (text for s in found for text in _unexpected(s, executed, ranges, spared))
    return wrong + list(dict.fromkeys(lost))


def _loses(setting: Setting, executed: Executed, marker: Expectation) -> bool:
    """Whether classes lose all their legal frames of these lengths, and keep the next longer ones."""
    low, high = marker.low or 0, marker.high or 0
    losing = 0
    for number in setting.through:
        variant = executed.variants[number]
        if variant.layer != 2:
            return False
        lengths = _tried(setting, max(low, variant.minimum), min(high, variant.maximum))
        lost = [n for n in lengths if not setting.passes(number, n)]
        if len(lost) not in (0, len(lengths)):
            return False
        longer = high + 1 <= variant.maximum and "witness" not in variant.name
        if lost and longer and not setting.passes(number, high + 1):
            return False
        losing += len(lost)
    return losing > 0


def _tried(setting: Setting, low: int, high: int) -> list[int]:
    """The lengths of low..high, bytes of the frame, that the setting was tried with."""
    shifted = [(a + setting.shift, b + setting.shift) for a, b in setting.lengths]
    return [n for a, b in shifted for n in range(max(a, low), min(b, high) + 1)]


def _unexpected(
    setting: Setting, executed: Executed, expected: list[tuple[int, int]], spared: Spared | None
) -> Iterator[str]:
    for number, spans in setting.through.items():
        variant = executed.variants[number]
        if not spans or variant.name.startswith("witness"):
            continue  # a class that never gets through is not lost for its length
        lost = [n for n in _legal(variant, setting) if not setting.passes(number, n)]
        lost = [n for n in lost if not any(low <= n <= high for low, high in expected)]
        lost = [n for n in lost if spared is None or not spared.covers(variant.name, n)]
        if lost:
            kind = f"{variant.frame_class} ({variant.name})"
            yield f"{setting.entry} loses {kind} of {lost[0]}..{lost[-1]} bytes"


def _legal(variant: Variant, setting: Setting) -> Iterator[int]:
    for length in _tried(setting, variant.minimum, variant.maximum):
        if variant.layer == 3 or length != BARE_HEADER:
            yield length


def false_claims(executed: Executed, findings: tuple[Finding, ...], confidence: Confidence) -> list[str]:
    """Findings of that confidence with a witness that is not lost, or is not read past its end."""
    found = list(settings(executed))
    wrong = []
    for finding in (f for f in findings if f.confidence is confidence):
        entries = {p.entry for p in finding.policies}
        here = [s for s in found if not entries or s.entry in entries]
        for number, variant in enumerate(executed.variants):
            if variant.name.startswith("witness ") and variant.head in {w.data for w in finding.witnesses}:
                said = f"{finding.at}: {variant.name} of {len(variant.head)} bytes"
                if finding.rule in OVER_READS:
                    if not any(s.fault or s.overrun for s in executed.seen if s.variant == number):
                        wrong.append(f"{said} is not read past its end")
                elif _always_passes(here, number, len(variant.head)):
                    wrong.append(f"{said} gets through")
    return wrong


def _always_passes(found: list[Setting], variant: int, length: int) -> bool:
    tried = [s for s in found if variant in s.through]
    return bool(tried) and all(s.passes(variant, length) for s in tried)
