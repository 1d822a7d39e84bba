"""Operators of C on abstract values: signs, complements, and arithmetic with pointers."""

from __future__ import annotations

import pytest

from auditor.ir import CType, IntType, PointerType, RecordType
from auditor.ir.expressions import Literal
from auditor.ir.types import INT
from auditor.model import Location
from auditor.policy.expressions.operators import combine, unary
from auditor.policy.numbers.lengths import Length, frame_length
from auditor.policy.numbers.values import DATA, ZERO, Int, Op, Pointer, Region, Sym, Value

L, X = frame_length(), Sym("x", "fresh")
BYTE, WORD = (PointerType(IntType(bits, False)) for bits in (8, 16))
RECORD = PointerType(RecordType("ethhdr", 14))
WIDE, UNSIGNED = IntType(64, True), IntType(32, False)
LOCAL = Region("local", "f/b")


def typed(ctype: CType) -> Literal:
    return Literal(at=Location("a.c", 1), ctype=ctype, text="?")


def known(value: Value) -> object:
    """A number without what it came from, the shift of a length, anything else as it is."""
    return value.value if isinstance(value, Int) else value.shift if isinstance(value, Length) else value


UNARY: dict[str, tuple[str, Value, CType, object]] = {
    "plus": ("+", X, INT, X),
    "minus": ("-", Int(34), INT, -34),
    "minus, that wraps": ("-", Int(1), UNSIGNED, 2**32 - 1),
    "minus of who knows": ("-", X, INT, Op("-", ZERO, X)),
    "complement": ("~", Int(3), INT, -4),
    "complement, that wraps": ("~", Int(3), UNSIGNED, 2**32 - 4),
    "complement of who knows": ("~", X, INT, Op("~", X, ZERO)),
}


@pytest.mark.parametrize(("op", "value", "ctype", "expected"), UNARY.values(), ids=UNARY)
def test_one_operand(op: str, value: Value, ctype: CType, expected: object) -> None:
    assert known(unary(op, value, typed(ctype))) == expected


COMBINED: dict[str, tuple[str, Value, Value, CType, object]] = {
    "numbers": ("+", Int(14), Int(20), INT, 34),
    "the length": ("-", L, Int(14), WIDE, -14),
    "a pointer to bytes": ("+", Pointer(DATA, 14), Int(6), BYTE, Pointer(DATA, 20)),
    "a pointer to words": ("+", Pointer(DATA, 14), Int(6), WORD, Pointer(DATA, 26)),
    "a pointer to headers, back": ("-", Pointer(DATA, 28), Int(1), RECORD, Pointer(DATA, 14)),
    "a number and a pointer": ("+", Int(6), Pointer(DATA, 14), WORD, Pointer(DATA, 26)),
    "the length behind a pointer": ("+", L, Pointer(DATA), BYTE, Pointer(DATA, 0, "", L)),
    "two places": ("-", Pointer(DATA, 34), Pointer(DATA, 14), WIDE, 20),
    "two places, the other way": ("-", Pointer(DATA, 14), Pointer(DATA, 34), WIDE, -20),
    "the end and a place": ("-", Pointer(DATA, 0, "", L), Pointer(DATA, 14), WIDE, -14),
    "two regions": (
        "-", Pointer(DATA, 34), Pointer(LOCAL, 14), WIDE, Op("-", Pointer(DATA, 34), Pointer(LOCAL, 14)),
    ),
    "a place that is not known": (
        "-", Pointer(DATA, None), Pointer(DATA, 14), WIDE, Op("-", Pointer(DATA, None), Pointer(DATA, 14)),
    ),
}  # fmt: skip


@pytest.mark.parametrize(("op", "left", "right", "ctype", "expected"), COMBINED.values(), ids=COMBINED)
def test_two_operands(op: str, left: Value, right: Value, ctype: CType, expected: object) -> None:
    assert known(combine(op, left, right, typed(ctype))) == expected
