"""Depth: chains of thousands of branches and operators in; nothing lost, nothing falls over."""

from __future__ import annotations

from pathlib import Path

import pytest

from auditor import frontend, packing
from auditor.frontend.file import FrontEnd, Setup
from auditor.ir import expressions as e
from auditor.ir import statements as s
from auditor.ir import walk
from auditor.ir.printer import show, show_function
from auditor.knowledge import Knowledge
from auditor.settings import Settings
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


def test_what_is_too_deep_to_be_packed_is_said(
    tmp_path: Path, knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(packing, "_DEEPEST", 0)
    (tmp_path / "a.c").write_text(f"int f(int a) {{ return {' + '.join(['a'] * MANY)}; }}", encoding="utf-8")
    found = frontend.find(Settings(paths=(tmp_path,)))
    result = FrontEnd(Setup(found.base, found.headers, knowledge)).lower_file(found.sources[0])
    assert result.module is None
    assert [(gap.kind, gap.message, gap.level) for gap in result.gaps] == [
        ("unparsed", "a.c was not analysed: it is nested too deeply", "error")
    ]
