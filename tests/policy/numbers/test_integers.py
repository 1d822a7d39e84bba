"""Known integers as C computes them."""

from __future__ import annotations

import operator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.ir import IntType, PointerType, RecordType
from auditor.ir.expressions import Literal
from auditor.ir.types import INT
from auditor.model import Location
from auditor.policy.numbers.integers import (
    LARGEST_TRACED,
    SMALLEST_TRACED,
    fold,
    plain,
    traced,
    width_of,
    wrap,
)
from auditor.policy.numbers.values import Int, Op, Sym

HERE = Literal(at=Location("a.c", 1), ctype=INT, text="34")


@pytest.mark.parametrize(
    ("ctype", "width"),
    [(IntType(16, False), (16, False)), (IntType(8, True), (8, True)), (PointerType(INT), (64, False)),
     (RecordType("r"), (64, True))],
    ids=["unsigned", "signed", "pointer", "anything else"],
)  # fmt: skip
def test_widths(ctype, width):
    assert width_of(ctype) == width


@given(st.integers(), st.sampled_from([1, 8, 16, 32, 64]), st.booleans())
def test_a_wrapped_number_is_one_of_the_type_and_differs_by_its_range(number, bits, signed):
    got = wrap(number, bits, signed)
    low = -(1 << (bits - 1)) if signed else 0
    assert low <= got < low + (1 << bits)
    assert (got - number) % (1 << bits) == 0


FOLDED = {
    "a sum": ("+", 14, 20, 32, True, 34),
    "a sum that wraps": ("+", 0xFFFF, 2, 16, False, 1),
    "a difference that wraps": ("-", 4, 14, 32, False, 2**32 - 10),
    "a difference below 0": ("-", 4, 14, 32, True, -10),
    "a product": ("*", 4, 5, 32, True, 20),
    "bits": ("&", 0x45, 0x0F, 8, False, 5),
    "or": ("|", 8, 6, 32, True, 14),
    "xor": ("^", 12, 6, 32, True, 10),
    "a shift": ("<<", 5, 2, 32, True, 20),
    "a shift out of the type": ("<<", 3, 31, 32, False, 2**31),
    "a shift back": (">>", 0x45, 4, 8, False, 4),
    "a quotient": ("/", 7, 2, 32, True, 3),
    "a quotient below 0, towards 0": ("/", -7, 2, 32, True, -3),
    "of two below 0": ("/", -7, -2, 32, True, 3),
    "a rest": ("%", 7, 4, 32, True, 3),
    "a rest has the first one's sign": ("%", -7, 4, 32, True, -3),
    "whatever sign the second has": ("%", 7, -4, 32, True, 3),
}


@pytest.mark.parametrize(("op", "left", "right", "bits", "signed", "number"), FOLDED.values(), ids=FOLDED)
def test_folding(op, left, right, bits, signed, number):
    found = fold(op, Int(left), Int(right), bits, signed, HERE)
    assert (type(found), found.value) == (Int, number)


@given(st.sampled_from("+-*&|^"), st.integers(0, 2**16), st.integers(0, 2**16))
def test_folding_is_python_where_nothing_wraps(op, left, right):
    exact = {"+": operator.add, "-": operator.sub, "*": operator.mul, "&": operator.and_, "|": operator.or_,
             "^": operator.xor}[op](left, right)  # fmt: skip
    assert fold(op, Int(left), Int(right), 64, True, HERE).value == exact


@pytest.mark.parametrize(("op", "right"), [("/", 0), ("%", 0), ("<<", 64), (">>", -1), ("?", 1)])
def test_what_c_does_not_define_stays_as_it_is(op, right):
    assert fold(op, Int(5), Int(right), 32, True, HERE) == Op(op, Int(5), Int(right))


def test_a_fold_remembers_why_an_operand_is_not_exact():
    assert fold("+", Int(14, None, "a stub"), Int(20), 32, True, HERE) == Int(34, HERE, "a stub")
    assert fold("+", Int(14), Int(20, None, "a stub"), 32, True, HERE) == Int(34, HERE, "a stub")


@pytest.mark.parametrize(
    ("number", "kept"),
    [(SMALLEST_TRACED - 1, False), (SMALLEST_TRACED, True), (LARGEST_TRACED, True),
     (LARGEST_TRACED + 1, False), (-34, False)],
)  # fmt: skip
def test_numbers_that_can_be_sizes_remember_where_they_come_from(number, kept):
    assert traced(number, HERE, "why") == Int(number, HERE if kept else None, "why")


def test_a_plain_number_remembers_nothing():
    assert plain(Int(34, HERE, "why")) == Int(34)
    assert plain(Int(34, None, "why")) == Int(34, None, "why")
    assert plain(Sym("x", "mode")) == Sym("x", "mode")
