"""The story of a path: what it entered, how conditions turned out, what happened; kept backwards."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import msgspec

from auditor.ir import Expression
from auditor.model import Location

_SAME: Mapping[int, int] = MappingProxyType({})


class Mark(msgspec.Struct, frozen=True, eq=False):
    """One entry of a story: ``kind`` is enter, leave, branch, fork, event, splice or join.

    ``text`` names the function entered or left, the event, or how the condition ``expr`` turned out;
    ``fork`` is the number of the fork. A splice stands for the story that ends in ``inner``, its forks
    renumbered; at a join a second story, ``inner``, leads to the same state as ``before``.
    """

    kind: str
    at: Location
    text: str
    function: str
    before: Mark | None = None
    inner: Mark | None = None
    numbers: Mapping[int, int] = _SAME
    fork: int = -1
    expr: Expression | None = None


class Wanted(msgspec.Struct, frozen=True):
    """The side of a fork that a story has to come through."""

    fork: int
    text: str


def joined(kept: Mark | None, gone: Mark | None) -> Mark | None:
    """A story with two beginnings."""
    if kept is gone or gone is None or kept is None:
        return kept
    return Mark("join", kept.at, "", kept.function, kept, gone)


def told(last: Mark | None, wanted: Wanted | None = None) -> list[Mark]:
    """The story that ends in ``last``, in execution order, through the ``wanted`` side where it can be.

    Splices are replaced by what they stand for.
    """
    return _told(last, wanted, {})[::-1]


def _told(last: Mark | None, wanted: Wanted | None, known: dict[tuple[int, Wanted], bool]) -> list[Mark]:
    marks: list[Mark] = []
    mark = last
    while mark is not None:
        following = mark.before
        if mark.kind == "join":
            if wanted is not None and not _comes_through(mark.before, wanted, known):
                following = mark.inner
        elif mark.kind == "splice":
            inner = _told(mark.inner, _inside(wanted, mark), known)
            marks += [m for m in (_renumber(i, mark.numbers) for i in inner) if m is not None]
        else:
            marks.append(mark)
        mark = following
    return marks


def _comes_through(last: Mark | None, wanted: Wanted, known: dict[tuple[int, Wanted], bool]) -> bool:
    """Whether some story that ends in ``last`` comes through the wanted side of the fork."""
    passed: list[tuple[int, Wanted]] = []
    mark, found = last, False
    while mark is not None and not found:
        key = (id(mark), wanted)
        if key in known:
            found = known[key]
            break
        passed.append(key)
        if mark.kind == "fork" and mark.fork == wanted.fork and mark.text == wanted.text:
            found = True
        elif mark.kind == "join":
            found = _comes_through(mark.inner, wanted, known)
        elif mark.kind == "splice" and (inside := _inside(wanted, mark)) is not None:
            found = _comes_through(mark.inner, inside, known)
        mark = mark.before
    for key in passed:
        known[key] = found
    return found


def _inside(wanted: Wanted | None, splice: Mark) -> Wanted | None:
    """The wanted side in the numbers that a splice's story uses; None when it is not part of it."""
    if wanted is None:
        return None
    number = next((inner for inner, outer in splice.numbers.items() if outer == wanted.fork), None)
    return None if number is None else Wanted(number, wanted.text)


def _renumber(mark: Mark, numbers: Mapping[int, int]) -> Mark | None:
    """The mark in the numbers of the run; None for a comparison that does not split this path."""
    if mark.kind != "fork":
        return mark
    known = numbers.get(mark.fork)
    return None if known is None else msgspec.structs.replace(mark, fork=known)
