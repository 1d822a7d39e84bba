"""Definitions: a text in; the macros it defines, and where their bodies stand, out."""

from __future__ import annotations

import pytest

from auditor.frontend.macros import Definitions


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("#define A 1\n#define B", ["A", "B"]),
        (" \t# \tdefine A 1", ["A"]),
        ("/* #define A */\n// #define B\n#define C", ["C"]),
        ('x = "\\"#define A";\n#define B', ["B"]),
        ("#define A /* of two\n#define lines */ 1\n#define B", ["A", "B"]),
        ("#define A(x) \\\n  #x\n#define B", ["A", "B"]),
        ("x; #define A 1\n", []),
        ("#undef A\n#if defined A\n#defined A", []),
    ],
    ids=["two", "blanks", "comments", "text", "comment in a body", "continued", "no directive", "others"],
)
def test_definitions(text: str, names: list[str]) -> None:
    assert [definition.name for definition in Definitions(text.encode()).all] == names


def test_the_body_around_a_place() -> None:
    text = b"int a;\n#define SUM(x, y) ((x) + \\\n  (y))\nint b;"
    found = Definitions(text).around(text.index(b"(y)"))
    assert found is not None
    assert (found.name, found.parameters, text[found.at : found.at + 3]) == ("SUM", ("x", "y"), b"SUM")
    assert Definitions(text).around(text.index(b"int b")) is None
