"""Pointers: values used as one, moved by elements, and how far into their region they lead."""

from __future__ import annotations

from auditor.ir import IntType
from auditor.policy.numbers.arithmetic import binary
from auditor.policy.numbers.lengths import Length
from auditor.policy.numbers.values import DATA, MISSING, Function, Int, Pointer, Region, Sym, Value


def address(value: Value, text: str) -> Pointer:
    """``value`` used as a pointer; what is not one becomes a place of its own.

    A null that nobody looked at leads to the bytes that the frame lacks.
    """
    if isinstance(value, Pointer):
        return value
    if isinstance(value, Int) and value.note.startswith(MISSING) and value.note[len(MISSING) :].isdigit():
        return Pointer(DATA, int(value.note[len(MISSING) :]), MISSING)
    if isinstance(value, Function):
        return Pointer(Region("other", value.symbol), None)
    return Pointer(
        Region("state" if isinstance(value, Sym) and value.kind in ("mode", "param") else "other", text), 0
    )


def null_of(pointer: Pointer) -> Int:
    """The null that an accessor gives instead of ``pointer`` to a frame that is too short."""
    return Int(0, None, f"{MISSING}{pointer.offset}" if pointer.region == DATA else "")


def advance(pointer: Pointer, step: Value, size: int | None, sign: int = 1) -> Pointer:
    """``pointer + step`` elements of ``size`` bytes."""
    if isinstance(step, Int) and size is not None and pointer.offset is not None:
        moved = pointer.offset + sign * step.value * size
        return Pointer(pointer.region, moved, pointer.path, pointer.beyond)
    if isinstance(step, Int) and step.value == 0:
        return pointer
    if isinstance(step, Length) and size == 1 and sign == 1 and pointer.beyond is None:
        return Pointer(pointer.region, pointer.offset, "", step)
    return Pointer(pointer.region, None, "")


def extent(pointer: Pointer) -> Int | Length:
    """Where a pointer with a known offset points, in bytes from the start of its region."""
    start = Int(pointer.offset or 0)
    if pointer.beyond is None:
        return start
    sum_ = binary("+", pointer.beyond, start, IntType(64, True))
    return sum_ if isinstance(sum_, (Int, Length)) else start
