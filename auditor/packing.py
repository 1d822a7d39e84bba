"""Plain data to bytes and back: what travels between processes, and what the cache keeps."""

from __future__ import annotations

import gc
import sys
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any, TypeVar

import msgspec

T = TypeVar("T")

ALONE, NOT_ALONE = b"\x01", b"\x00"
"""What stands before a packed Result: whether it depends on nothing but its file and headers."""

_LEVEL = 1  # a tenth of the size for a fiftieth of the time that making the data took
MOST_BYTES = 512 << 20
"""Of unpacked data, because a few bytes can unpack to a thousand times as many."""

_LEVELS = 500
"""Of data, for a Python that counts them with its own calls (3.11). 1,000 take half a megabyte of stack."""


class NotPacked(ValueError):
    """Bytes that ``pack`` did not make, or not of what was asked for; ``args[0]`` says why."""


def pack(value: object) -> bytes:
    """``value`` (msgspec structures) as compressed MessagePack. Raises RecursionError when too deep."""
    with _deep():
        return zlib.compress(msgspec.msgpack.encode(value), _LEVEL)


def unpack(data: bytes | memoryview, kind: type[T]) -> T:
    """What ``pack`` made. Raises NotPacked for anything that is not such a ``kind``."""
    with _deep():
        try:
            made: T = decoder(kind).decode(_inflated(data))  # type: ignore[arg-type] # a class has a hash
        except (zlib.error, msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
            raise NotPacked(f"not a packed {getattr(kind, '__name__', kind)}: {error}") from error
    return made


def _inflated(data: bytes) -> bytes:
    """Raises zlib.error for what is cut off, has something behind it, or is too much."""
    stream = zlib.decompressobj()
    made = stream.decompress(data, MOST_BYTES)
    if not stream.eof or stream.unused_data:
        raise zlib.error("the data is incomplete, too large, or followed by something else")
    return made


@cache
def decoder(kind: Any) -> msgspec.msgpack.Decoder[Any]:
    """What makes a ``kind`` of MessagePack; to put it together takes milliseconds, so it is done once."""
    return msgspec.msgpack.Decoder(kind)


@contextmanager
def _deep() -> Iterator[None]:
    """Room for deep data, and no cycle collector, which would walk the growing data again and again."""
    limit, on = sys.getrecursionlimit(), gc.isenabled()
    sys.setrecursionlimit(limit + _LEVELS)
    gc.disable()
    try:
        yield
    finally:
        sys.setrecursionlimit(limit)
        if on:
            gc.enable()
