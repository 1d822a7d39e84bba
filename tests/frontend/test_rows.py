"""Long tables of numbers are lowered by their first rows; a row that says more keeps all of them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from auditor import frontend
from auditor.frontend.load import load
from auditor.frontend.lower.rows import FEWEST, KEPT
from auditor.ir import Module
from auditor.ir import expressions as e
from auditor.knowledge import Knowledge
from auditor.settings import Settings

LONG = 3 * KEPT
PLAIN = {
    "numbers": ("int", "{n}", KEPT),
    "negative": ("int", "-{n}", KEPT),
    "brackets": ("long", "({n})", KEPT),
    "characters": ("char", "'a'", KEPT),
    "a backslash": ("char", r"'\\'", KEPT),
    "a quote": ("char", r"'\''", KEPT),
    "two quotes": ("char", "'\"'", KEPT),
    "an escape": ("char", r"'\x41'", KEPT),
    "texts": ("char *", '"text, // ask"', KEPT),
    "explained": ("int", "/* ask(1) */ {n} // as SIZE says\n", KEPT),
    "for one build": ("int", "\n#ifdef BUILD\n1,\n#endif\n{n}", KEPT),
    "records": ("struct row", "{{ {n}, 0x40u, {{ 1, 2 }} }}", 22),
    "wide records": ("struct wide", "{{ {n}, 1, 2, 3, 4, 5, 6, 7, 8, 9 }}", FEWEST),
    "members named": ("struct row", "{{ .second = {n} }}", KEPT),
    "members of members": ("struct row", "{{ .rest[1] = {n} }}", KEPT),
    "elements named": ("int", "[{n}] = -1", 32),
    "halves": ("double", "0.5", KEPT),
}
TELLING = {
    "a function": ("int (*)(int)", "ask"),
    "a macro": ("int", "SIZE"),
    "a macro's argument": ("int", "TWICE(7)"),
    "an enumerator": ("int", "RED"),
    "a sum": ("int", "7 + 8"),
    "a difference of brackets": ("int", "(7)\n-(8)"),
    "a text and a macro": ("char *", '"text" PLACE'),
    "a function behind a comment": ("int (*)(int)", "/* 1 */ ask // 1\n"),
    "another file": ("int", '\n#include "rows.h"\n'),
    "a comparison": ("int", "7 < 8"),
    "a size": ("int", "sizeof(struct row)"),
}
HEAD = """
#define SIZE 34
#define TWICE(x) ((x) + (x))
enum color { RED = 3 };
#define PLACE "here"
struct row { int first, second, rest[2]; };
struct wide { int all[10]; };
int ask(int n);
"""


def table(kind: str, rows: list[str]) -> str:
    declared = kind.replace("(*)", "(*table[])") if "(*)" in kind else f"{kind} table[]"
    return f"{HEAD}{declared} = {{ {', '.join(rows)} }};\nint size = sizeof(table) / sizeof(table[0]);"


def items(module: Module) -> tuple[e.InitItem, ...]:
    found = next(variable for variable in module.globals if variable.name == "table").init
    assert isinstance(found, e.InitList)
    return found.items


@pytest.mark.parametrize(("kind", "row", "kept"), PLAIN.values(), ids=PLAIN)
def test_rows_of_numbers(lower: Callable[[str], Module], kind: str, row: str, kept: int) -> None:
    module = lower(table(kind, [row.format(n=n) for n in range(LONG)]))
    assert [item.index for item in items(module)] == list(range(kept))
    assert next(v for v in module.globals if v.name == "size").init.value == LONG  # type: ignore[union-attr]


@pytest.mark.parametrize(("kind", "row"), TELLING.values(), ids=TELLING)
def test_a_row_that_says_more(lower: Callable[..., Module], kind: str, row: str) -> None:
    module = lower(table(kind, ["0"] * (LONG - 1) + [row]), beside={"rows.h": "7"})
    assert len(items(module)) == LONG


def test_what_stands_behind_a_table_is_lowered(lower: Callable[[str], Module]) -> None:
    rows = ", ".join("1" for _ in range(LONG))
    text = f"{HEAD}struct both {{ int numbers[{LONG}]; int (*ask)(int); }} table = {{ {{ {rows} }}, ask }};"
    numbers, asked = items(lower(text))
    assert isinstance(numbers.source, e.InitList)
    assert len(numbers.source.items) == KEPT
    assert (asked.field, isinstance(asked.source, e.Name)) == ("ask", True)


def test_elements_chosen_by_enumerators_are_numbers(lower: Callable[[str], Module]) -> None:
    rows = ", ".join(f"[{n}][RED] = {n}" for n in range(LONG))
    kept = items(lower(f"{HEAD}int table[{LONG}][4] = {{ {rows} }};"))
    assert [item.index for item in kept] == list(range(22))


def test_members_of_a_record_are_no_rows(lower: Callable[[str], Module]) -> None:
    """What several variables set a member to alike is that member's value: none may be missed."""
    members = ", ".join(f"m{n}" for n in range(LONG))
    wide = ", ".join("1" for _ in range(KEPT))
    numbers = ", ".join("1" for _ in range(LONG))
    text = f"struct set {{ int first[{KEPT}], {members}; }} table = {{ {{ {wide} }}, {numbers} }};"
    assert len(items(lower(text))) == 1 + LONG


def test_a_table_in_a_table(lower: Callable[[str], Module]) -> None:
    rows = ", ".join("1" for _ in range(LONG))
    outer = items(lower(f"{HEAD}int table[2][{LONG}] = {{ {{ {rows} }}, {{ {rows} }} }};"))
    assert [len(row.source.items) for row in outer if isinstance(row.source, e.InitList)] == [KEPT, KEPT]


def test_all_of_a_table_without_pruning(tmp_path, knowledge: Knowledge) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "a.c").write_text(table("int", ["1"] * LONG), encoding="utf-8")
    settings = Settings(paths=(tmp_path / "a.c",), platform="generic", prune=False)
    assert len(items(load(frontend.find(settings), settings, knowledge).modules[0])) == LONG
