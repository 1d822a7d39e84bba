"""Printing: C in, the same C out where it reads well."""

from __future__ import annotations

import pytest

from tests.frontend.conftest import Lower, function, returned

SOURCE = """
#define MIN 34
#define HEADER sizeof(struct eth)
#define LEN(p) ((p)->len)
struct eth {{ char b[14]; }}; struct pkt {{ int len; struct pkt *next; int a[4]; }};
int g(int, int);
int f(struct pkt *p, int x, int y) {{ return {0}; }}
"""


@pytest.mark.parametrize(
    "text",
    [
        "x < MIN",
        "x < HEADER + MIN",
        "(x + y) * 2",
        "x + y * 2",
        "x - (y - 1)",
        "x - y - 1",
        "p->next->len >= MIN",
        "p->a[x + 1]",
        "!(x < y) || x == 3",
        "x < y && y < 5 || x",
        "(x & 1) == 0",
        "g(x, y + 1)",
        "x ? y : 3",
        "-x + ~y",
        "*&x",
        "(char)x",
        "x++ + --y",
        "sizeof(struct eth)",
    ],
)
def test_expressions_read_like_their_source(text: str, lower: Lower) -> None:
    shown = str(returned(lower(SOURCE.format(text))))
    assert shown == text.replace("struct ", "")


def test_a_macro_with_arguments_is_written_out(lower: Lower) -> None:
    assert str(returned(lower(SOURCE.format("LEN(p) < MIN")))) == "p->len < MIN"


def test_statements(lower: Lower) -> None:
    text = (
        "int f(int x) { int y = 2; for (x = 0; x < 3; x++) { if (x) continue; else break; } "
        "switch (x) { case 1: y = 3; default: ; } while (y) y--; out: return y; }"
    )
    assert str(function(lower(text)).body).split("\n") == [
        "{",
        "    int y = 2;",
        "    for (x = 0; x < 3; x++)",
        "    {",
        "        if (x)",
        "            continue;",
        "        else",
        "            break;",
        "    }",
        "    switch (x)",
        "    {",
        "    case 1:",
        "        y = 3;",
        "    default:",
        "    }",
        "    while (y)",
        "        y--;",
        "out:",
        "    return y;",
        "}",
    ]
