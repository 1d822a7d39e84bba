"""Long tables of numbers are lowered by their first rows; a row that says more keeps all of them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from auditor import frontend
from auditor.frontend.load import load
from auditor.frontend.lower.rows import KEPT
from auditor.ir import Module
from auditor.ir import expressions as e
from auditor.knowledge import Knowledge
from auditor.settings import Settings

LONG = 3 * KEPT
PLAIN = {
    "numbers": ("int", "{n}"),
    "negative": ("int", "-{n}"),
    "brackets": ("long", "({n})"),
    "characters": ("char", "'a'"),
    "texts": ("char *", '"text"'),
    "records": ("struct row", "{{ {n}, 0x40, {{ 1, 2 }} }}"),
    "members named": ("struct row", "{{ .second = {n} }}"),
    "halves": ("double", "0.5"),
}
TELLING = {
    "a function": ("int (*)(int)", "ask"),
    "a macro": ("int", "SIZE"),
    "a macro's argument": ("int", "TWICE(7)"),
    "an enumerator": ("int", "RED"),
    "a comparison": ("int", "7 < 8"),
    "a size": ("int", "sizeof(struct row)"),
}
HEAD = """
#define SIZE 34
#define TWICE(x) ((x) + (x))
enum color { RED = 3 };
struct row { int first, second, rest[2]; };
int ask(int n);
"""


def table(kind: str, rows: list[str]) -> str:
    declared = kind.replace("(*)", "(*table[])") if "(*)" in kind else f"{kind} table[]"
    return f"{HEAD}{declared} = {{ {', '.join(rows)} }};\nint size = sizeof(table) / sizeof(table[0]);"


def items(module: Module) -> tuple[e.InitItem, ...]:
    found = next(variable for variable in module.globals if variable.name == "table").init
    assert isinstance(found, e.InitList)
    return found.items


@pytest.mark.parametrize(("kind", "row"), PLAIN.values(), ids=PLAIN)
def test_rows_of_numbers(lower: Callable[[str], Module], kind: str, row: str) -> None:
    module = lower(table(kind, [row.format(n=n) for n in range(LONG)]))
    assert [item.index for item in items(module)] == list(range(KEPT))
    assert next(v for v in module.globals if v.name == "size").init.value == LONG  # type: ignore[union-attr]


@pytest.mark.parametrize(("kind", "row"), TELLING.values(), ids=TELLING)
def test_a_row_that_says_more(lower: Callable[[str], Module], kind: str, row: str) -> None:
    module = lower(table(kind, ["0"] * (LONG - 1) + [row]))
    assert len(items(module)) == LONG


def test_what_stands_behind_a_table_is_lowered(lower: Callable[[str], Module]) -> None:
    rows = ", ".join("1" for _ in range(LONG))
    text = f"{HEAD}struct both {{ int numbers[{LONG}]; int (*ask)(int); }} table = {{ {{ {rows} }}, ask }};"
    numbers, asked = items(lower(text))
    assert isinstance(numbers.source, e.InitList)
    assert len(numbers.source.items) == KEPT
    assert (asked.field, isinstance(asked.source, e.Name)) == ("ask", True)


def test_all_of_a_table_without_pruning(tmp_path, knowledge: Knowledge) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "a.c").write_text(table("int", ["1"] * LONG), encoding="utf-8")
    settings = Settings(paths=(tmp_path / "a.c",), platform="generic", prune=False)
    assert len(items(load(frontend.find(settings), settings, knowledge).modules[0])) == LONG
