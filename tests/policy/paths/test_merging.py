"""Merging is exact: fewer states come out, for the same frames and with the same forks behind them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.model import Location
from auditor.policy.numbers.intervals import INTEGERS, contains
from auditor.policy.numbers.values import Bytes, Int, Region, Sym, Value
from auditor.policy.paths import merging
from auditor.policy.paths.knowing import forget, is_mode, thin
from auditor.policy.paths.merging import merge
from auditor.policy.paths.state import Event, State
from auditor.policy.paths.trail import Mark, Wanted, told
from tests.policy.numbers.test_intervals import ranges

HERE = Location("a.c", 1)
LENGTHS, BITS, VALUES = range(5), (1, 2, 4), range(3)
KEYS: tuple[Value, ...] = (Sym("port->mode", "mode"), Sym("ready()", "call"), Bytes(30, 1, True))
Frame = tuple[object, ...]
CELL = (Region("local", "f/n"), 0)


def some(of: object) -> st.SearchStrategy[frozenset[int]]:
    return st.frozensets(st.sampled_from(list(of)), min_size=1)  # type: ignore[call-overload]


@st.composite
def made(draw: st.DrawFn) -> State:
    """A product of lengths, classes and facts, with one of two memories and a story of two forks."""
    found = State(sum(draw(some(BITS))))
    found.lengths = ranges(draw(some(LENGTHS)))
    for key in KEYS:
        if draw(st.booleans()):
            found.facts[key] = ranges(draw(some(VALUES)))
    if draw(st.integers(0, 3)) == 0:
        found.memory[CELL] = Int(1)
    if draw(st.integers(0, 5)) == 0:
        found.events = (Event("free", HERE, "", ""),)
    for number in (0, 1):
        side = draw(st.booleans())
        found.history |= {(number, side)}
        found.note("fork", HERE, str(side), "f", number)
    return found


some_states = st.lists(made(), min_size=1, max_size=8)
quick = settings(max_examples=60, deadline=None)


def frames(held: State) -> Iterator[Frame]:
    """Every frame of the small universe that a state stands for. A fact that is absent is any value."""
    essence = (bool(held.memory), len(held.events))
    lengths = [n for n in LENGTHS if contains(held.lengths, n)]
    bits = [bit for bit in BITS if held.classes & bit]
    values = [[v for v in VALUES if contains(held.facts.get(key, INTEGERS), v)] for key in KEYS]
    yield from product([essence], lengths, bits, *values)


def all_frames(held: list[State]) -> set[Frame]:
    return {frame for one in held for frame in frames(one)}


def copies(held: list[State]) -> list[State]:
    return [one.copy() for one in held]


@quick
@given(some_states)
def test_the_same_frames(before: list[State]) -> None:
    after = merge(copies(before))

    assert all_frames(after) == all_frames(before)
    assert len(after) <= len(before)


@quick
@given(some_states)
def test_no_frame_gains_a_value(before: list[State]) -> None:
    """A fact outside of the small universe is neither won nor lost: 99 stands for all other values."""
    outside = {
        (length, bit, key)
        for one in before
        for length, bit in product(LENGTHS, BITS)
        for key in KEYS
        if contains(one.lengths, length) and one.classes & bit and key not in one.facts
    }
    found = {
        (length, bit, key)
        for one in merge(copies(before))
        for length, bit in product(LENGTHS, BITS)
        for key in KEYS
        if contains(one.lengths, length) and one.classes & bit and contains(one.facts.get(key, INTEGERS), 99)
    }

    assert found <= outside


@pytest.mark.parametrize("name", ["facts", "variables", "memory"])
def test_equal_digests_are_not_enough(name: str) -> None:
    """States that hold different things are kept apart, should these ever have the same digest."""
    left, right = State(1), State(1)
    left.lengths, right.lengths = ((0, 33),), ((34, 99),)
    for one, number in ((left, 0), (right, 1)):
        held = {"facts": one.facts, "variables": one.variables, "memory": one.memory}[name]
        held[KEYS[0]] = number  # type: ignore[index]
        held.digest = 0

    assert len(merge([left, right])) == 2


@quick
@given(some_states)
def test_histories_are_united(before: list[State]) -> None:
    after = merge(copies(before))

    for one in before:
        mine = set(frames(one))
        heirs = [x for x in after if mine & set(frames(x))]
        assert one.history <= frozenset().union(*(x.history for x in heirs))
    assert frozenset().union(*(x.history for x in after)) == frozenset().union(*(x.history for x in before))


@quick
@given(some_states)
def test_each_side_of_a_fork_can_be_told(before: list[State]) -> None:
    """A merged state tells the story of whichever side is wanted, where it came through it."""
    for one in merge(copies(before)):
        for number, side in one.history:
            story = told(one.trail, Wanted(number, str(side)))
            assert (number, str(side)) in {(m.fork, m.text) for m in story}
            assert [m.fork for m in story] == [0, 1], "one story, in order, not two woven together"


@quick
@given(some_states)
def test_merging_again_changes_nothing(before: list[State]) -> None:
    once = merge(copies(before))
    again = merge(copies(once))

    assert sorted(map(shape, again)) == sorted(map(shape, once))


def shape(held: State) -> str:
    facts = sorted((str(k), v) for k, v in held.facts.items())
    return str((held.lengths, held.classes, facts, len(held.memory), len(held.events)))


@quick
@given(some_states)
def test_forgetting_only_adds(before: list[State]) -> None:
    after = copies(before)
    for one in after:
        forget(one, lambda facts: [key for key in facts if not is_mode(key)])

    assert all_frames(merge(after)) >= all_frames(before)
    assert not any(key for one in after for key in one.facts if not is_mode(key))


@quick
@given(some_states, st.integers(1, 6))
def test_thinning_only_adds(before: list[State], most: int) -> None:
    after = thin(merge(copies(before)), most)
    modes = {key for one in after for key in one.facts if is_mode(key)}

    assert all_frames(after) >= all_frames(before)
    assert len(after) <= most or not modes


def two(lengths: bool = True, facts: bool = False) -> list[State]:
    """Two states that came through either side of a fork, and differ in their lengths, or a fact, or both."""
    found = []
    for side in (True, False):
        one = State(1)
        one.lengths = ((0, 2),) if side or not lengths else ((3, 5),)
        if facts:
            one.facts[KEYS[0]] = ((int(side), int(side)),)
        one.history = frozenset({(0, side)})
        one.note("fork", HERE, str(side), "f", 0)
        one.note("fork", HERE, "True", "f", 1)
        found.append(one)
    return found


def with_third(pair: list[State], like: bool) -> list[State]:
    """Two states and a third one, which differs from them in its lengths only, or in everything."""
    third = State(1 if like else 2)
    third.lengths = ((6, 8),) if like else ((4, 4),)
    if not like:
        third.facts[KEYS[1]] = ((1, 1),)
    third.history, third.trail = pair[0].history, pair[0].trail
    return [*pair, third]


@pytest.mark.parametrize("before", [two(), two(lengths=False, facts=True), with_third(two(), like=True)])
def test_merging_joins(before: list[State]) -> None:
    """One split, and nothing else, between states: they are one again."""
    assert len(merge(copies(before))) == 1


@pytest.mark.parametrize("other", [Event("hand-on", HERE, "", ""), Event("free", HERE, "", "", Int(4))])
def test_different_events_are_kept_apart(other: Event) -> None:
    left, right = State(1), State(1)
    left.lengths, right.lengths = ((0, 33),), ((34, 99),)
    left.events, right.events = (Event("free", HERE, "", ""),), (other,)

    assert len(merge([left, right])) == 2


def test_complementary_facts_vanish() -> None:
    left, right = State(1), State(1)
    left.facts[KEYS[0]], right.facts[KEYS[0]] = ((0, 0),), ((INTEGERS[0][0], -1), (1, INTEGERS[0][1]))
    (merged,) = merge([left, right])

    assert merged.facts == {}


# --- stories -------------------------------------------------------------------------------------


def mark(fork: int, text: str, before: Mark | None = None) -> Mark:
    return Mark("fork", HERE, text, "f", before, fork=fork)


def spoken(marks: list[Mark]) -> list[tuple[int, str]]:
    return [(m.fork, m.text) for m in marks]


def test_a_story_is_told_in_order() -> None:
    assert spoken(told(mark(1, "b", mark(0, "a")))) == [(0, "a"), (1, "b")]


def test_a_splice_tells_its_forks_in_the_numbers_of_the_run() -> None:
    inner = mark(1, "y", mark(0, "x"))
    last = Mark("splice", HERE, "", "g", mark(4, "a"), inner, {0: 7})

    assert spoken(told(last)) == [(4, "a"), (7, "x")]
    assert spoken(told(last, Wanted(7, "x"))) == [(4, "a"), (7, "x")]


def test_the_wanted_side_inside_a_splice() -> None:
    inner = Mark("join", HERE, "", "g", mark(0, "x"), mark(0, "y"))
    last = Mark("splice", HERE, "", "g", mark(4, "a"), inner, {0: 7})

    assert (7, "y") in spoken(told(last, Wanted(7, "y")))
    assert (7, "x") in spoken(told(last, Wanted(7, "x")))


def test_the_wanted_side_before_a_splice() -> None:
    before = Mark("join", HERE, "", "f", mark(7, "x"), mark(7, "y"))
    last = Mark("splice", HERE, "", "g", before, mark(0, "inside"), {0: 9})

    assert spoken(told(last, Wanted(7, "y"))) == [(7, "y"), (9, "inside")]


def test_a_long_story_needs_no_recursion() -> None:
    last: Mark | None = None
    for number in range(20_000):
        last = mark(number, "x", last)

    assert len(told(last, Wanted(19_999, "x"))) == 20_000


def test_many_joins_are_told_in_reasonable_time() -> None:
    """Two ways at each of 60 joins are not 2 to the 60 stories."""
    last = mark(0, "start")
    for number in range(1, 60):
        last = Mark("join", HERE, "", "f", mark(number, "x", last), mark(number, "y", last))

    assert (30, "y") in spoken(told(last, Wanted(30, "y")))


@pytest.mark.parametrize(
    ("broken", "test", "before"),
    [
        ({"_join_lengths": lambda kept, gone: None}, test_the_same_frames, two()),
        (
            {
                "_without_lengths": lambda held: [one.classes for one in held],
                "_same_facts": lambda kept, gone: True,
            },
            test_the_same_frames,
            with_third(two(facts=True), like=False),
        ),
        ({"_join_fact": lambda key, kept, gone: None}, test_the_same_frames, two(lengths=False, facts=True)),
        ({"_remember": lambda kept, gone: None}, test_histories_are_united, two()),
        ({"joined": lambda kept, gone: kept}, test_each_side_of_a_fork_can_be_told, two()),
        ({"_merge_pair": lambda one, other: [one, other]}, test_merging_joins, two()),
        ({"_by_factor": lambda held, *_: held}, test_merging_joins, with_third(two(), like=True)),
    ],
)
def test_these_tests_can_fail(
    broken: dict[str, object],
    test: Callable[[list[State]], None],
    before: list[State],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Merging that loses lengths, forks, facts or stories is noticed."""
    check = getattr(test, "hypothesis").inner_test if hasattr(test, "hypothesis") else test  # noqa: B009
    check(copies(before))
    for name, worse in broken.items():
        monkeypatch.setattr(merging, name, worse)
    with pytest.raises(AssertionError):
        check(copies(before))
