"""The state of one abstract path, and the exact merging of states that differ in nothing that matters."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property, partial

import msgspec

from auditor.ir import Expression
from auditor.model import Location
from auditor.policy.classes import Classes
from auditor.policy.held import Held
from auditor.policy.intervals import INTEGERS, Intervals, unite
from auditor.policy.trail import Mark, joined
from auditor.policy.values import ALL_LENGTHS, Region, Value

Cell = tuple[Region, int | str]
Side = tuple[int, bool]


class Event(msgspec.Struct, frozen=True, eq=False, dict=True):
    """Something that happened to the frame.

    ``kind``: hand-on, answer, queue, candidate (an unknown call that may hand it on), given (one that gets
    its bytes and their number), maybe (one that may do anything), store (of the frame in the driver's
    state), copy (of all its bytes there), free, fail (completed with a failure status), done (completed with
    success), unclear (with a status that is not known), tell (its length is stored). ``length`` is what a
    sink was given, ``skip`` how many of the frame's first bytes it was not (less than 0: bytes in front).
    """

    kind: str
    at: Location
    text: str
    function: str
    length: Value | None = None
    region: Region | None = None
    skip: int | None = None

    @cached_property
    def sameness(self) -> tuple[object, ...]:
        """What must agree for two events to be the same to a merge."""
        place = self.at if self.kind in ("store", "queue", "copy") else None
        return (self.kind, self.length, self.skip, place)


class State:
    """One path: which lengths and classes it stands for, what it knows, and what happened on it.

    ``facts`` narrow unknown values to integer intervals; ``history`` is the set of length decisions
    (fork, side) the path came through; ``trail`` tells its story, and ``tested`` whether the frame passed a
    test of its length that gave no number, or was made longer; ``chosen`` whether a fact about the frame was
    forgotten. These take no part in merging.
    """

    __slots__ = (
        "chosen", "classes", "events", "facts", "history", "lengths", "memory", "tested", "trail",
        "variables",
    )  # fmt: skip

    def __init__(self, classes: Classes) -> None:
        self.lengths: Intervals = ALL_LENGTHS
        self.classes = classes
        self.facts: Held[Value, Intervals] = Held()
        self.variables: Held[str, Value] = Held()
        self.memory: Held[Cell, Value] = Held()
        self.events: tuple[Event, ...] = ()
        self.history: frozenset[Side] = frozenset()
        self.trail: Mark | None = None
        self.tested = False
        self.chosen = False

    def copy(self) -> State:
        """An independent copy."""
        other = State.__new__(State)
        other.lengths, other.classes = self.lengths, self.classes
        other.facts, other.variables = self.facts.copy(), self.variables.copy()
        other.memory, other.events = self.memory.copy(), self.events
        other.history, other.trail, other.tested = self.history, self.trail, self.tested
        other.chosen = self.chosen
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
    return [one for group in alike(states) for one in (_merge_group(group) if len(group) > 1 else group)]


def alike(states: list[State]) -> list[list[State]]:
    """The states in groups that have in common what they must to be merged: variables, memory, events."""
    groups: list[list[State]] = []
    known: dict[object, list[list[State]]] = {}
    told: dict[int, object] = {}
    for state in states:
        events = told.get(id(state.events))
        if events is None:
            events = told[id(state.events)] = tuple([event.sameness for event in state.events])
        found = known.setdefault((state.variables.digest, state.memory.digest, events), [])
        for group in found:
            if state.variables == group[0].variables and state.memory == group[0].memory:
                group.append(state)
                break
        else:
            found.append([state])
            groups.append(found[-1])
    return groups


def _merge_group(group: list[State]) -> list[State]:
    if len(group) == 2 and _apart(*group):  # most groups are
        return group
    while len(group) > 1:
        shrunk = _by_factor(group, _without_lengths(group), _same_facts, _join_lengths)
        shrunk = _by_factor(shrunk, _without_classes(shrunk), _same_facts, _join_classes)
        for key in _differing(shrunk):
            same, join = partial(_same_but_for, key), partial(_join_fact, key)
            shrunk = _by_factor(shrunk, _without_fact(shrunk, key), same, join)
        if len(shrunk) == len(group):
            break
        group = shrunk
    return group


def _apart(one: State, other: State) -> bool:
    """Whether two states differ in more than one factor."""
    differing = (one.lengths != other.lengths) + (one.classes != other.classes)
    if one.facts.digest != other.facts.digest:
        mine, others = one.facts, other.facts
        differing += sum(others.get(key) != values for key, values in mine.items())
        differing += sum(key not in mine for key in others)
    return differing > 1


def _differing(states: list[State]) -> list[Value]:
    """The unknowns about which the states do not all know the same."""
    first = states[0].facts
    found: dict[Value, None] = {}
    for state in states[1:]:
        facts = state.facts
        if facts.digest != first.digest:
            found |= {k: None for k, v in facts.items() if first.get(k) != v}
            found |= {k: None for k in first if k not in facts}
    return list(found)


def _without_lengths(states: list[State]) -> list[object]:
    return [(state.classes, state.facts.digest) for state in states]


def _without_classes(states: list[State]) -> list[object]:
    return [(state.lengths, state.facts.digest) for state in states]


def _same_facts(kept: State, gone: State) -> bool:
    return kept.facts == gone.facts


def _join_lengths(kept: State, gone: State) -> None:
    kept.lengths = unite(kept.lengths, gone.lengths)
    kept.tested = gone.tested = kept.tested or gone.tested  # which lengths were tested is lost here


def _join_classes(kept: State, gone: State) -> None:
    kept.classes |= gone.classes


def _by_factor(
    states: list[State],
    rests: list[object],
    same: Callable[[State, State], bool],
    join: Callable[[State, State], None],
) -> list[State]:
    """Join states that are the ``same``, and have equal ``rests``: digests of all but the factor."""
    if len(set(rests)) == len(rests):
        return states
    kept: list[State] = []
    first: dict[object, State] = {}
    for state, rest in zip(states, rests, strict=True):
        other = first.setdefault(rest, state)
        if other is not state and same(other, state):
            join(other, state)
            _remember(other, state)
        else:
            kept.append(state)
    return kept


def _without_fact(states: list[State], key: Value) -> list[object]:
    return [(state.facts.digest_without(key), state.lengths, state.classes) for state in states]


def _same_but_for(key: Value, kept: State, gone: State) -> bool:
    return kept.facts.equal_without(gone.facts, key)


def _join_fact(key: Value, kept: State, gone: State) -> None:
    """A fact that is absent is every value."""
    both = INTEGERS
    if key in kept.facts and key in gone.facts:
        both = unite(kept.facts[key], gone.facts[key])
    if both == INTEGERS:
        kept.facts.drop(key)
    else:
        kept.facts[key] = both


def _remember(kept: State, gone: State) -> None:
    """A merged state remembers the decisions, and the stories, of both."""
    kept.history |= gone.history
    kept.tested &= gone.tested
    kept.chosen |= gone.chosen
    kept.trail = joined(kept.trail, gone.trail)
