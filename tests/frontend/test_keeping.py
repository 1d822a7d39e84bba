"""What the front end keeps between files: enough to be quick, bounded, and of no influence."""

from __future__ import annotations

import tracemalloc
from pathlib import Path
from typing import Any

import pytest

from auditor import frontend
from auditor.frontend import file, headers, includes, positions
from auditor.frontend.file import FrontEnd, Setup
from auditor.frontend.lower import lower
from auditor.frontend.lower.unit import Lowered
from auditor.ir import Module
from auditor.knowledge import Knowledge
from auditor.packing import pack
from auditor.settings import Settings

FILES = 6
HEADER = "enum {{ LEAST_{0} = {0} }};\n#define AT_LEAST(n) ((n) >= LEAST_{0})\n" + "/* room */\n" * 100
SUM = " + ".join(["TWICE(a)"] * 50)


def lowered(folder: Path, knowledge: Knowledge) -> tuple[FrontEnd, list[Module | None]]:
    """A front end that has seen every file of ``folder``, and what it made of them."""
    found = frontend.find(Settings(paths=(folder,)))
    front = FrontEnd(Setup(found.base, found.headers, knowledge))
    return front, [front.lower_file(path).module for path in found.sources]


def kept(front: FrontEnd) -> int:
    """Bytes of headers that ``front`` holds, of each of its two readers."""
    texts = (text.data for text in front.texts._disk.values())
    named = (text[0] for text in front.includes._texts.values() if not isinstance(text, str))
    return max(sum(map(len, texts)), sum(map(len, named)))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Files that each have a header of their own, and all one in common."""
    (tmp_path / "common.h").write_text(HEADER.format(34), encoding="utf-8")
    for number in range(FILES):
        (tmp_path / f"own{number}.h").write_text(HEADER.format(number), encoding="utf-8")
        text = (
            f'#include "common.h"\n#include "own{number}.h"\nint f{number}(int n) {{ return AT_LEAST(n); }}\n'
        )
        (tmp_path / f"a{number}.c").write_text(text, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("most", [0, 2500], ids=["nothing is kept", "two headers are kept"])
def test_headers_are_kept_until_they_are_many(
    folder: Path, knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch, most: int
) -> None:
    roomy, expected = lowered(folder, knowledge)
    assert kept(roomy) > 2 * 2500

    monkeypatch.setattr(positions, "MOST_KEPT", most)
    monkeypatch.setattr(includes, "MOST_KEPT", most)
    front, modules = lowered(folder, knowledge)

    assert kept(front) <= most + 2 * len(HEADER)
    assert [pack(module) for module in modules] == [pack(module) for module in expected]


def test_of_one_file_alone_nothing_is_kept(tmp_path: Path, knowledge: Knowledge) -> None:
    """Neither its text with its macros, nor the stubs of what it names in vain, nor layouts without end."""
    for number in range(12):
        code = f"int f(struct tag{number} t) {{ return t.port > LEAST ? u{number} : 0; }}"
        text = f"#define LEAST {number}\n{code}\n"
        (tmp_path / f"a{number}.c").write_text(text, encoding="utf-8")

    front, modules = lowered(tmp_path, knowledge)

    assert [[macro.name for macro in module.macros] for module in modules if module] == [["LEAST"]] * 12
    assert not [text.name for text in front.macros._made if text.name.endswith(".c")]
    assert not [path for path, _ in front.texts._memory if path == headers.STUBS]
    assert front.records.cache_info().currsize < 12


def test_a_body_is_held_no_longer_than_its_function_is_made(
    tmp_path: Path, knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Eight times as many functions, all of macros, take hardly more memory at once."""
    peaks: list[int] = []

    def traced(*given: Any) -> Lowered:
        tracemalloc.start()
        try:
            return lower(*given)
        finally:
            peaks.append(tracemalloc.get_traced_memory()[1])
            tracemalloc.stop()

    monkeypatch.setattr(file, "lower", traced)
    for functions in (5, 40):
        lines = [f"int f{number}(int a) {{ return {SUM}; }}\n" for number in range(functions)]
        (tmp_path / "a.c").write_text("#define TWICE(x) (2 * (x))\n" + "".join(lines), encoding="utf-8")
        lowered(tmp_path, knowledge)
    few, many = peaks
    assert many < 3 * few
