"""The state of one abstract path, and the exact merging of states that differ in nothing that matters."""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from auditor.ir import Expression
from auditor.model import Location
from auditor.policy.classes import Classes
from auditor.policy.intervals import INTEGERS, Intervals, unite
from auditor.policy.trail import Mark, joined
from auditor.policy.values import ALL_LENGTHS, Region, Value

Cell = tuple[Region, int | str]
Side = tuple[int, bool]


class Event(msgspec.Struct, frozen=True, eq=False):
    """Something that happened to the frame.

    ``kind``: hand-on, answer, queue, candidate (an unknown call that may hand it on), given (one that gets
    its bytes and their number), maybe (one that may do anything), store (of the frame in the driver's
    state), copy (of all its bytes there), free, fail (completed with a failure status), done (completed with
    success), unclear (with a status that is not known), tell (its length is stored). ``length`` is what a
    sink was given.
    """

    kind: str
    at: Location
    text: str
    function: str
    length: Value | None = None
    region: Region | None = None

    def sameness(self) -> tuple[object, ...]:
        """What must agree for two events to be the same to a merge."""
        place = self.at if self.kind in ("store", "queue", "copy") else None
        return (self.kind, self.length, place)


class State:
    """One path: which lengths and classes it stands for, what it knows, and what happened on it.

    ``facts`` narrow unknown values to integer intervals; ``history`` is the set of length decisions
    (fork, side) the path came through; ``trail`` tells its story and takes no part in merging.
    """

    __slots__ = ("classes", "events", "facts", "history", "lengths", "memory", "trail", "variables")

    def __init__(self, classes: Classes) -> None:
        self.lengths: Intervals = ALL_LENGTHS
        self.classes = classes
        self.facts: dict[Value, Intervals] = {}
        self.variables: dict[str, Value] = {}
        self.memory: dict[Cell, Value] = {}
        self.events: tuple[Event, ...] = ()
        self.history: frozenset[Side] = frozenset()
        self.trail: Mark | None = None

    def copy(self) -> State:
        """An independent copy."""
        other = State.__new__(State)
        other.lengths, other.classes = self.lengths, self.classes
        other.facts, other.variables = dict(self.facts), dict(self.variables)
        other.memory, other.events = dict(self.memory), self.events
        other.history, other.trail = self.history, self.trail
        return other

    def note(
        self,
        kind: str,
        at: Location,
        text: str,
        function: str,
        fork: int = -1,
        expr: Expression | None = None,
    ) -> None:
        """Append to the story."""
        self.trail = Mark(kind, at, text, function, self.trail, fork=fork, expr=expr)

    def happen(self, event: Event) -> None:
        """Record an event, in the story too."""
        self.events += (event,)
        self.note("event", event.at, event.text, event.function)


def merge(states: list[State]) -> list[State]:
    """Join states that are equal but for one complementary split: lengths, classes, or one fact.

    Exact: the union of two products that differ in one factor is a product again.
    """
    if len(states) < 2:
        return states
    groups: dict[object, list[State]] = {}
    for state in states:
        groups.setdefault(essence(state), []).append(state)
    return [joined for group in groups.values() for joined in _merge_group(group)]


def essence(state: State) -> object:
    """What two states must have in common to be merged: variables, memory, events."""
    return (
        frozenset(state.variables.items()),
        frozenset(state.memory.items()),
        tuple(e.sameness() for e in state.events),
    )


def _merge_group(group: list[State]) -> list[State]:
    while len(group) > 1:
        shrunk = _by_factor(group, _without_lengths, _join_lengths)
        shrunk = _by_factor(shrunk, _without_classes, _join_classes)
        shrunk = _by_fact(shrunk)
        if len(shrunk) == len(group):
            break
        group = shrunk
    return group


def _without_lengths(state: State) -> object:
    return (state.classes, frozenset(state.facts.items()))


def _without_classes(state: State) -> object:
    return (state.lengths, frozenset(state.facts.items()))


def _join_lengths(kept: State, gone: State) -> None:
    kept.lengths = unite(kept.lengths, gone.lengths)


def _join_classes(kept: State, gone: State) -> None:
    kept.classes |= gone.classes


def _by_factor(
    states: list[State], rest: Callable[[State], object], join: Callable[[State, State], None]
) -> list[State]:
    kept: dict[object, State] = {}
    for state in states:
        key = rest(state)
        if key in kept:
            join(kept[key], state)
            _remember(kept[key], state)
        else:
            kept[key] = state
    return list(kept.values())


def _by_fact(states: list[State]) -> list[State]:
    """Join two states that differ in the range of one fact (an absent fact is every value)."""
    for i, left in enumerate(states):
        for right in states[i + 1 :]:
            if left.lengths != right.lengths or left.classes != right.classes:
                continue
            changed = _single_difference(left.facts, right.facts)
            if changed is not None:
                _widen(left, right, changed)
                return [s for s in states if s is not right]
    return states


def _single_difference(left: dict[Value, Intervals], right: dict[Value, Intervals]) -> list[Value] | None:
    """The one key in which two sets of facts differ (none when they are equal), None when there are more."""
    if left == right:
        return []
    if abs(len(left) - len(right)) > 1:
        return None
    differing = [k for k in left.keys() | right.keys() if left.get(k) != right.get(k)]
    return differing if len(differing) == 1 else None


def _widen(kept: State, gone: State, changed: list[Value]) -> None:
    _remember(kept, gone)
    for key in changed:
        both = (
            unite(kept.facts[key], gone.facts[key]) if key in kept.facts and key in gone.facts else INTEGERS
        )
        if both == INTEGERS:
            kept.facts.pop(key, None)
        else:
            kept.facts[key] = both


def _remember(kept: State, gone: State) -> None:
    """A merged state remembers the decisions, and the stories, of both."""
    kept.history |= gone.history
    kept.trail = joined(kept.trail, gone.trail)
