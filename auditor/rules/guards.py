"""A read of frame bytes in, its guarding comparison out; and whether short frames are rejected later."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from auditor.ir import RELATIONAL, Expression, Function, walk
from auditor.ir import expressions as e
from auditor.ir import statements as s
from auditor.ir.carrying import LENGTH_WORD
from auditor.model import Outcome
from auditor.policy import Entry, EntryAnalysis, Fork
from auditor.policy.answers.outcomes import Judgement, judge, without_sink
from auditor.policy.calls.run import Run
from auditor.policy.expressions.branching import HOLDS
from auditor.policy.expressions.observations import Observation, missing
from auditor.policy.numbers.intervals import INTEGERS, Intervals, intersect, subtract
from auditor.policy.numbers.lengths import ALL_LENGTHS
from auditor.policy.numbers.values import counts_first_part
from auditor.policy.paths.trail import told
from auditor.policy.statements.walker import Leaf
from auditor.rules.leaving import exits_behind


class Guard(msgspec.Struct, frozen=True, eq=False):
    """A comparison that a path came through, and whether it held.

    ``fork`` is None for one of the bytes in the frame's first part, which are fewer than the frame's.
    """

    expr: Expression
    function: str
    holds: bool
    fork: Fork | None = None


def guard_of(run: Run, seen: Observation, here: Iterable[Observation]) -> tuple[Fork | None, bool]:
    """The last comparison that keeps frames shorter than the path's shortest from here, and its outcome.

    ``here`` are all observations of the same place: a comparison whose other side leads here too is no guard.
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


def check_of(analysed: EntryAnalysis, seen: Observation, here: Iterable[Observation]) -> Guard | None:
    """The guard of a read, of the frame's length or of its first part's; None without one."""
    if seen.lengths[0][0] <= 1:
        return None  # it was asked at most whether there is a frame at all
    fork, holds = guard_of(analysed.run, seen, here)
    if fork is not None:
        return Guard(fork.expr, fork.function, holds, fork)
    return _of_first_part(analysed, seen)


def _of_first_part(analysed: EntryAnalysis, seen: Observation) -> Guard | None:
    names = {frame.first for frame in analysed.entry.platform.frames if frame.first}
    marks = [
        m for m in told(seen.trail) if m.kind == "branch" and m.expr is not None and _names(m.expr, names)
    ]
    guards = [Guard(m.expr, m.function, m.text == HOLDS[True]) for m in marks if m.expr is not None]
    shortest = seen.lengths[0][0]
    exact = [guard for guard in guards if _compares_with(guard.expr, (shortest, shortest - 1))]
    known = any(counts_first_part(key) for key in seen.facts)  # else it was forgotten at a join
    return next(reversed(exact or (guards if known else [])), None)


def _compares_with(expr: Expression, numbers: tuple[int, ...]) -> bool:
    return isinstance(expr, e.Binary) and (expr.left.value in numbers or expr.right.value in numbers)


def _names(expr: Expression, fields: set[str]) -> bool:
    return any(isinstance(node, e.Member) and node.field in fields for node in walk(expr))


def ignored(run: Run, seen: Observation) -> Guard | None:
    """The accessor that told the path that the frame is too short for this read, and was not listened to."""
    longest = seen.lengths[-1][1]
    if not missing(seen.values[0]):
        return None
    forks = {fork.number: fork for fork in run.forks}
    for number, side in sorted(seen.history, reverse=True):
        fork = forks.get(number)
        if fork is None or not isinstance(fork.expr, e.Call):
            continue
        if longest in (high for _, high in side_of(fork, side)):
            return Guard(fork.expr, fork.function, side, fork)
    return None


def declared_enough(analysed: EntryAnalysis, seen: Observation, needed: int) -> bool:
    """Whether the path compared some other length with at least ``needed``: one that the frame declares."""
    firsts = {frame.first for frame in analysed.entry.platform.frames if frame.first}
    for mark in told(seen.trail):
        expr = mark.expr if mark.kind == "branch" else None
        if not isinstance(expr, e.Binary) or expr.op not in RELATIONAL or _names(expr, firsts):
            continue
        for number, other in ((expr.left.value, expr.right), (expr.right.value, expr.left)):
            if number is not None and number >= needed and LENGTH_WORD.match(_last_name(other)):
                return True
    return False


def _last_name(expr: Expression) -> str:
    while isinstance(expr, e.Cast):
        expr = expr.operand
    return expr.field if isinstance(expr, e.Member) else expr.name if isinstance(expr, e.Name) else ""


def ignores_length(entry: Entry) -> bool:
    """Whether an entry point is given a buffer and its length, and never looks at the length."""
    if entry.length is None or entry.buffer is None:
        return False
    nodes = list(walk(entry.function.body))
    shown = {id(n.expr.operand) for n in nodes if isinstance(n, s.Evaluate) and isinstance(n.expr, e.Cast)}
    names = (n for n in nodes if isinstance(n, e.Name) and n.symbol == entry.length.symbol)
    return all(id(name) in shown for name in names)


def side_of(fork: Fork, side: bool) -> Intervals:
    """The lengths on one side of a fork."""
    return fork.true if side else subtract(ALL_LENGTHS, fork.true)


def rejected_later(analysed: EntryAnalysis, seen: Observation, short: tuple[int, int]) -> bool:
    """Whether every path that frames of ``short`` bytes can take from the read on drops them as short."""
    run, entry = analysed.run, analysed.entry
    how = Judgement(without_sink(run))
    after = [leaf for leaf in run.leaves if _follows(leaf, seen)]
    reached = [leaf for leaf in after if intersect(leaf.state.lengths, (short,))]
    told_apart = any(leaf.state.lengths[0][0] > short[1] for leaf in after)
    if told_apart and all(judge(leaf, entry, how).outcome is Outcome.DROPPED for leaf in reached):
        return True
    return not run.complete and any(_rejects(analysed, fork, seen, short) for fork in run.forks)


def turned_away(run: Run, seen: Observation, function: Function, short: tuple[int, int]) -> bool:
    """Whether the function of a read leaves at once for frames of ``short`` bytes, soon after it."""
    exits = {id(expr): outcome for expr, outcome in exits_behind(function, seen.expr)}
    sides = (side_of(f, exits[id(f.expr)]) for f in run.forks if id(f.expr) in exits)
    return any(intersect(side, (short,)) == (short,) for side in sides)


def _rejects(analysed: EntryAnalysis, fork: Fork, seen: Observation, short: tuple[int, int]) -> bool:
    """Whether a comparison after the read drops short frames, where joins have lost which path is whose."""
    later = fork.function == seen.function and fork.at.line > seen.expr.at.line
    if not later and (not seen.history <= fork.earlier or fork.earlier == seen.history):
        return False
    sides = [side for side in (True, False) if intersect(side_of(fork, side), (short,)) == (short,)]
    how = Judgement(without_sink(analysed.run), fork.events)
    for side in sides:
        away = (fork.number, not side)
        leaves = [x for x in analysed.run.leaves if (fork.number, side) in x.state.history]
        own = [x for x in leaves if away not in x.state.history]
        if own and all(judge(x, analysed.entry, how).outcome is Outcome.DROPPED for x in own):
            return True
    return False


def _follows(leaf: Leaf, seen: Observation) -> bool:
    """Whether a path can go on from where something was seen."""
    state = leaf.state
    return (
        seen.history <= state.history
        and bool(state.classes & seen.classes)
        and all(intersect(state.facts.get(k, INTEGERS), v) for k, v in seen.facts.items())
    )
