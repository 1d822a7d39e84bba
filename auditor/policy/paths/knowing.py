"""What a path knows about unknown values, and which of it may be forgotten when paths join.

Forgetting a fact is safe for every claim that all paths drop a frame: it can only add paths.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from auditor.policy.numbers.intervals import Intervals, contains
from auditor.policy.numbers.lengths import ANY_LENGTH, BEYOND, Length
from auditor.policy.numbers.makeup import (
    BYTES,
    FIRST,
    FRAME,
    HELPER,
    LENGTHS,
    MARK,
    MEASURES,
    MODE,
    OTHER,
    SEES,
)
from auditor.policy.numbers.values import FIRST_PART, Bytes, Int, Op, Pointer, Sym, Value, mentions_length
from auditor.policy.paths.forks import GUARDED, TYPE_BYTES, is_note, narrows, unrecognised
from auditor.policy.paths.merging import alike, merge
from auditor.policy.paths.state import State

Facts = Mapping[Value, Intervals]
Forgettable = Callable[[Facts], list[Value]]


def is_mode(key: Value) -> bool:
    """Whether a fact is about the driver's own state only: a mode, not a call's result or frame data."""
    return key.made_of & (MODE | FRAME | HELPER | MARK | OTHER | BYTES) == MODE


def negligible(facts: Facts) -> list[Value]:
    """Facts that exclude a little: a byte of the frame that is not some value."""
    return [
        k for k, v in facts.items()
        if isinstance(k, Bytes) and k.offset not in TYPE_BYTES and not narrows(k, v)
    ]  # fmt: skip


def passing(facts: Facts) -> list[Value]:
    """Facts that are neither modes nor tell what the frame is."""
    return [
        k for k, v in facts.items()
        if not is_mode(k)
        and not (k.made_of & MARK and is_note(k))
        and not (k.made_of & (BYTES | FRAME) and narrows(k, v))
    ]  # fmt: skip


def unmarked(facts: Facts) -> list[Value]:
    """Everything but the notes of the analysis itself."""
    return [k for k in facts if not is_note(k)]


def forget(state: State, forgettable: Forgettable) -> None:
    """Drop the facts that ``forgettable`` names; one about the frame leaves a mark, its type another."""
    gone = forgettable(state.facts)
    if not gone:
        return
    state.facts.drop(*gone)
    state.chosen = state.chosen or any(map(tells_of_frame, gone))
    if any(map(unrecognised, gone)):
        state.facts[GUARDED] = ((1, 1),)


def thin(states: list[State], most: int) -> list[State]:
    """At most ``most`` states where forgetting modes can do that, the modes that tell least apart first."""
    while len(states) > most:
        keys = dict.fromkeys(k for state in states for k in state.facts if is_mode(k))
        numbers: dict[object, int] = {}  # of all that a state is but its facts
        shapes = [
            (numbers.setdefault((n, s.lengths, s.classes), len(numbers)), s.facts)
            for n, same in enumerate(alike(states))
            for s in same
        ]
        told = {  # how many states there are without a mode, and how many know it
            key: (
                len({(rest, facts.digest_without(key)) for rest, facts in shapes}),
                sum([key in facts for _, facts in shapes]),
            )
            for key in keys
        }
        if not told:
            return states
        lowest = min(told.values())
        least = min((key for key, rank in told.items() if rank == lowest), key=str)
        for state in states:
            state.facts.drop(least)
        states = merge(states)
    return states


def widen(states: list[State], name: str) -> list[State]:
    """The states with every plain value in which they differ replaced by one unknown value.

    Pointers, and values that depend on the frame's length or bytes, stay: they are what the run is about.
    """
    for held in ("variables", "memory"):
        differing: dict[object, None] = {}
        first = getattr(states[0], held)
        for state in states[1:]:
            own = getattr(state, held)
            if own.digest == first.digest:
                continue
            differing |= dict.fromkeys(own.unlike(first))
        for key in differing:
            values = {getattr(state, held).get(key) for state in states}
            if all(value is None or _is_plain(value) for value in values):
                unknown = Sym(name, "fresh", (str(key),))
                for state in states:
                    getattr(state, held)[key] = unknown
    return merge(states)


def _is_plain(value: Value) -> bool:
    return not isinstance(value, (Pointer, Length, Bytes)) and not mentions_length(value)


def tells_of_frame(key: Value) -> bool:
    """Whether a fact is about the frame: its length, its bytes, or what a function made of them."""
    return bool(key.made_of & (LENGTHS | BYTES | FRAME | HELPER | MARK | SEES))


def vouches(key: Value, values: Intervals) -> bool:
    """Whether a fact may mean that the frame is long enough, without saying for how many bytes.

    So does a length that is more than an unknown value, and what an unknown function found out about it.
    """
    if isinstance(key, Op) and key.op == "<":
        if values == ((0, 0),):
            return _measures(key.left)
        if not contains(values, 0):
            return _measures(key.right)
    return bool(key.made_of & (LENGTHS | MEASURES))


def lengths_of_first_part(key: Value, values: Intervals) -> Intervals:
    """The lengths of frames whose first part has as many bytes as a fact says: they have as many, or more."""
    least = values[0][0]
    match key:
        case Sym() if FIRST_PART in key.key:
            return ((max(least, 0), BEYOND),)
        case Op(op="+", left=Sym(key=inner), right=Int(value=moved)) if FIRST_PART in inner:
            return ((max(least - moved, 0), BEYOND),)
    return ANY_LENGTH


def _measures(value: Value) -> bool:
    return bool(value.made_of & (LENGTHS | FIRST))
