"""Statements: the shapes that clang hides or nests, in C; the IR's flat ones out."""

from __future__ import annotations

import pytest

from auditor.ir import Module, walk
from auditor.ir import expressions as e
from auditor.ir import statements as s
from tests.frontend.conftest import Lower, expressions_of, function, returned, statement


def body(module: Module, name: str = "f") -> list[str]:
    """The kinds of the statements of the first switch's body."""
    switch = statement(module, s.Switch, name)
    return [type(inner).__name__ for inner in switch.body.body]


def test_labels_stand_beside_what_they_label(lower: Lower) -> None:
    module = lower(
        "int f(int x) { switch (x) { case 1: case 2: x = 3; x = 4; break; default: x = 5; } return x; }"
    )
    assert body(module) == ["Case", "Case", "Evaluate", "Evaluate", "Break", "Default", "Evaluate"]


def test_case_range(lower: Lower) -> None:
    module = lower("int f(int x) { switch (x) { case 2 ... 5: return 1; case 7: return 2; } return 0; }")
    cases = [n for n in walk(function(module).body) if isinstance(n, s.Case)]
    assert [(c.low.value, c.high.value if c.high else None) for c in cases] == [(2, 5), (7, None)]


def test_case_of_a_swapped_constant(lower: Lower) -> None:
    module = lower(
        "#include <arpa/inet.h>\nint f(int x) { switch (x) { case htons(0x0800): return 1; } return 0; }"
    )
    assert statement(module, s.Case).low.value == 0x0008


def test_fall_through_attribute(lower: Lower) -> None:
    module = lower(
        "int f(int x) { switch (x) {"
        " case 1: x = 2; __attribute__((fallthrough)); case 3: x = 4; } return x; }"
    )
    assert body(module) == ["Case", "Evaluate", "Case", "Evaluate"]


@pytest.mark.parametrize(
    ("header", "parts"),
    [
        ("for (;;)", ""),
        ("for (x = 0;;)", "i"),
        ("for (; x < 3;)", "t"),
        ("for (;; x++)", "s"),
        ("for (x = 0; x < 3;)", "it"),
        ("for (x = 0;; x++)", "is"),
        ("for (; x < 3; x++)", "ts"),
        ("for (x = 0; x < 3; x++)", "its"),
        ("for (int y = 0;; x++)", "is"),
        ("for (/* ; */ ; x < f(1, ';'); /* none */)", "t"),
        ("FOREVER", ""),
        ("COUNT(x)", "ts"),
    ],
)
def test_for_with_missing_parts(header: str, parts: str, lower: Lower) -> None:
    module = lower(
        "#define FOREVER for (;;)\n#define COUNT(v) for (; v < 9; v++)\n"
        f"int f(int x, int c) {{ {header} {{ x = 7; }} return x; }}"
    )
    loop = statement(module, s.Loop)
    found = "i" * (loop.init is not None) + "t" * (loop.test is not None) + "s" * (loop.step is not None)
    assert found == parts
    assert isinstance(loop.body, s.Block)


def test_do_while(lower: Lower) -> None:
    loop = statement(lower("void f(int x) { do { x--; } while (x > 3); }"), s.Loop)
    assert loop.kind == "do"
    assert str(loop.test) == "x > 3"
    assert isinstance(loop.body, s.Block)


def test_goto_and_label(lower: Lower) -> None:
    module = lower("int f(int x) { if (x) goto out; x = 1; out: return x; }")
    assert statement(module, s.Goto).label == "out"
    assert [type(n).__name__ for n in function(module).body.body] == ["If", "Evaluate", "Label", "Return"]


def test_statement_expression(lower: Lower) -> None:
    module = lower("int f(int x) { return ({ int z = x; z + 1; }); }")
    inner = returned(module)
    assert isinstance(inner, e.StatementExpr)
    assert [type(n).__name__ for n in inner.body.body] == ["Declare", "Evaluate"]


def test_locals_with_one_name_are_told_apart(lower: Lower) -> None:
    module = lower("int f(int x) { { int x = 1; x = 2; } return x; }")
    symbols = [n.symbol for n in expressions_of(module, e.Name)]
    assert len(set(symbols)) == 2
    assert symbols[-1] == function(module).params[0].symbol


def test_static_local(lower: Lower) -> None:
    assert statement(lower("int f(void) { static int calls; return calls++; }"), s.Declare).static


def test_inline_assembly_is_opaque(lower: Lower) -> None:
    assert 'asm volatile("nop")' in statement(lower('void f(void) { asm volatile("nop"); }'), s.Opaque).text


def test_structured_exceptions_keep_their_statements(lower: Lower) -> None:
    module = lower(
        "#include <ndis.h>\nint f(int len)"
        " { __try { if (len < 34) return 1; } __except (1) { return 2; } return 3; }",
        platform="windows",
    )
    assert [r.expr.value for r in walk(function(module).body) if isinstance(r, s.Return)] == [1, 2, 3]
