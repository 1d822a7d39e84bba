"""The state of one abstract path: what it stands for, what it knows, and what happened to the frame."""

from __future__ import annotations

from functools import cached_property

import msgspec

from auditor.ir import Expression
from auditor.model import Location
from auditor.policy.numbers.intervals import Intervals
from auditor.policy.numbers.lengths import ALL_LENGTHS
from auditor.policy.numbers.values import Region, Value
from auditor.policy.paths.classes import Classes
from auditor.policy.paths.held import Held
from auditor.policy.paths.trail import Mark

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
