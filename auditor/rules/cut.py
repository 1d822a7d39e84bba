"""Runs of entry points in, comparisons out beyond which frames are cut short or never get through."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.knowledge import FrameClass
from auditor.model import Outcome
from auditor.policy import KNOWN, Bound, Entry, EntryAnalysis, Fork
from auditor.policy.answers.outcomes import Fate, Judgement, judge, sink_shift, without_sink
from auditor.policy.answers.verdicts import THROUGH, unit
from auditor.policy.numbers.intervals import contains
from auditor.policy.numbers.lengths import Length
from auditor.policy.numbers.values import Int, Value
from auditor.policy.statements.walker import Leaf

CUT, STUCK = "cut short", "sent back for ever"


def beyond(analysed: EntryAnalysis, of: FrameClass, bit: int, lengths: range) -> Iterator[tuple[Bound, str]]:
    """Every comparison that lets T - 1 bytes pass and cuts or keeps back T bytes, T in ``lengths``; and how.

    ``of`` is the frame class to look at, ``bit`` its bit in a state's classes; ``lengths`` in bytes from
    the Ethernet header on, without FCS.
    """
    by_return = without_sink(analysed.run)
    for fork in analysed.run.forks:
        for first, last in fork.true:
            for threshold in (first, last + 1):
                found = _at(analysed, fork, of, bit, threshold, by_return)
                if found is not None and threshold + found[0].shift in lengths:
                    yield found


def _at(
    analysed: EntryAnalysis, fork: Fork, of: FrameClass, bit: int, threshold: int, by_return: bool
) -> tuple[Bound, str] | None:
    run, entry = analysed.run, analysed.entry
    truth = contains(fork.true, threshold)
    lost = _side(run.leaves, fork, truth, bit, threshold)
    kept = _side(run.leaves, fork, not truth, bit, threshold - 1)
    if not lost or not kept:
        return None
    how = Judgement(by_return, fork.events)
    through = next(((x, f) for x in kept if (f := judge(x, entry, how)).outcome in THROUGH), None)
    if through is None:
        return None
    leaf, fate = through
    ends = {_end(x, judge(x, entry, how), entry, threshold, (leaf, fate)) for x in lost}
    if len(ends) != 1 or "" in ends:
        return None
    why = ends.pop()
    shift, layer = unit(entry, run, sink_shift(leaf, fate, entry))
    last = next(high for low, high in lost[0].state.lengths if low <= threshold <= high)
    ended = Fate(Outcome.DROPPED, KNOWN, why, judge(lost[0], entry, how).event)
    bound = Bound(
        "maximum", fork, entry, of, threshold, threshold, last, shift, layer, None,
        lost[0], ended, leaf, fate, True, run.complete, run.explored, run.reads_ethertype,
    )  # fmt: skip
    return bound, why


def _side(leaves: tuple[Leaf, ...], fork: Fork, truth: bool, bit: int, length: int) -> list[Leaf]:
    return [
        leaf
        for leaf in leaves
        if (fork.number, truth) in leaf.state.history
        and leaf.state.classes & bit
        and contains(leaf.state.lengths, length)
    ]


def _end(leaf: Leaf, fate: Fate, entry: Entry, length: int, shorter: tuple[Leaf, Fate]) -> str:
    """How the path loses frames of ``length`` bytes although it does not drop them; empty when it does not.

    ``shorter`` is how a frame of one byte less ends. A frame is cut short where the sink gets no more of it,
    or where it is kept without the number of its bytes, which is kept of the shorter one.
    """
    if entry.role is not None and isinstance(leaf.returned, Int) and leaf.returned.value in entry.role.busy:
        return STUCK
    if fate.outcome is not Outcome.HANDED_ON or fate.event is None:
        return ""
    before, how = shorter
    whole = None if how.event is None else _given(how.event.length, length - 1)
    if whole is not None:
        return CUT if _given(fate.event.length, length) == whole else ""
    return CUT if _tells(before) and not _tells(leaf) and how.event and how.event.at == fate.event.at else ""


def _tells(leaf: Leaf) -> bool:
    """Whether a number of bytes that depends on the frame's length is stored for somebody else."""
    return any(event.kind == "tell" for event in leaf.state.events)


def _given(value: Value | None, length: int) -> int | None:
    """How many bytes a sink gets of a frame of ``length`` bytes, as far as that is known."""
    if isinstance(value, Int):
        return value.value
    if isinstance(value, Length):
        piece = next(p for p in value.pieces if p.low <= length <= p.high)
        return piece.slope * length + piece.offset
    return None
