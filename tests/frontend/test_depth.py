"""Depth: chains of thousands of branches and operators in; nothing lost, nothing falls over."""

from __future__ import annotations

from auditor.ir import expressions as e
from auditor.ir import statements as s
from auditor.ir import walk
from auditor.ir.printer import show, show_function
from tests.frontend.conftest import Lower, function, returned

MANY = 3000


def test_else_if_chain(lower: Lower) -> None:
    chain = " else ".join(f"if (x == {n}) return {n};" for n in range(MANY))
    body = function(lower(f"int f(int x) {{ {chain} return -1; }}")).body
    assert sum(isinstance(n, s.If) for n in walk(body)) == MANY
    assert sum(isinstance(n, e.Binary) for n in walk(body)) == MANY


def test_long_sum(lower: Lower) -> None:
    module = lower(f"int f(int a) {{ return {' + '.join(['a'] * MANY)}; }}")
    assert sum(isinstance(n, e.Name) for n in walk(returned(module))) == MANY
    assert show(returned(module)).count("a") == MANY


def test_printing_a_deep_function(lower: Lower) -> None:
    chain = " else ".join(f"if (x == {n}) return {n};" for n in range(MANY))
    assert (
        show_function(function(lower(f"int f(int x) {{ {chain} return -1; }}"))).count("else if") == MANY - 1
    )
