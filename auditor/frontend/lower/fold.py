"""Integer constants by C's rules: an operator, operand values and the result type come in, a value goes out.

None means: not a constant, or C gives it no value (overflow, division by zero, a shift out of range), or it
takes more than 64 bits: no length does, and IR that travels holds no such number.
"""

from __future__ import annotations

import re
from functools import lru_cache

from auditor.ir import CType, IntType

_INTEGER = re.compile(r"(0[xX][0-9a-fA-F']+|0[bB][01']+|[0-9][0-9']*)([uUlLzZ]*|[uU]?i\d+)")
_SWAPS = {"__builtin_bswap16": 2, "__builtin_bswap32": 4, "__builtin_bswap64": 8}


@lru_cache(maxsize=4096)  # few texts make up most literals
def literal(text: str) -> int | None:
    """The value of an integer literal as C spells it."""
    match = _INTEGER.fullmatch(text)
    if not match:
        return None
    digits = match[1].replace("'", "")
    try:
        if digits[:2] in ("0x", "0X"):
            return _held(int(digits, 16))
        if digits[:2] in ("0b", "0B"):
            return _held(int(digits, 2))
        return _held(int(digits, 8 if digits.startswith("0") else 10))
    except ValueError:
        return None


def converted(value: int | None, ctype: CType) -> int | None:
    """``value`` converted to ``ctype``; pointers keep the number (the null pointer is 0)."""
    if value is None or not isinstance(ctype, IntType):
        return value
    if ctype.name == "_Bool":
        return int(value != 0)
    value &= (1 << ctype.bits) - 1
    return _held(value - (1 << ctype.bits) if ctype.signed and value >> (ctype.bits - 1) else value)


def _held(value: int) -> int | None:
    """``value``, if 64 bits hold it, with a sign or without."""
    return value if -(1 << 63) <= value < 1 << 64 else None


def unary(op: str, value: int | None, ctype: CType) -> int | None:
    """``op value`` for ``-``, ``+``, ``~`` and ``!``."""
    if value is None or not isinstance(ctype, IntType):
        return None
    result = {"-": -value, "+": value, "~": ~value, "!": int(not value)}[op]
    return _checked(result, ctype)


def binary(op: str, left: int | None, right: int | None, ctype: CType) -> int | None:
    """``left op right``; both operands already have their common type."""
    if not isinstance(ctype, IntType):
        return None
    if op == "&&" and (left == 0 or right is not None):
        return 0 if left == 0 else None if left is None else int(bool(right))
    if op == "||" and (left or right is not None):
        return 1 if left else None if left is None else int(bool(right))
    if left is None or right is None or op == ",":
        return None
    return _checked(_computed(op, left, right, ctype.bits), ctype)


def _computed(op: str, left: int, right: int, bits: int) -> int | None:
    match op:
        case "+":
            return left + right
        case "-":
            return left - right
        case "*":
            return left * right
        case "/" | "%":
            if right == 0:
                return None
            quotient = abs(left) // abs(right) * (1 if (left < 0) == (right < 0) else -1)
            return quotient if op == "/" else left - quotient * right
        case "<<":
            return left << right if 0 <= right < bits else None
        case ">>":
            return left >> right if 0 <= right < bits else None
        case "&":
            return left & right
        case "|":
            return left | right
        case "^":
            return left ^ right
    relations = {"<": left < right, ">": left > right, "<=": left <= right, ">=": left >= right}
    relations |= {"==": left == right, "!=": left != right}
    return int(relations[op]) if op in relations else None


def _checked(value: int | None, ctype: IntType) -> int | None:
    """Unsigned results wrap; a signed result that does not fit is no constant."""
    if value is None:
        return None
    wrapped = converted(value, ctype)
    return wrapped if not ctype.signed or wrapped == value else None


def call(name: str, arguments: tuple[int | None, ...]) -> int | None:
    """The value of a call to one of the compiler's byte swaps with constant arguments."""
    size = _SWAPS.get(name)
    if size is None or len(arguments) != 1 or arguments[0] is None:
        return None
    return int.from_bytes((arguments[0] & ((1 << 8 * size) - 1)).to_bytes(size, "little"), "big")
