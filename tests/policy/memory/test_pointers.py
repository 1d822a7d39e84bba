"""Pointers: what is used as one, how far it moves, and where it leads."""

from __future__ import annotations

import pytest

from auditor.policy.memory.pointers import address, advance, extent, null_of
from auditor.policy.numbers.lengths import frame_length
from auditor.policy.numbers.values import (
    DATA,
    MISSING,
    Bytes,
    Function,
    Int,
    Length,
    Op,
    Pointer,
    Region,
    Sym,
    Value,
)

L = frame_length()
LOCAL = Region("local", "f/buffer")

ADDRESSES: dict[str, tuple[Value, Pointer]] = {
    "a pointer": (Pointer(DATA, 14), Pointer(DATA, 14)),
    "a null for want of bytes": (Int(0, None, f"{MISSING}14"), Pointer(DATA, 14, MISSING)),
    "a null": (Int(0), Pointer(Region("other", "p"), 0)),
    "a note of another kind": (Int(0, None, f"{MISSING}x"), Pointer(Region("other", "p"), 0)),
    "a function": (Function("f"), Pointer(Region("other", "f"), None)),
    "the driver's own": (Sym("port->ring", "mode"), Pointer(Region("state", "p"), 0)),
    "a parameter": (Sym("port", "param"), Pointer(Region("state", "p"), 0)),
    "a call's result": (Sym("get()", "call"), Pointer(Region("other", "p"), 0)),
    "bytes of the frame": (Bytes(16, 4, True), Pointer(Region("other", "p"), 0)),
}


@pytest.mark.parametrize(("value", "pointer"), ADDRESSES.values(), ids=ADDRESSES)
def test_values_used_as_pointers(value: Value, pointer: Pointer) -> None:
    assert address(value, "p") == pointer


MOVED: dict[str, tuple[Pointer, Value, int | None, int, Pointer]] = {
    "elements": (Pointer(LOCAL, 2, "m"), Int(3), 4, 1, Pointer(LOCAL, 14, "m")),
    "elements back": (Pointer(LOCAL, 14), Int(3), 4, -1, Pointer(LOCAL, 2)),
    "elements of no known size": (Pointer(LOCAL, 14), Int(3), None, 1, Pointer(LOCAL, None)),
    "nowhere, of no known size": (Pointer(LOCAL, 14, "m"), Int(0), None, 1, Pointer(LOCAL, 14, "m")),
    "from nowhere known": (Pointer(LOCAL, None), Int(3), 4, 1, Pointer(LOCAL, None)),
    "behind the end": (Pointer(DATA, 14, "", L), Int(2), 1, 1, Pointer(DATA, 16, "", L)),
    "the length": (Pointer(DATA, 14, "m"), L, 1, 1, Pointer(DATA, 14, "", L)),
    "the length, twice": (Pointer(DATA, 14, "", L), L, 1, 1, Pointer(DATA, None)),
    "the length, back": (Pointer(DATA, 14), L, 1, -1, Pointer(DATA, None)),
    "the length, in words": (Pointer(DATA, 14), L, 2, 1, Pointer(DATA, None)),
    "who knows how far": (Pointer(DATA, 14, "m"), Sym("n", "fresh"), 1, 1, Pointer(DATA, None)),
}


@pytest.mark.parametrize(("pointer", "step", "size", "sign", "moved"), MOVED.values(), ids=MOVED)
def test_pointers_that_move(
    pointer: Pointer, step: Value, size: int | None, sign: int, moved: Pointer
) -> None:
    assert advance(pointer, step, size, sign) == moved


def test_a_null_tells_from_where_bytes_are_missing() -> None:
    null = null_of(Pointer(DATA, 34))
    assert (null.value, address(null, "p")) == (0, Pointer(DATA, 34, MISSING))
    assert null_of(Pointer(LOCAL, 34)) == Int(0)


def test_extents() -> None:
    assert extent(Pointer(DATA, 14)) == Int(14)
    assert extent(Pointer(DATA, None)) == Int(0)
    behind = extent(Pointer(DATA, 14, "", L))
    assert isinstance(behind, Length)
    assert (behind.shift, behind.bits, behind.signed) == (14, 64, True)
    assert not isinstance(behind, Op)
