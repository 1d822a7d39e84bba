"""Runs of entry points in, what comparisons of the frame's length with something unknown decide out."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from auditor.knowledge import LengthField
from auditor.model import Outcome
from auditor.policy.answers.outcomes import Fate, Judgement, judge, without_sink
from auditor.policy.answers.verdicts import THROUGH
from auditor.policy.calls.run import Run
from auditor.policy.entry_points.entry import Entry
from auditor.policy.numbers.linear import Linear, linear
from auditor.policy.numbers.values import Bytes, Int, Op, Sym, Value
from auditor.policy.paths.classes import Classes
from auditor.policy.paths.forks import Fork
from auditor.policy.statements.walker import Leaf


class Declared(msgspec.Struct, frozen=True):
    """A comparison of L with one length field: it is ``L + constant op field`` (``op`` as the fork has it).

    ``constant`` in bytes of L; ``reversed`` when the field stands on the left; ``starts`` is where, in
    bytes of L, the field starts to count.
    """

    fork: Fork
    field: LengthField
    constant: int
    reversed: bool
    starts: int


class Lost(msgspec.Struct, frozen=True, eq=False):
    """What a comparison does to the frames of some classes: all are dropped when it is ``truth``."""

    truth: bool
    lost: Leaf
    lost_fate: Fate
    kept: Leaf
    kept_fate: Fate
    all_known: bool


def beside(run: Run) -> Iterator[Fork]:
    """The comparisons of the run that no lengths alone can tell."""
    return (fork for fork in run.forks if not fork.true)


def difference(fork: Fork) -> Linear:
    """``left - right`` of a comparison, as a sum."""
    return linear(fork.left).plus(linear(fork.right), -1)


def against_declared(run: Run, fork: Fork) -> Declared | None:
    """The comparison as one of L with a length field, swapped and nothing else; None when it is no such."""
    sum_ = difference(fork)
    if abs(sum_.slope) != 1 or len(sum_.terms) != 1:
        return None
    ((term, times),) = sum_.terms.items()
    field = declares(run, term)
    if field is None or times != -sum_.slope:
        return None
    moved = term.offset - field.frame_offset if isinstance(term, Bytes) else 0
    starts = field.counted_from + moved
    return Declared(fork, field, sum_.constant * sum_.slope, sum_.slope < 0, starts)


def declares(run: Run, value: Value) -> LengthField | None:
    """The length field that a value in host byte order was read from, None when it was not."""
    match value:
        case Bytes(offset=offset, width=width, host=True, shift=0, mask=-1):
            return run.declared.get(Bytes(offset, width, False))
        case Op(op="swap", left=Sym() | Bytes() as read, right=Int()):
            return run.declared.get(read)
        case _:
            return None


def decides(run: Run, entry: Entry, fork: Fork, classes: Classes) -> Lost | None:
    """The side of a comparison on which all frames of ``classes`` are dropped while some others pass."""
    sides = {
        truth: [
            x for x in run.leaves if (fork.number, truth) in x.state.history and x.state.classes & classes
        ]
        for truth in (True, False)
    }
    stores = [
        {x.at for leaf in side for x in leaf.state.events[fork.events :] if x.kind in ("store", "copy")}
        for side in sides.values()
    ]
    how = Judgement(without_sink(run), fork.events, frozenset(stores[0] & stores[1]))
    for truth in (True, False):
        lost = [(leaf, judge(leaf, entry, how)) for leaf in sides[truth]]
        kept = [(leaf, judge(leaf, entry, how)) for leaf in sides[not truth]]
        through = [pair for pair in kept if pair[1].outcome in THROUGH]
        if lost and through and all(fate.outcome is Outcome.DROPPED for _, fate in lost):
            known = all(fate.strength == "known" for _, fate in lost)
            first = min(lost, key=lambda pair: pair[1].strength != "known")
            return Lost(truth, *first, *through[0], known)
    return None
