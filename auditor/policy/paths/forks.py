"""Forks: comparisons that split the lengths of paths, remembered so that the deciding one can be found."""

from __future__ import annotations

import msgspec

from auditor.ir import Expression
from auditor.model import Location
from auditor.policy.numbers.intervals import Intervals, unite
from auditor.policy.numbers.makeup import HELPER, LENGTHS, TYPES
from auditor.policy.numbers.values import Bytes, Int, Sym, Value
from auditor.policy.paths.classes import Classes
from auditor.policy.paths.state import State

ADDRESSES_END = 12
"""Bytes before the ethertype are addresses: they change no legal length (IEEE 802.3 clause 3.2)."""

TYPE_BYTES = (12, 13)
GUARDED = Sym("frame bytes read by a helper", "mark")
NARROWED = Sym("frame bytes that select a part of the class", "mark")


class Fork(msgspec.Struct, frozen=True, eq=False):
    """One comparison that split the lengths of paths with the same earlier decisions.

    ``left op right`` are the values compared. ``true`` are the lengths (in bytes of L) for which it holds;
    empty where the length was compared with something unknown, so that no lengths tell.
    ``events`` is how many events lay before it.
    ``narrowed``: bytes beyond the ethertype select a part of the class here; ``guarded``: a read that was
    not recognised does; ``bytes`` are those that the first path had read, and what they were.
    ``earlier`` are the length decisions before it. ``constant`` is the known operand,
    ``stack`` the functions entered, outermost first.
    """

    number: int
    expr: Expression
    at: Location
    function: str
    true: Intervals
    constant: Int | None
    op: str
    events: int
    narrowed: bool
    guarded: bool
    stack: tuple[str, ...]
    earlier: frozenset[tuple[int, bool]]
    left: Value
    right: Value
    bytes: tuple[tuple[Bytes, Intervals], ...]


class Reach(msgspec.Struct, frozen=True):
    """The frames that came to a fork: classes as a bit set, and lengths."""

    classes: Classes
    lengths: Intervals

    def plus(self, other: Reach | None) -> Reach:
        """The frames of both."""
        if other is None:
            return self
        return Reach(self.classes | other.classes, unite(self.lengths, other.lengths))


class Forks:
    """All forks of one run, numbered; equal site and earlier decisions give the same fork.

    ``places`` gets the ids of the expressions that they belong to.
    """

    def __init__(self, places: set[int]) -> None:
        self.places = places
        self.all: list[Fork] = []
        self.reach: dict[int, Reach] = {}  # by number: a verdict speaks of the frames that came there
        self._known: dict[object, Fork] = {}

    def at(
        self,
        state: State,
        expr: Expression,
        op: str,
        true: Intervals,
        operands: tuple[Value, Value],
        stack: tuple[str, ...],
    ) -> Fork:
        """The fork for this site and state, made on first use."""
        guarded = GUARDED in state.facts or any(unrecognised(k) for k in state.facts)
        narrowed = NARROWED in state.facts or any(narrows(k, v) for k, v in state.facts.items())
        left, right = operands
        key = (id(expr), true or operands, state.history, guarded, narrowed)
        fork = self._known.get(key)
        if fork is None:
            fork = self._known[key] = Fork(
                number=len(self.all),
                expr=expr,
                at=expr.at,
                function=stack[-1] if stack else "",
                true=true,
                constant=right if isinstance(right, Int) and true else None,
                op=op,
                events=len(state.events),
                narrowed=narrowed,
                guarded=guarded,
                stack=stack,
                earlier=state.history,
                left=left,
                right=right,
                bytes=known_bytes(state),
            )
            self.all.append(fork)
            self.places.add(id(expr))
        self._came(fork, Reach(state.classes, state.lengths))
        return fork

    def _came(self, fork: Fork, frames: Reach) -> None:
        self.reach[fork.number] = frames.plus(self.reach.get(fork.number))

    def like(self, template: Fork, key: object, changes: dict[str, object], frames: Reach) -> Fork:
        """The fork that ``template`` is under ``key`` for ``frames``, made with ``changes`` on first use."""
        fork = self._known.get(key)
        if fork is None:
            fork = msgspec.structs.replace(template, number=len(self.all), **changes)
            self._known[key] = fork
            self.all.append(fork)
        self._came(fork, frames)
        return fork


def is_note(key: Value) -> bool:
    """Whether a fact is a note of the analysis itself, which no path may forget."""
    return isinstance(key, Sym) and key.kind == "mark"


def known_bytes(state: State) -> tuple[tuple[Bytes, Intervals], ...]:
    """What a path knows about bytes of the frame."""
    return tuple((key, values) for key, values in state.facts.items() if isinstance(key, Bytes))


def narrows(key: Value, values: Intervals) -> bool:
    """Whether a fact selects a part of a frame class whose legal minimum we do not know."""
    if isinstance(key, Bytes):
        if key.offset + key.width <= ADDRESSES_END or key.offset in TYPE_BYTES:
            return False
        return sum(high - low + 1 for low, high in values) <= 256
    return isinstance(key, Sym) and key.kind == "frame" and values == ((0, 0),)


def unrecognised(key: Value) -> bool:
    """Whether a fact is about the frame's type in a way that was not understood."""
    made_of = key.made_of
    return bool(made_of & (HELPER | TYPES)) and not made_of & LENGTHS and not isinstance(key, Bytes)
