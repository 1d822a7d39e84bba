"""Right data in, strategies of data that is almost right out: a few of its parts are others, or gone.

Most parts are replaced by others of the same data that look alike (the same keys, or the same tag), so that a
typed reader accepts them and what comes behind it has to cope.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator
from typing import Any

import msgspec
from hypothesis import strategies as some

from benchmarks.fuzzing import seeds
from benchmarks.fuzzing.shapes import ANY, TEXTS

NUMBERS = some.integers(-2, 99) | some.sampled_from([2**31, 2**32, 2**63 - 1, -(2**63), 10**7])
Draw = Callable[..., Any]

DEPTH = 40
"""Steps from the whole to the part that is replaced."""


@some.composite
def almost(draw: Draw, right: Any) -> Any:
    """``right`` (dictionaries, lists, texts, numbers) with up to three of its parts replaced."""
    alike: dict[object, list[Any]] = {}
    for part in _parts(right):
        alike.setdefault(_look(part), []).append(part)
    made = right
    for _ in range(draw(some.integers(0, 3))):
        made = draw(_with_another_part(made, alike, DEPTH))
    return made


@some.composite
def _with_another_part(
    draw: Callable[..., Any], whole: Any, alike: dict[object, list[Any]], left: int
) -> Any:
    """A copy of ``whole`` in which one part is another, itself perhaps."""
    if not (isinstance(whole, dict | list) and whole and left) or draw(some.integers(0, 9)) == 0:
        return draw(_instead(whole, alike.get(_look(whole), [])))
    at = draw(some.sampled_from(list(whole) if isinstance(whole, dict) else range(len(whole))))
    copy = whole.copy()
    copy[at] = draw(_with_another_part(whole[at], alike, left - 1))
    return copy


def _instead(part: Any, alike: list[Any]) -> some.SearchStrategy[Any]:
    """What may stand in the place of a part: mostly what looks like it."""
    own: some.SearchStrategy[Any]
    match part:
        case bool():
            own = some.booleans()
        case int() | float():
            own = NUMBERS | some.floats()
        case str():
            own = TEXTS
        case list():
            own = some.sampled_from([[], part * 2, part[1:], part[::-1], part * 30])
        case bytes():
            own = _unpacked(part)
        case dict():
            own = some.sampled_from([{}, *({k: v for k, v in part.items() if k != gone} for gone in part)])
        case _:
            own = ANY
    likely = [own, own, some.sampled_from(alike)] if alike else [own]
    return some.one_of(*likely, *likely, some.none(), ANY)


def _unpacked(data: bytes) -> some.SearchStrategy[bytes]:
    """Data that travels packed in other data."""
    try:
        return packed(seeds.plain(data)).map(zlib.compress)
    except msgspec.DecodeError:
        return some.binary()


def _parts(value: Any) -> Iterator[Any]:
    yield value
    if isinstance(value, dict | list):
        for part in value.values() if isinstance(value, dict) else value:
            yield from _parts(part)


def _look(value: Any) -> object:
    if isinstance(value, dict):
        return value.get("type") if isinstance(value.get("type"), str) else tuple(sorted(map(str, value)))
    if isinstance(value, list) and value and isinstance(value[0], str):
        return value[0], len(value)  # a tag, and as many fields
    return type(value)


def packed(*right: bytes) -> some.SearchStrategy[bytes]:
    """MessagePack that is almost one of those."""
    values = [msgspec.msgpack.decode(data) for data in right]
    return some.sampled_from(values).flatmap(almost).map(as_messages)


def as_messages(value: Any) -> bytes:
    """As MessagePack; of what it has no room for, nothing."""
    try:
        return msgspec.msgpack.encode(value)
    except (UnicodeEncodeError, OverflowError):
        return b""


def rows() -> some.SearchStrategy[bytes]:
    """For some rows of the cache that ``seeds.remembered`` gives, by number, what they hold instead."""
    changed = {number: packed(data) for number, data in seeds.remembered().items()}
    return some.fixed_dictionaries({}, optional=changed).map(msgspec.msgpack.encode)
