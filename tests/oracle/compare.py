"""The policies of a driver and what it really did in, every cell where they disagree out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import groupby

import msgspec

from auditor.ir import IntType
from auditor.model import LengthPolicy, Outcome
from auditor.policy import EntryAnalysis
from tests.oracle.executed import Executed, Seen
from tests.oracle.variants import Variant

REAL = {
    "H": frozenset({Outcome.HANDED_ON}),
    "P": frozenset({Outcome.PADDED}),
    "K": frozenset({Outcome.HANDED_ON, Outcome.PADDED}),  # a queue's items do not tell their length
    "A": frozenset({Outcome.ANSWERED}),
    "S": frozenset({Outcome.HANDED_ON, Outcome.PADDED}),  # so does the driver's own memory
    "E": frozenset({Outcome.HANDED_ON, Outcome.PADDED, Outcome.DROPPED}),  # no bytes to look for
    "-": frozenset({Outcome.DROPPED}),
}
THROUGH = frozenset({Outcome.HANDED_ON, Outcome.PADDED})
CUT = frozenset({Outcome.HANDED_ON, Outcome.DROPPED})
"""A frame that is sent without its end is handed on for its driver, and lost for its receiver."""

TYPE_END = 14
"""Bytes: a shorter frame has no whole ethertype (IEEE 802.3-2018 clause 3.2)."""


class Disagreement(msgspec.Struct, frozen=True):
    """Lengths ``low..high`` of a variant for which the policy does not contain what happened.

    ``kind`` is ``claim`` (said to be dropped, and gets through), ``padding`` (handed on, only the
    padding is missed or invented), ``undefined`` (the driver read past the frame's end), else ``outcome``.
    """

    entry: str
    mode: tuple[str, ...]
    frame_class: str
    variant: str
    low: int
    high: int
    claimed: frozenset[Outcome]
    real: frozenset[Outcome]
    kind: str

    def __str__(self) -> str:
        claimed, real = (
            "/".join(sorted(o.value for o in outcomes)) for outcomes in (self.claimed, self.real)
        )
        mode = f" [{', '.join(self.mode)}]" if self.mode else ""
        return (
            f"{self.kind}: {self.entry}{mode} {self.frame_class} ({self.variant}) {self.low}..{self.high}: "
            f"policy says {claimed}, execution says {real}"
        )


class Comparison(msgspec.Struct, frozen=True):
    """``cells`` compared (entry, setting, variant, length), ``exact`` of them with one claimed outcome;
    ``closed`` settings in which nothing gets through at all, ``unmatched`` settings that no policy covers."""

    cells: int
    exact: int
    disagreements: tuple[Disagreement, ...]
    closed: int
    unmatched: int
    over_reads: int


def compare(executed: Executed) -> Comparison:
    """Every policy against every setting of the driver's state in which its mode holds."""
    cells = exact = closed = unmatched = over_reads = 0
    found: list[Disagreement] = []
    for (number, configuration), rows in _settings(executed):
        analysed = executed.entries[number]
        if not analysed.policies:
            continue
        real = Judge(executed, number)
        if not any(real.outcome(seen) & THROUGH for seen in rows):
            closed += 1
            continue
        holding = executed.modes[number, configuration]
        policies = [p for p in analysed.policies if holding >= set(p.mode)]
        unmatched += not policies
        for policy in policies:
            for seen in _cut(rows):
                variant = executed.variants[seen.variant]
                for low, high, claimed in _claims(policy, variant, seen):
                    cells += high - low + 1
                    exact += (high - low + 1) * (len(claimed) == 1)
                    over_reads += (high - low + 1) * seen.fault
                    actual = real.outcome(seen)
                    if high < TYPE_END and not claimed & actual:
                        claimed = _for_any_class(policy, low, high)
                    if not claimed & actual and Outcome.UNKNOWN not in claimed:
                        found.append(
                            _disagreement(
                                policy, executed.variants[seen.variant], seen, low, high, claimed, actual
                            )
                        )
    return Comparison(cells, exact, tuple(_joined(found)), closed, unmatched, over_reads)


class Judge:
    """Turns what was noted into an outcome.

    Where an entry hands nothing to anybody, what it left in the driver's memory counts; where it leaves
    nothing there either, its return value.
    """

    def __init__(self, executed: Executed, number: int) -> None:
        self.analysed: EntryAnalysis = executed.entries[number]
        own = [s for s in executed.seen if s.entry == number]
        self.calls = any(s.what not in "SE-" for s in own)
        self.stores = not self.calls and any(s.what == "S" for s in own)
        self.usual = _usual_changes(own, "S" if self.stores else "H")

    def cut(self, seen: Seen) -> bool:
        """Whether the frame went out without its end."""
        return seen.what == ("S" if self.stores else "H") and seen.change < self.usual[seen.configuration]

    def outcome(self, seen: Seen) -> frozenset[Outcome]:
        """What became of the frame: one outcome, or those that cannot be told apart."""
        if self.calls or self.stores or self.analysed.entry.role is not None:
            what = seen.what if self.stores or seen.what not in "SE" else "-"
            return CUT if self.cut(seen) else REAL[what]
        returns = self.analysed.entry.function.returns
        if not isinstance(returns, IntType):
            return REAL["-"]
        truth = returns.name in ("bool", "_Bool", "BOOLEAN", "BOOL")
        failed = seen.returned == "z" if truth else seen.returned == "n"
        return REAL["-" if failed else "H"]


def _usual_changes(rows: list[Seen], what: str) -> dict[int, int]:
    """By setting, the bytes that most frames gain (or lose) when they are handed on."""
    counted: dict[int, Counter[int]] = {}
    for s in rows:
        if s.what == what:
            counted.setdefault(s.configuration, Counter())[s.change] += s.high - s.low + 1
    return {setting: counter.most_common(1)[0][0] for setting, counter in counted.items()}


def _settings(executed: Executed) -> Iterator[tuple[tuple[int, int], list[Seen]]]:
    for key, rows in groupby(executed.seen, key=lambda s: (s.entry, s.configuration)):
        yield key, list(rows)


def _claims(
    policy: LengthPolicy, variant: Variant, seen: Seen
) -> Iterator[tuple[int, int, frozenset[Outcome]]]:
    """The policy's outcomes for the lengths of ``seen``; nothing for frames of another layer."""
    if variant.layer != (3 if policy.layer == "L3" else 2):
        return
    row = next((r for r in policy.rows if r.frame_class == variant.frame_class), None)
    for span in row.spans if row is not None else ():
        low, high = max(span.low, seen.low), min(span.high, seen.high)
        if low <= high:
            yield low, high, span.outcomes


def _cut(rows: list[Seen]) -> Iterator[Seen]:
    """The rows, cut where frames begin to have an ethertype."""
    for seen in rows:
        if seen.low < TYPE_END <= seen.high:
            yield msgspec.structs.replace(seen, high=TYPE_END - 1)
            seen = msgspec.structs.replace(seen, low=TYPE_END)
        yield seen


def _for_any_class(policy: LengthPolicy, low: int, high: int) -> frozenset[Outcome]:
    """What the policy says of some class for all these lengths: a frame without an ethertype is of none."""
    spans = [s for row in policy.rows for s in row.spans if s.low <= low and high <= s.high]
    return frozenset(outcome for span in spans for outcome in span.outcomes)


def _disagreement(
    policy: LengthPolicy, variant: Variant, seen: Seen, low: int, high: int,
    claimed: frozenset[Outcome], actual: frozenset[Outcome],
) -> Disagreement:  # fmt: skip
    through = bool(actual & THROUGH)
    if seen.fault or seen.overrun:
        kind = "undefined"
    elif through and claimed & THROUGH:
        kind = "padding"
    else:
        kind = "claim" if through and claimed == {Outcome.DROPPED} else "outcome"
    return Disagreement(
        policy.entry, policy.mode, variant.frame_class, variant.name, low, high, claimed, actual, kind
    )


def _joined(found: list[Disagreement]) -> Iterator[Disagreement]:
    """Neighbouring lengths of the same disagreement as one; the same in several settings once."""
    latest: dict[object, Disagreement] = {}
    for one in found:
        key = msgspec.structs.astuple(msgspec.structs.replace(one, low=0, high=0))
        before = latest.get(key)
        if before is not None and one.low <= before.high + 1 and one.high >= before.low - 1:
            latest[key] = msgspec.structs.replace(
                before, low=min(one.low, before.low), high=max(one.high, before.high)
            )
        elif before is None:
            latest[key] = one
        else:
            yield one
    yield from latest.values()
