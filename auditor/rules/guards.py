"""A read of frame bytes in, its guarding comparison out; and whether short frames are rejected later."""

from __future__ import annotations

from collections.abc import Iterable

from auditor.ir import expressions as e
from auditor.model import Outcome
from auditor.policy import EntryAnalysis, Fork
from auditor.policy.intervals import INTEGERS, Intervals, intersect, subtract
from auditor.policy.machine import Run
from auditor.policy.observations import Observation
from auditor.policy.outcomes import Judgement, judge, without_sink
from auditor.policy.values import ALL_LENGTHS, Int, Pointer
from auditor.policy.walker import Leaf


def guard_of(run: Run, seen: Observation, here: Iterable[Observation]) -> tuple[Fork | None, bool]:
    """The last comparison that keeps frames shorter than the path's shortest from the read, and its outcome.

    ``here`` are all observations of the same read: a comparison whose other side leads here too is no guard.
    """
    shortest = seen.lengths[0][0]
    if not shortest:
        return None, False
    forks = {fork.number: fork for fork in run.forks}
    for number, side in sorted(seen.history, reverse=True):
        fork = forks.get(number)
        if fork is None or shortest not in (low for low, _ in side_of(fork, side)):
            continue
        if not any((number, not side) in other.history for other in here):
            return fork, side
    return None, False


def ignored(run: Run, seen: Observation) -> Fork | None:
    """The accessor that told the path that the frame is too short for this read, and was not listened to."""
    at, size = seen.values
    longest = seen.lengths[-1][1]
    if not isinstance(at, Pointer) or not isinstance(size, Int) or longest >= (at.offset or 0) + size.value:
        return None
    history = {number for number, _ in seen.history}
    calls = (fork for fork in run.forks if fork.number in history and isinstance(fork.expr, e.Call))
    return next(
        (f for f in calls if any(longest in (y for _, y in side_of(f, s)) for s in (True, False))), None
    )


def side_of(fork: Fork, side: bool) -> Intervals:
    """The lengths on one side of a fork."""
    return fork.true if side else subtract(ALL_LENGTHS, fork.true)


def rejected_later(analysed: EntryAnalysis, seen: Observation, short: tuple[int, int]) -> bool:
    """Whether every path that frames of ``short`` bytes can take from the read on drops them as short."""
    run, entry = analysed.run, analysed.entry
    how = Judgement(without_sink(run))
    after = [leaf for leaf in run.leaves if _follows(leaf, seen) and intersect(leaf.state.lengths, (short,))]
    longest = seen.lengths[-1][1]
    return bool(after) and all(
        leaf.state.lengths[-1][1] < longest and judge(leaf, entry, how).outcome is Outcome.DROPPED
        for leaf in after
    )


def _follows(leaf: Leaf, seen: Observation) -> bool:
    """Whether a path can go on from where something was seen."""
    state = leaf.state
    return (
        seen.history <= state.history
        and bool(state.classes & seen.classes)
        and all(intersect(state.facts.get(k, INTEGERS), v) for k, v in seen.facts.items())
    )
