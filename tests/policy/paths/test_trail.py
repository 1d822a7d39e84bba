"""The story of a path, told forwards: joins choose the wanted side, splices stand for what is in them."""

from __future__ import annotations

import pytest

from auditor.model import Location
from auditor.policy.paths.trail import Mark, Wanted, joined, told

AT = Location("a.c", 1)


def event(text: str, before: Mark | None = None) -> Mark:
    return Mark("event", AT, text, "f", before)


def fork(number: int, text: str, before: Mark | None = None) -> Mark:
    return Mark("fork", AT, text, "f", before, fork=number)


def splice(inner: Mark, numbers: dict[int, int], before: Mark | None = None) -> Mark:
    return Mark("splice", AT, "", "f", before, inner, numbers)


def spoken(last: Mark | None, wanted: Wanted | None = None) -> str:
    return " ".join(
        f"{mark.fork}:{mark.text}" if mark.kind == "fork" else mark.text for mark in told(last, wanted)
    )


YES, NO = fork(0, "yes", event("begin")), fork(0, "no", event("begin"))
BOTH = joined(YES, NO)
INNER = fork(1, "in", fork(0, "lost", event("called")))
TWICE = joined(event("x", BOTH), event("y", fork(1, "late")))

STORIES = {
    "nothing": (None, None, ""),
    "in order": (event("c", event("b", event("a"))), None, "a b c"),
    "joined, nothing wanted": (event("end", BOTH), None, "begin 0:yes end"),
    "joined, the kept side wanted": (event("end", BOTH), Wanted(0, "yes"), "begin 0:yes end"),
    "joined, the other side wanted": (event("end", BOTH), Wanted(0, "no"), "begin 0:no end"),
    "joined twice, the first": (TWICE, Wanted(0, "yes"), "begin 0:yes x"),
    "joined twice, behind the second join": (TWICE, Wanted(0, "no"), "begin 0:no x"),
    "joined twice, the last": (TWICE, Wanted(1, "late"), "1:late y"),
    "a splice": (event("end", splice(INNER, {1: 5}, event("begin"))), None, "begin called 5:in end"),
    "a splice that renumbers all": (splice(INNER, {0: 3, 1: 5}), None, "called 3:lost 5:in"),
    "a join in a splice": (splice(event("x", BOTH), {0: 4}), Wanted(4, "no"), "begin 4:no x"),
    "a join in a splice, by its number": (splice(event("x", BOTH), {0: 4}), Wanted(0, "no"), "begin 4:yes x"),
    "a side in a splice of the kept story": (
        joined(splice(event("y", BOTH), {0: 4}), event("x")), Wanted(4, "no"), "begin 4:no y",
    ),
    "a side in a splice of the other story": (
        joined(event("x"), splice(event("y", BOTH), {0: 4})), Wanted(4, "no"), "begin 4:no y",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("last", "wanted", "words"), STORIES.values(), ids=STORIES)
def test_stories(last: Mark | None, wanted: Wanted | None, words: str) -> None:
    assert spoken(last, wanted) == words


def test_what_is_joined() -> None:
    one, other = event("one"), event("other")
    assert joined(one, one) is one
    assert joined(one, None) is one
    assert joined(None, other) is None
    both = joined(one, other)
    assert both is not None
    assert (both.kind, both.before, both.inner) == ("join", one, other)


def test_a_story_of_many_joins_is_told_at_once() -> None:
    """Each join doubles the ways that lead to it."""
    last = event("begin")
    for number in range(60):
        last = joined(fork(number, "yes", last), fork(number, "no", last))  # type: ignore[assignment]
    assert "30:no" in spoken(last, Wanted(30, "no"))
    assert len(told(last, Wanted(99, "no"))) == 61
