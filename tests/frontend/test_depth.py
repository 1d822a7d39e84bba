"""Depth: chains of thousands of branches and operators in; nothing lost, nothing falls over."""

from __future__ import annotations

from pathlib import Path

import pytest

from auditor import frontend
from auditor.frontend.file import FrontEnd, Setup
from auditor.ir import Module, children, definitions, walk
from auditor.ir import expressions as e
from auditor.ir import statements as s
from auditor.ir.pieces import MOST, cut, joined
from auditor.ir.printer import show, show_function, show_statement
from auditor.ir.walk import Node
from auditor.knowledge import Knowledge
from auditor.packing import pack, unpack
from auditor.settings import Settings
from tests.frontend.conftest import Lower, function, returned

MANY = 3000

BODIES = {
    "a sum": f"return {' + '.join(['a'] * MANY)};",
    "else if": " else ".join(f"if (a == {n}) return {n};" for n in range(MANY)),
    "ifs": "if (a) { " * 200 + "a++;" + "}" * 200,
    "loops": "while (a) " * 200 + "a++;",
    "calls": f"return {'f(1, ' * 200}a{')' * 200};",
    "statement expressions": f"return {'({ a++; ' * 80}a;{' });' * 80}",
    "both sides": f"return ({' + '.join(['a'] * MANY)}) * ({' - '.join(['a'] * MANY)});",
    "shallow": "if (a) return 1; return 2;",
}


def levels(root: Node) -> int:
    count, level = 0, [root]
    while level:
        count, level = count + 1, [child for node in level for child in children(node)]
    return count


@pytest.mark.parametrize("text", BODIES.values(), ids=BODIES)
def test_a_body_is_cut_and_joined(text: str, lower: Lower) -> None:
    body = function(lower(f"int f(int a) {{ {text} return 0; }}")).body
    printed = show_statement(body)
    root, pieces = cut(body)
    assert max(levels(piece) for piece in (root, *pieces)) <= MOST + 1
    assert bool(pieces) is (levels(body) > MOST + 1)
    again = joined(root, pieces)
    assert [type(node) for node in walk(again)] == [type(node) for node in walk(body)]
    assert show_statement(again) == printed == show_statement(body)


def test_else_if_chain(lower: Lower) -> None:
    chain = " else ".join(f"if (x == {n}) return {n};" for n in range(MANY))
    body = function(lower(f"int f(int x) {{ {chain} return -1; }}")).body
    assert sum(isinstance(n, s.If) for n in walk(body)) == MANY
    assert sum(isinstance(n, e.Binary) for n in walk(body)) == MANY


def test_long_sum(lower: Lower) -> None:
    module = lower(f"int f(int a) {{ return {' + '.join(['a'] * MANY)}; }}")
    assert sum(isinstance(n, e.Name) for n in walk(returned(module))) == MANY
    assert show(returned(module)).count("a") == MANY


def test_deep_initialisers_travel(lower: Lower) -> None:
    many = " + ".join(["1"] * MANY)
    module = lower(
        f"enum {{ A = {many} }}; static const int most = {many}; int f(int x) {{ return x < A + most; }}"
    )
    module = unpack(pack(module), Module)
    for made in (*module.enums, *module.globals):
        assert made.init is not None
        assert sum(isinstance(n, e.Binary) for n in walk(made.init)) == MANY - 1


def test_printing_a_deep_function(lower: Lower) -> None:
    chain = " else ".join(f"if (x == {n}) return {n};" for n in range(MANY))
    assert (
        show_function(function(lower(f"int f(int x) {{ {chain} return -1; }}"))).count("else if") == MANY - 1
    )


def test_what_is_too_deep_to_be_packed_is_said(
    tmp_path: Path, knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(definitions, "pack", too_deep)
    (tmp_path / "a.c").write_text("int f(int a) { return a; }", encoding="utf-8")
    found = frontend.find(Settings(paths=(tmp_path,)))
    result = FrontEnd(Setup(found.base, found.headers, knowledge)).lower_file(found.sources[0])
    assert result.module is None
    assert [(gap.kind, gap.message, gap.level) for gap in result.gaps] == [
        ("unparsed", "a.c was not analysed: it is nested too deeply", "error")
    ]


def too_deep(_: object) -> bytes:
    raise RecursionError
