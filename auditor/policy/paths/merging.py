"""Exact merging: states that differ in nothing that matters come in, fewer that stand for the same go out."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from auditor.policy.numbers.intervals import INTEGERS, unite
from auditor.policy.numbers.values import Value
from auditor.policy.paths.state import State
from auditor.policy.paths.trail import joined


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
    known: dict[tuple[int, int], list[list[State]]] = {}
    for state in states:
        found = known.setdefault((state.variables.digest, state.memory.digest), [])
        for group in found:
            if _alike(group[0], state):
                group.append(state)
                break
        else:
            found.append([state])
            groups.append(found[-1])
    return groups


def _alike(one: State, other: State) -> bool:
    if one.events is not other.events:
        if len(one.events) != len(other.events):
            return False
        if any(
            a is not b and a.sameness != b.sameness for a, b in zip(one.events, other.events, strict=True)
        ):
            return False
    return one.variables == other.variables and one.memory == other.memory


def _merge_group(group: list[State]) -> list[State]:
    if len(group) == 2:  # most groups are
        return _merge_pair(*group)
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


def _merge_pair(one: State, other: State) -> list[State]:
    """Two states as one where they differ in one factor at most."""
    unlike_lengths, unlike_classes = one.lengths != other.lengths, one.classes != other.classes
    if one.facts.digest == other.facts.digest:
        if (unlike_lengths and unlike_classes) or one.facts != other.facts:
            return [one, other]
        if unlike_classes:
            _join_classes(one, other)
        else:
            _join_lengths(one, other)
    else:
        unlike = None if unlike_lengths or unlike_classes else _only_difference(one, other)
        if unlike is None:
            return [one, other]
        _join_fact(unlike, one, other)
    _remember(one, other)
    return [one]


def _only_difference(one: State, other: State) -> Value | None:
    """The unknown about which two states do not know the same; None when there are several."""
    found: Value | None = None
    mine, others = one.facts, other.facts
    for key, values in mine.items():
        if others.get(key) != values:
            if found is not None:
                return None
            found = key
    for key in others:
        if key not in mine:
            if found is not None:
                return None
            found = key
    return found


def _differing(states: list[State]) -> list[Value]:
    """The unknowns about which the states do not all know the same."""
    first = states[0].facts
    found: dict[Value, None] = {}
    for state in states[1:]:
        if state.facts.digest != first.digest:
            found |= dict.fromkeys(state.facts.unlike(first))
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
