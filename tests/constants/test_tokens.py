"""Bodies of macros as trees."""

from __future__ import annotations

import pytest

from auditor.constants.terms import fold
from auditor.constants.tokens import Tree, number, parse_body


def value(tree: Tree | None) -> int | None:
    """The value of a tree without names."""
    assert tree is not None
    if tree.kind == "number":
        return tree.value
    if tree.kind == "cast":
        return value(tree.parts[0])
    assert tree.kind == "operator"
    parts = [value(part) for part in tree.parts]
    return fold(tree.text, [part for part in parts if part is not None])


VALUES = {
    "14 + 20": 34,
    "( ( 14 ) + ( 20 ) )": 34,
    "60 - 14 - 4": 42,
    "2 + 3 * 4": 14,
    "1 << 4 | 2": 18,
    "( 14 + 20 + 3 ) & ~ 3": 36,
    "( unsigned ) 34U": 34,
    "( size_t ) ( 30 + 4 )": 34,
    "- 1 + 35": 34,
    "1 ? 34 : 60": 34,
    "0 ? 34 : 0 ? 60 : 64": 64,
    "0x22": 34,
    "042": 34,
    "34UL": 34,
    "7 / - 2": -3,
    "- 7 % 4": -3,
}


@pytest.mark.parametrize("body", VALUES)
def test_arithmetic_is_that_of_c(body: str) -> None:
    assert value(parse_body(tuple(body.split()))) == VALUES[body]


@pytest.mark.parametrize(
    "body",
    [
        "",
        "{ 1 , 2 }",
        "a = 3",
        "14 +",
        "( 14",
        "do { } while ( 0 )",
        "x -> len",
        '"text"',
        "1 2",
        "1 +" * 500 + "1",
    ],
)
def test_what_is_no_constant_expression_gives_no_tree(body: str) -> None:
    assert parse_body(tuple(body.split())) is None


def test_deep_nesting_is_refused_not_followed() -> None:
    assert parse_body(("(",) * 150 + ("1",) + (")",) * 150) is None


def test_sizeof_keeps_its_type() -> None:
    assert parse_body(("sizeof", "(", "struct", "ethhdr", ")")) == Tree("sizeof", "struct ethhdr")


def test_division_by_zero_has_no_value() -> None:
    assert fold("/", [1, 0]) is None
    assert fold("<<", [1, 99]) is None


@pytest.mark.parametrize(
    ("text", "expected"), [("0", 0), ("'A'", 65), ("1.5", None), ("09", None), ("abc", None)]
)
def test_numbers(text: str, expected: int | None) -> None:
    assert number(text) == expected
