"""C's integer rules (C17 6.3.1) in Python for an LP64 machine: promotion, usual conversions, wrap-around."""

from __future__ import annotations

from collections.abc import Callable

CType = tuple[int, bool]
U8, U16, U32, U64 = (8, False), (16, False), (32, False), (64, False)
I16, I32, I64 = (16, True), (32, True), (64, True)
NAMES = {
    U8: "uint8_t", U16: "uint16_t", U32: "uint32_t", U64: "size_t",
    I16: "int16_t", I32: "int", I64: "int64_t",
}  # fmt: skip
RELATIONS: dict[str, Callable[[int, int], bool]] = {
    "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b,
    ">": lambda a, b: a > b,
    ">=": lambda a, b: a >= b,
    "==": lambda a, b: a == b,
    "!=": lambda a, b: a != b,
}


def wrapped(number: int, ctype: CType) -> int:
    """``number`` as a C integer of that type holds it."""
    bits, signed = ctype
    number %= 1 << bits
    return number - (1 << bits) if signed and number >= 1 << (bits - 1) else number


def promoted(ctype: CType) -> CType:
    """C17 6.3.1.1: types narrower than int become int."""
    return I32 if ctype[0] < 32 else ctype


def common(left: CType, right: CType) -> CType:
    """C17 6.3.1.8 for LP64: the wider type; of two as wide, the unsigned one."""
    a, b = promoted(left), promoted(right)
    if a[0] != b[0]:
        return max(a, b)
    return (a[0], a[1] and b[1])
