"""Choices between lengths: one value where nothing is lost, else none."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from auditor.ir import Expression
from auditor.ir import expressions as e
from auditor.ir.types import INT
from auditor.model import Location
from auditor.policy.expressions.choosing import chosen
from auditor.policy.numbers.lengths import LONGEST, Length, frame_length
from auditor.policy.numbers.values import Int, Sym, Value

AT = Location("a.c", 1)


def name(text: str) -> e.Name:
    return e.Name(at=AT, ctype=INT, name=text, scope="local", symbol=text)


def comparison(op: str, left: str, right: str) -> e.Binary:
    return e.Binary(at=AT, ctype=INT, op=op, left=name(left), right=name(right))


VALUES: dict[str, Value] = {"n": frame_length(), "60": Int(60), "14": Int(14), "x": Sym("x", "fresh")}


class Reader:
    """Names are what VALUES says; calls are not simple."""

    memory = SimpleNamespace(longest=LONGEST)

    def simple(self, expr: Expression) -> bool:
        return isinstance(expr, e.Name) and expr.name != "call()"

    def value(self, state: object, expr: Any) -> Value:
        return VALUES[expr.name]


def choice(test: Expression, then: str | None, otherwise: str) -> Value | None:
    expr = e.Conditional(
        at=AT, ctype=INT, test=test, then=None if then is None else name(then), otherwise=name(otherwise)
    )
    return chosen(Reader(), None, expr)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("op", "left", "right", "then", "otherwise", "at_59", "at_60", "at_61"),
    [("<", "n", "60", "60", "n", 60, 60, 61), ("<=", "n", "60", "14", "n", 14, 14, 61),
     (">", "n", "60", "60", "n", 59, 60, 60), ("==", "n", "60", "14", "n", 59, 14, 61),
     ("!=", "60", "n", "14", "n", 14, 60, 14), (">=", "60", "n", "n", "14", 59, 60, 14)],
)  # fmt: skip
def test_choices_of_lengths(op, left, right, then, otherwise, at_59, at_60, at_61) -> None:
    found = choice(comparison(op, left, right), then, otherwise)
    assert isinstance(found, Length)
    assert [at(found, length) for length in (59, 60, 61)] == [at_59, at_60, at_61]
    assert (found.pieces[0].low, found.pieces[-1].high) == (0, LONGEST)


def at(value: Length, length: int) -> int:
    (piece,) = (p for p in value.pieces if p.low <= length <= p.high)
    return piece.slope * length + piece.offset


SPLIT = {
    "another condition": (name("n"), "60", "n"),
    "a condition of two": (comparison("&&", "n", "60"), "60", "n"),
    "a condition that stands for its value": (comparison("<", "n", "60"), None, "n"),
    "a call in the condition": (comparison("<", "call()", "60"), "60", "n"),
    "a call behind the sign": (comparison("<", "n", "call()"), "60", "n"),
    "a call that is chosen": (comparison("<", "n", "60"), "call()", "n"),
    "a call that is not chosen": (comparison("<", "n", "60"), "60", "call()"),
    "an unknown before the sign": (comparison("<", "x", "60"), "60", "n"),
    "an unknown behind the sign": (comparison("<", "n", "x"), "60", "n"),
    "an unknown that is chosen": (comparison("<", "n", "60"), "x", "n"),
    "an unknown that is not chosen": (comparison("<", "n", "60"), "60", "x"),
}


@pytest.mark.parametrize(("test", "then", "otherwise"), SPLIT.values(), ids=SPLIT)
def test_choices_that_split_the_path(test: Expression, then: str | None, otherwise: str) -> None:
    assert choice(test, then, otherwise) is None
