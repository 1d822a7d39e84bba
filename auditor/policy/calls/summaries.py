"""Summaries of calls: a function is run once for all frames, and what it does is then applied to each path.

A summary belongs to a function, its abstract arguments and the memory it starts from. It is computed with
nothing known about lengths, classes and facts; applying it intersects those of a path with those of each
result, so that it gives what running the function on that path would have given.
"""

from __future__ import annotations

import msgspec

from auditor.policy.expressions.observations import Observation, Observer, continued
from auditor.policy.numbers.intervals import INTEGERS, Intervals, intersect, subtract
from auditor.policy.numbers.values import Value
from auditor.policy.paths.forks import GUARDED, NARROWED, Fork, Forks, Reach, known_bytes
from auditor.policy.paths.held import Held
from auditor.policy.paths.state import Cell, Side, State
from auditor.policy.paths.trail import Mark
from auditor.policy.statements.walker import Leaf


class Result(msgspec.Struct, frozen=True, eq=False):
    """One way through the function: its final state, and its value or, for an ended path, its leaf."""

    state: State
    value: Value
    leaf: Leaf | None = None


class Summary(msgspec.Struct, frozen=True, eq=False):
    """What a function does from one memory with one list of arguments.

    ``forks`` are numbered from 0 and stand for one fork of the run per earlier decisions of a path;
    ``depth`` is how many functions were entered when it was computed.
    """

    results: tuple[Result, ...]
    forks: tuple[Fork, ...]
    reach: dict[int, Reach]
    seen: tuple[Observation, ...]
    depth: int


class Entered:
    """A function that was called with certain arguments: the memory then, and the summary once it is made."""

    __slots__ = ("memory", "summary")

    def __init__(self, memory: Held[Cell, Value]) -> None:
        self.memory = memory
        self.summary: Summary | None = None


def blank(state: State, classes: int, longest: int) -> State:
    """A state with the memory of ``state`` that knows nothing of the frame and remembers nothing."""
    fresh = State(classes)
    fresh.lengths = ((0, longest),)
    fresh.memory = state.memory.copy()
    return fresh


def apply(
    summary: Summary, state: State, forks: Forks, stack: tuple[str, ...], observer: Observer
) -> list[Result]:
    """The results that paths of ``state`` can reach, as continuations of it; what they saw is observed."""
    numbers: dict[int, int] = {}
    for template in summary.forks:
        fork = _instance(template, summary, state, numbers, forks, stack)
        if fork is not None:
            numbers[template.number] = fork.number
    for template_seen in summary.seen:
        history = _renumbered(template_seen.history, numbers)
        trail = _spliced(state.trail, template_seen.trail, numbers)
        for seen in continued(template_seen, state, history, trail):
            observer.add(seen)
    found = []
    for result in summary.results:
        after = _continue(state, result.state, numbers)
        if after is not None:
            leaf = result.leaf
            ended = None if leaf is None else Leaf(after, leaf.returned, leaf.at, leaf.ended_by)
            found.append(Result(after, result.value, ended))
    return found


def _continue(state: State, result: State, numbers: dict[int, int]) -> State | None:
    lengths = intersect(state.lengths, result.lengths)
    classes = state.classes & result.classes
    if not lengths or not classes:
        return None
    facts = state.facts.copy()
    for key, values in result.facts.items():
        known = intersect(facts.get(key, INTEGERS), values)
        if not known:
            return None
        facts[key] = known
    after = State(classes)
    after.lengths, after.facts = lengths, facts
    after.memory = result.memory.copy()
    after.events = state.events + result.events
    after.history = state.history | _renumbered(result.history, numbers)
    after.trail = _spliced(state.trail, result.trail, numbers)
    after.tested = state.tested or result.tested
    after.chosen = state.chosen or result.chosen
    return after


def _instance(
    template: Fork,
    summary: Summary,
    state: State,
    numbers: dict[int, int],
    forks: Forks,
    stack: tuple[str, ...],
) -> Fork | None:
    """The fork of the run that a summary's fork is on this path; None when it does not split its lengths."""
    came = summary.reach[template.number]
    frames = Reach(state.classes & came.classes, intersect(state.lengths, came.lengths))
    if not frames.classes or not frames.lengths:
        return None
    if template.true and not _splits(frames.lengths, template.true):
        return None
    earlier = state.history | _renumbered(template.earlier, numbers)
    narrowed = template.narrowed or NARROWED in state.facts
    guarded = template.guarded or GUARDED in state.facts
    told_by = template.true or (template.left, template.right)
    key = (id(template.expr), told_by, earlier, guarded, narrowed)
    changes = {
        "events": len(state.events) + template.events,
        "narrowed": narrowed,
        "guarded": guarded,
        "earlier": earlier,
        "bytes": (*known_bytes(state), *template.bytes),
        "stack": (*stack, *template.stack[summary.depth :]),
    }
    return forks.like(template, key, changes, frames)


def _splits(lengths: Intervals, true: Intervals) -> bool:
    return bool(intersect(lengths, true)) and bool(subtract(lengths, true))


def _renumbered(history: frozenset[Side], numbers: dict[int, int]) -> frozenset[Side]:
    return frozenset((numbers[number], side) for number, side in history if number in numbers)


def _spliced(before: Mark | None, inner: Mark | None, numbers: dict[int, int]) -> Mark | None:
    """A story that goes on with a summary's; its forks get the ``numbers`` they have in this run."""
    return before if inner is None else Mark("splice", inner.at, "", inner.function, before, inner, numbers)
