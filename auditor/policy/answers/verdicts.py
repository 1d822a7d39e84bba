"""Enforced minima and maxima: which comparison loses which lengths of which class, on which paths."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from auditor.knowledge import FrameClass
from auditor.model import ETHERNET_HEADER, Outcome
from auditor.policy.answers.outcomes import Fate, Judgement, judge, sink_shift, without_sink
from auditor.policy.calls.run import Run
from auditor.policy.entry_points.entry import Entry
from auditor.policy.numbers.intervals import INTEGERS, Intervals, contains, intersect, subtract
from auditor.policy.numbers.lengths import ALL_LENGTHS, LONGEST
from auditor.policy.numbers.values import Value
from auditor.policy.paths.classes import ClassTable
from auditor.policy.paths.forks import Fork
from auditor.policy.paths.knowing import is_mode
from auditor.policy.statements.walker import Leaf

THROUGH = frozenset({Outcome.HANDED_ON, Outcome.PADDED})


class Bound(msgspec.Struct, frozen=True, eq=False):
    """One enforced bound of one frame class, decided at one fork.

    ``kind`` is minimum or maximum. ``threshold`` T: at T-1 and T the outcomes differ (bytes of L as the
    source compares it). ``low..high`` are the lengths lost. ``shift`` turns L into L2 bytes. ``mode`` is
    the fact under which this holds, None when always.
    """

    kind: str
    fork: Fork
    entry: Entry
    frame_class: FrameClass
    threshold: int
    low: int
    high: int
    shift: int
    layer: str
    mode: tuple[Value, Intervals] | None
    lost: Leaf
    lost_fate: Fate
    kept: Leaf
    kept_fate: Fate
    all_known: bool
    complete: bool
    explored: bool
    reads_ethertype: bool


def bounds(run: Run, entry: Entry, table: ClassTable) -> tuple[Bound, ...]:
    """Every enforced bound of the run, in the order of the forks.

    A comparison that left no trace decides nothing: where both its sides met again before a later one
    that enforces the same bound, only the later one counts.
    """
    by_return = without_sink(run)
    splitting = [fork for fork in run.forks if fork.true]
    found = [b for fork in splitting for b in _Judge(run, entry, table, fork, by_return).bounds()]
    return tuple(b for b in found if not any(_supersedes(later, b) for later in found))


def _supersedes(later: Bound, bound: Bound) -> bool:
    number, earlier = bound.fork.number, later.fork.earlier
    met_again = (number, True) in earlier and (number, False) in earlier
    same = (later.kind, later.frame_class.id, later.threshold) == (
        bound.kind,
        bound.frame_class.id,
        bound.threshold,
    )
    return met_again and same


class _Judge:
    def __init__(self, run: Run, entry: Entry, table: ClassTable, fork: Fork, by_return: bool) -> None:
        self.run, self.entry, self.table, self.fork = run, entry, table, fork
        self.sides = {
            truth: [leaf for leaf in run.leaves if (fork.number, truth) in leaf.state.history]
            for truth in (True, False)
        }
        cancelled = frozenset(self._stores(True) & self._stores(False))
        self.how = Judgement(by_return, fork.events, cancelled)
        self.fates: dict[int, Fate] = {}
        self.reach = run.reach[fork.number]

    def _stores(self, truth: bool) -> set[object]:
        events = (x for leaf in self.sides[truth] for x in leaf.state.events[self.fork.events :])
        return {x.at for x in events if x.kind in ("store", "copy")}

    def fate(self, leaf: Leaf) -> Fate:
        known = self.fates.get(id(leaf))
        if known is None:
            known = self.fates[id(leaf)] = judge(leaf, self.entry, self.how)
        return known

    def bounds(self) -> Iterator[Bound]:
        if not self.sides[True] or not self.sides[False]:
            return
        groups = self._alike()
        for threshold in _thresholds(self.fork.true):
            if not all(contains(self.reach.lengths, n) for n in (threshold - 1, threshold)):
                continue
            for alike in groups:
                for bound in self._at(threshold, alike[0], self.table.bit(alike[0].id)):
                    yield from (msgspec.structs.replace(bound, frame_class=c) for c in alike)

    def _alike(self) -> list[list[FrameClass]]:
        """The frame classes in groups that take the same paths, so that one verdict serves a group."""
        leaves = (*self.sides[True], *self.sides[False])
        groups: dict[tuple[int, ...], list[FrameClass]] = {}
        for frame_class in self.table.members(self.reach.classes):
            bit = self.table.bit(frame_class.id)
            takes = tuple(i for i, leaf in enumerate(leaves) if leaf.state.classes & bit)
            groups.setdefault(takes, []).append(frame_class)
        return list(groups.values())

    def _at(self, threshold: int, frame_class: FrameClass, bit: int) -> Iterator[Bound]:
        truth = contains(self.fork.true, threshold - 1)
        below = self._leaves(truth, threshold - 1, bit)
        above = self._leaves(not truth, threshold, bit)
        for kind, lost, kept in (("minimum", below, above), ("maximum", above, below)):
            for mode in self._modes(lost, kept):
                losing = [leaf for leaf in lost if _compatible(leaf, mode)]
                through = [
                    leaf for leaf in kept if _compatible(leaf, mode) and self.fate(leaf).outcome in THROUGH
                ]
                yield self._bound(kind, frame_class, bit, threshold, mode, losing, through)
                break

    def _leaves(self, truth: bool, length: int, bit: int) -> list[Leaf]:
        return [
            leaf
            for leaf in self.sides[truth]
            if leaf.state.classes & bit and contains(leaf.state.lengths, length)
        ]

    def _modes(self, lost: list[Leaf], kept: list[Leaf]) -> Iterator[tuple[Value, Intervals] | None]:
        """Under which facts every path on the losing side drops and some on the other hands on."""
        if self._decides(lost, kept, None):
            yield None
            return
        if not any(self.fate(leaf).outcome is Outcome.DROPPED for leaf in lost):
            return
        if not any(self.fate(leaf).outcome in THROUGH for leaf in kept):
            return
        tried = {(k, v): None for leaf in lost for k, v in leaf.state.facts.items() if is_mode(k)}
        for mode in tried:
            if self._decides(lost, kept, mode):
                yield mode

    def _decides(self, lost: list[Leaf], kept: list[Leaf], mode: tuple[Value, Intervals] | None) -> bool:
        losing = [leaf for leaf in lost if _compatible(leaf, mode)]
        if not losing or not all(self.fate(leaf).outcome is Outcome.DROPPED for leaf in losing):
            return False
        return any(self.fate(leaf).outcome in THROUGH for leaf in kept if _compatible(leaf, mode))

    def _bound(
        self, kind: str, frame_class: FrameClass, bit: int, threshold: int,
        mode: tuple[Value, Intervals] | None, losing: list[Leaf], through: list[Leaf],
    ) -> Bound:  # fmt: skip
        at = threshold - 1 if kind == "minimum" else threshold
        low, high = self._stretch(at, bit, mode, contains(self.fork.true, at))
        side = self.sides[contains(self.fork.true, threshold) == (kind == "minimum")]
        shift, layer = unit(self.entry, self.run, self._shift(side, bit, mode))
        kept = min(through, key=lambda leaf: self.fate(leaf).strength != "known")
        lost = min(losing, key=lambda leaf: (self.fate(leaf).strength != "known", len(leaf.state.events)))
        return Bound(
            kind, self.fork, self.entry, frame_class, threshold, low, high, shift, layer, mode,
            lost, self.fate(lost), kept, self.fate(kept),
            all(self.fate(leaf).strength == "known" for leaf in losing),
            self.run.complete, self.run.explored, self.run.reads_ethertype,
        )  # fmt: skip

    def _shift(self, leaves: list[Leaf], bit: int, mode: tuple[Value, Intervals] | None) -> int | None:
        """What the sinks of a side are given beside L, where one of them is given L + k bytes."""
        here = (x for x in leaves if x.state.classes & bit and _compatible(x, mode))
        shifts = (sink_shift(x, self.fate(x), self.entry) for x in here if self.fate(x).outcome in THROUGH)
        return next((shift for shift in shifts if shift is not None), None)

    def _stretch(
        self, at: int, bit: int, mode: tuple[Value, Intervals] | None, truth: bool
    ) -> tuple[int, int]:
        """The run of lengths around ``at`` that are dropped on every path of that side of the fork."""
        leaves = [leaf for leaf in self.sides[truth] if leaf.state.classes & bit and _compatible(leaf, mode)]
        side = self.fork.true if truth else subtract(ALL_LENGTHS, self.fork.true)
        cut = (side, *(leaf.state.lengths for leaf in leaves))
        edges = sorted({0, LONGEST + 1} | {edge for part in cut for a, b in part for edge in (a, b + 1)})
        first = last = max(i for i, edge in enumerate(edges) if edge <= at)
        while first > 0 and self._dropped(edges[first - 1], side, leaves):
            first -= 1
        while last + 1 < len(edges) - 1 and self._dropped(edges[last + 1], side, leaves):
            last += 1
        return edges[first], edges[last + 1] - 1

    def _dropped(self, length: int, side: Intervals, leaves: list[Leaf]) -> bool:
        """Whether all paths of a side that frames of a length can take drop them."""
        if not contains(side, length):
            return False
        here = [leaf for leaf in leaves if contains(leaf.state.lengths, length)]
        return bool(here) and all(self.fate(leaf).outcome is Outcome.DROPPED for leaf in here)


def _thresholds(true: Intervals) -> list[int]:
    edges = {edge for low, high in true for edge in (low, high + 1)}
    return sorted(edge for edge in edges if 0 < edge <= LONGEST)


def _compatible(leaf: Leaf, mode: tuple[Value, Intervals] | None) -> bool:
    if mode is None:
        return True
    key, values = mode
    return bool(intersect(leaf.state.facts.get(key, INTEGERS), values))


def unit(entry: Entry, run: Run, shift: int | None) -> tuple[int, str]:
    """(k, layer): L + k counts bytes from the Ethernet header on; the layer the path's frames start at.

    What a sink gets beside L says how a length from hardware counts: less, when it held a checksum or a
    header of the hardware's own; 14 more, when the driver itself put the Ethernet header in front.
    """
    raw = entry.introduced or (entry.role is not None and entry.role.returns_frame)
    if entry.layer == "L2" and not raw:
        return 0, "L2"
    versions_only = entry.layer == "unknown" and run.reads_version and not run.reads_ethertype
    if entry.layer == "L3" or shift == ETHERNET_HEADER or versions_only:
        return ETHERNET_HEADER, "L3"
    return min(shift or 0, 0), "L2"
