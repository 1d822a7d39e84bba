"""What facts are about, which of them may be forgotten, and what is made of paths that know too much."""

from __future__ import annotations

from functools import reduce

import pytest

from auditor.policy.numbers.intervals import INTEGERS, Intervals, unite
from auditor.policy.numbers.lengths import ANY_LENGTH, BEYOND, frame_length
from auditor.policy.numbers.values import DATA, FIRST_PART, Bytes, Int, Op, Pointer, Sym, Value
from auditor.policy.paths.forks import GUARDED, NARROWED
from auditor.policy.paths.knowing import (
    forget,
    is_mode,
    lengths_of_first_part,
    negligible,
    passing,
    tells_of_frame,
    thin,
    unmarked,
    vouches,
    widen,
)
from auditor.policy.paths.state import State

L = frame_length()
MODE, OTHER_MODE = Sym("port->up", "mode"), Sym("port->tun", "mode")
CALL, SEEN = Sym("ready()", "call"), Sym("find(skb)", "call", (Pointer(DATA),))
HELPER, FRAME = Sym("parse()", "helper"), Sym("frame", "frame")
FIELD, TYPE = Bytes(30, 1, True), Bytes(12, 1, True)
FIRST = Sym("headlen", "fresh", (FIRST_PART,))
ONE, ZERO, NOT_FIVE = ((1, 1),), ((0, 0),), ((0, 4), (6, 2**31))

ABOUT: dict[str, tuple[Value, bool, bool]] = {
    "the driver's state": (MODE, True, False),
    "two of its states": (Op("+", MODE, OTHER_MODE), True, False),
    "a call's result": (CALL, False, False),
    "a call's, given the frame": (SEEN, False, True),
    "state and a call's result": (Op("+", MODE, CALL), False, False),
    "a byte": (FIELD, False, True),
    "state and a byte": (Op("==", MODE, FIELD), False, True),
    "the length beside a state": (Op("-", L, MODE), True, True),
    "what a helper found": (HELPER, False, True),
    "a note": (GUARDED, False, True),
}


@pytest.mark.parametrize(("key", "mode", "frame"), ABOUT.values(), ids=ABOUT)
def test_what_facts_are_about(key: Value, mode: bool, frame: bool) -> None:
    assert (is_mode(key), tells_of_frame(key)) == (mode, frame)


FACTS: dict[Value, Intervals] = {
    MODE: ONE, CALL: ONE, SEEN: ONE, HELPER: ONE, FIELD: ONE, Bytes(31, 1, True): NOT_FIVE, TYPE: NOT_FIVE,
    FRAME: ZERO, GUARDED: ONE,
}  # fmt: skip


@pytest.mark.parametrize(
    ("forgettable", "named"),
    [(negligible, [Bytes(31, 1, True)]),
     (passing, [CALL, SEEN, HELPER, Bytes(31, 1, True), TYPE]),
     (unmarked, [key for key in FACTS if key != GUARDED])],
)  # fmt: skip
def test_what_may_be_forgotten(forgettable, named: list[Value]) -> None:
    assert forgettable(FACTS) == named


FORGOTTEN: dict[str, tuple[Value, bool, bool]] = {
    "a state": (MODE, False, False),
    "a call's result": (CALL, False, False),
    "a byte": (FIELD, True, False),
    "what a helper found of the type": (HELPER, True, True),
    "what a sum of the type's bytes is": (Op("+", TYPE, Int(1)), True, True),
    "what a call found": (SEEN, True, False),
}


@pytest.mark.parametrize(("key", "chosen", "guarded"), FORGOTTEN.values(), ids=FORGOTTEN)
def test_what_is_left_of_a_forgotten_fact(key: Value, chosen: bool, guarded: bool) -> None:
    state = State(1)
    state.facts[key] = state.facts[NARROWED] = ONE
    forget(state, lambda facts: [k for k in facts if k == key])
    assert (key in state.facts, state.facts[NARROWED]) == (False, ONE)
    assert (state.chosen, state.facts.get(GUARDED)) == (chosen, ONE if guarded else None)


def test_nothing_is_forgotten_where_nothing_may_be() -> None:
    state = State(1)
    state.facts[FIELD] = ONE
    forget(state, lambda facts: [])
    assert (dict(state.facts), state.chosen) == ({FIELD: ONE}, False)


def knowing(**facts: int) -> State:
    state = State(1)
    for name, value in facts.items():
        state.facts[Sym(name, "mode")] = ((value, value),)
    return state


def test_the_mode_that_tells_least_apart_goes_first() -> None:
    """Without a mode that is another in each state there is one; without the other there are as many."""
    states = [knowing(each=n, same=0) for n in range(4)]
    assert len(thin([s.copy() for s in states], 4)) == 4
    (left,) = thin(states, 1)
    assert dict(left.facts) == {Sym("same", "mode"): ZERO}


def test_one_state_too_many_is_thinned() -> None:
    assert [dict(s.facts) for s in thin([knowing(a=0), knowing(a=1)], 1)] == [{}]


def test_thinning_keeps_all_frames() -> None:
    states = [knowing(a=n % 3, b=n // 3) for n in range(6)]
    for state in states:
        state.lengths = ((0, 9),)
    states[5].lengths = ((20, 30),)
    thinned = thin(states, 2)
    assert len(thinned) <= 2
    assert reduce(unite, (s.lengths for s in thinned)) == ((0, 9), (20, 30))


def test_what_is_no_mode_is_not_thinned() -> None:
    states = [State(1), State(1)]
    for number, state in enumerate(states):
        state.facts[CALL], state.memory[(DATA, 0)] = ((number, number),), Int(number)
    assert thin(states, 1) == states
    assert [s.facts[CALL] for s in states] == [((0, 0),), ((1, 1),)]


def test_values_in_which_paths_differ_become_unknown() -> None:
    states = [State(1), State(1)]
    for number, state in enumerate(states):
        state.variables["n#0"] = Int(number)
        state.variables["same#1"] = Int(7)
        state.memory[(DATA, "m")] = Int(number)
    states[0].variables["only#2"] = Int(3)
    (wide,) = widen(states, "loop")
    assert wide.variables["same#1"] == Int(7)
    assert wide.variables["n#0"] == Sym("loop", "fresh", ("n#0",))
    assert wide.variables["only#2"] == Sym("loop", "fresh", ("only#2",))
    assert isinstance(wide.memory[(DATA, "m")], Sym)


@pytest.mark.parametrize("value", [L, Op("-", L, Int(4)), FIELD, Pointer(DATA, 14)], ids=str)
def test_values_that_the_run_is_about_stay(value: Value) -> None:
    states = [State(1), State(1)]
    states[0].variables["p#0"], states[1].variables["p#0"] = value, Int(0)
    assert {s.variables["p#0"] for s in widen(states, "loop")} == {value, Int(0)}


UP, NOT = ((1, 2**31),), ZERO
VOUCHING: dict[str, tuple[Value, Intervals, bool]] = {
    "not shorter than something": (Op("<", L, MODE), ZERO, True),
    "shorter than something": (Op("<", L, MODE), ONE, False),
    "something is less than the length": (Op("<", MODE, L), ONE, True),
    "something is not less than the length": (Op("<", MODE, L), ZERO, False),
    "the first part is not less": (Op("<", FIRST, MODE), ZERO, True),
    "who knows whether the first part is more": (Op("<", MODE, FIRST), ((0, 1),), False),
    "two states": (Op("<", MODE, OTHER_MODE), ZERO, False),
    "a difference of the length": (Op("-", L, MODE), UP, True),
    "a call that can measure": (SEEN, ONE, True),
    "a call that cannot": (CALL, ONE, False),
    "a byte": (FIELD, ONE, False),
}


@pytest.mark.parametrize(("key", "values", "expected"), VOUCHING.values(), ids=VOUCHING)
def test_facts_that_vouch_for_the_length(key: Value, values: Intervals, expected: bool) -> None:
    assert vouches(key, values) is expected


PARTS: dict[str, tuple[Value, Intervals, Intervals]] = {
    "as many": (FIRST, ((20, 2**31),), ((20, BEYOND),)),
    "moved": (Op("+", FIRST, Int(14)), ((34, 60),), ((20, BEYOND),)),
    "moved beyond": (Op("+", FIRST, Int(14)), ((4, 60),), ((0, BEYOND),)),
    "below 0": (FIRST, INTEGERS, ((0, BEYOND),)),
    "less": (Op("-", FIRST, Int(14)), ((20, 20),), ANY_LENGTH),
    "another unknown": (Op("+", MODE, Int(14)), ((20, 20),), ANY_LENGTH),
    "a mode": (MODE, ((20, 20),), ANY_LENGTH),
}


@pytest.mark.parametrize(("key", "values", "lengths"), PARTS.values(), ids=PARTS)
def test_a_frame_is_as_long_as_its_first_part(key: Value, values: Intervals, lengths: Intervals) -> None:
    assert lengths_of_first_part(key, values) == lengths
