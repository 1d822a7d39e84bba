"""Bindings: initialisers, assignments, calls in; the functions they hand over, and what is constant, out."""

from __future__ import annotations

from auditor.ir import Binding, expressions
from tests.frontend.conftest import Lower


def bound(bindings: tuple[Binding, ...]) -> set[tuple[str, str, int | None, str]]:
    return {(b.record, b.field, b.index, b.function) for b in bindings}


OPS = """
struct ops { int (*open)(int); int (*xmit)(int, int); int (*table[8])(int); };
static int my_open(int a) { return a; }
int my_xmit(int a, int b) { return a + b; }
"""


def test_designated_initialiser(lower: Lower) -> None:
    module = lower(
        f"{OPS}struct ops o = {{ .xmit = my_xmit, .open = &my_open, .table = {{ [3] = my_open }} }};"
    )
    assert bound(module.bindings) == {
        ("ops", "xmit", None, "my_xmit"),
        ("ops", "open", None, "a.c::my_open"),
        ("", "table", 3, "a.c::my_open"),
    }


def test_positional_initialiser(lower: Lower) -> None:
    module = lower(f"{OPS}static const struct ops o = {{ my_open, my_xmit }};")
    assert bound(module.bindings) == {("ops", "open", None, "a.c::my_open"), ("ops", "xmit", None, "my_xmit")}


def test_initialised_array_of_tables(lower: Lower) -> None:
    module = lower(
        f"{OPS}struct ops all[] = {{ [1] = {{ .xmit = my_xmit }}, {{ my_open }}, [5].xmit = my_xmit }};"
    )
    assert bound(module.bindings) == {
        ("ops", "xmit", None, "my_xmit"),
        ("ops", "open", None, "a.c::my_open"),
    } | {("", "xmit", None, "my_xmit")}


def test_assignments(lower: Lower) -> None:
    module = lower(
        f"{OPS}enum {{ WRITE = 4 }}; void f(struct ops *o) {{ o->xmit = my_xmit; o->table[WRITE] = my_open;"
        " int (*local[3])(int); local[2] = my_open; }"
    )
    assert bound(module.bindings) == {
        ("ops", "xmit", None, "my_xmit"),
        ("ops", "table", 4, "a.c::my_open"),
        ("", "local", 2, "a.c::my_open"),
    }


def test_arguments(lower: Lower) -> None:
    module = lower(f"{OPS}int enlist(int, void *); void f(void) {{ enlist(3, my_xmit); }}")
    assert bound(module.bindings) == {("call:enlist", "", 1, "my_xmit")}


def test_ranges_and_positions_in_arrays(lower: Lower) -> None:
    module = lower("int a[] = { 1, 2, [5 ... 7] = 3, 4 };")
    init = module.globals[0].init
    assert isinstance(init, expressions.InitList)
    assert [(i.index, i.source.value) for i in init.items] == [(0, 1), (1, 2), (5, 3), (6, 3), (7, 3), (8, 4)]


def test_what_is_constant(lower: Lower) -> None:
    module = lower(
        "static int fixed = 34; static int moved = 1; static int lent = 2; int shared = 3;"
        "const int declared = 4; static int counted; static int many[2] = {1, 2}; void take(int *);"
        "int f(int x) { moved = x; take(&lent); counted++; take(many); return fixed + shared + declared; }"
    )
    assert {g.name: g.const for g in module.globals} == {
        "fixed": True,
        "moved": False,
        "lent": False,
        "shared": False,
        "declared": True,
        "counted": False,
        "many": False,
    }


def test_enumerations_that_code_uses(lower: Lower) -> None:
    module = lower(
        "enum { BASE = 14, SUM = BASE + 20, NEXT }; enum { UNUSED }; int f(int len) { return len < SUM; }"
    )
    assert [(c.name, c.value) for c in module.enums] == [("BASE", 14), ("SUM", 34), ("NEXT", 35)]
    assert str(module.enums[1].init) == "BASE + 20"
    assert module.enums[2].init is None
