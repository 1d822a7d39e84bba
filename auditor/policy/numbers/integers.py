"""Known integers as C computes them: widths, signs, wrap-around; and what a constant remembers."""

from __future__ import annotations

from collections.abc import Callable

from auditor.ir import CType, IntType, PointerType
from auditor.policy.numbers.values import Int, Op, Value

SMALLEST_TRACED = 8
LARGEST_TRACED = 0x3FFFF
"""Constants in this range remember the expression they came from; others (flags, statuses) merge freely."""

FOLD: dict[str, Callable[[int, int], int]] = {
    "+": lambda a, b: a + b,
    "-": lambda a, b: a - b,
    "*": lambda a, b: a * b,
    "&": lambda a, b: a & b,
    "|": lambda a, b: a | b,
    "^": lambda a, b: a ^ b,
}


def width_of(ctype: CType) -> tuple[int, bool]:
    """(bits, signed) of an integer or pointer type; 64 bits signed for anything else."""
    if isinstance(ctype, IntType):
        return ctype.bits, ctype.signed
    return 64, not isinstance(ctype, PointerType)


def wrap(number: int, bits: int, signed: bool) -> int:
    """``number`` as a C integer of that type holds it."""
    number &= (1 << bits) - 1
    return number - (1 << bits) if signed and number >> (bits - 1) else number


def traced(number: int, expr: object, note: str = "") -> Int:
    """An Int that remembers ``expr`` when it is large enough to be a size."""
    keep = SMALLEST_TRACED <= number <= LARGEST_TRACED
    return Int(number, expr if keep else None, note)  # type: ignore[arg-type]


def plain(value: Value) -> Value:
    """A constant without the memory of where it came from, so that equal operations are equal."""
    return Int(value.value) if isinstance(value, Int) and value.source is not None else value


def fold(op: str, left: Int, right: Int, bits: int, signed: bool, expr: object) -> Value:
    """``left op right`` of two constants; an operation that stays as it is where C does not define it."""
    a, b = left.value, right.value
    if op in FOLD:
        number = FOLD[op](a, b)
    elif op in ("<<", ">>") and 0 <= b < 64:
        number = a << b if op == "<<" else a >> b
    elif op in ("/", "%") and b:
        quotient = abs(a) // abs(b) * (1 if (a < 0) == (b < 0) else -1)
        number = quotient if op == "/" else a - quotient * b
    else:
        return Op(op, left, right)
    return traced(wrap(number, bits, signed), expr, left.note or right.note)
