"""Small files that ask for endless work: each costs itself, in bounded time, and is named."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.security.conftest import SECONDS, Scanned, lost

DEEP = 100_000


def include_bomb(tree: Path) -> None:
    """2^24 files to read."""
    for depth in range(24):
        (tree / f"bomb{depth}.h").write_text(f'#include "bomb{depth + 1}.h"\n' * 2, encoding="utf-8")
    (tree / "bomb24.h").write_text("int x;\n", encoding="utf-8")
    (tree / "bomb.c").write_text('#include "bomb0.h"\n', encoding="utf-8")


def self_include(tree: Path) -> None:
    (tree / "bomb.c").write_text('#include "bomb.c"\n#include "bomb.c"\n', encoding="utf-8")


def macro_bomb(tree: Path) -> None:
    """2^40 tokens."""
    lines = [f"#define M{n} M{n + 1} M{n + 1}" for n in range(40)]
    (tree / "bomb.c").write_text("\n".join([*lines, "#define M40 1 +", "int x = M0 1;\n"]), encoding="utf-8")


def constant_bomb(tree: Path) -> None:
    (tree / "bomb.c").write_text(
        "typedef char big[1UL << 60]; big b[1UL << 60]; enum { A = sizeof(big[1UL << 60]) };\n"
        "int f(int n) { return n < 1 / 0 || n < (int)A; }\n",
        encoding="utf-8",
    )


NESTED: dict[str, str] = {
    "brackets": f"int f(int x) {{ return {'(' * DEEP}x{')' * DEEP}; }}",
    "blocks": f"int f(int x) {{ {'{' * DEEP}{'}' * DEEP} return x; }}",
    "negations": f"int f(int x) {{ return {'!' * DEEP}x; }}",
    "sum": f"int f(int x) {{ return {'x + ' * DEEP}x; }}",
    "else-if": f"int f(int x) {{ {' else '.join(f'if (x == {n}) return {n};' for n in range(20_000))} }}",
    "pointers": f"int {'*' * DEEP}p;",
    "structs": f"{'struct {' * DEEP} int x; {'};' * DEEP}",
    "calls": f"int g(int); int f(int x) {{ return {'g(' * DEEP}x{')' * DEEP}; }}",
    "conditionals": f"int f(int x) {{ return {'x ? 1 : ' * DEEP}0; }}",
    "#if": "#if 1\n" * DEEP + "int x;\n" + "#endif\n" * DEEP,
    "casts": f"int f(int x) {{ return {'(int)' * DEEP}x; }}",
}


def took(scanned: Scanned) -> tuple[dict[str, object], float]:
    begun = time.monotonic()
    missing = lost(scanned(seconds=SECONDS))
    return dict(missing), time.monotonic() - begun


@pytest.mark.parametrize("made", [include_bomb, macro_bomb], ids=lambda made: made.__name__)
def test_endless_work_is_ended(made: Callable[[Path], None], tree: Path, scanned: Scanned) -> None:
    made(tree)
    missing, seconds = took(scanned)
    assert set(missing) == {"bomb.c"}
    assert missing["bomb.c"].kind == "worker"  # type: ignore[attr-defined]
    assert seconds < 6 * SECONDS


@pytest.mark.parametrize("made", [self_include, constant_bomb], ids=lambda made: made.__name__)
def test_endless_definitions(made: Callable[[Path], None], tree: Path, scanned: Scanned) -> None:
    made(tree)
    _, seconds = took(scanned)
    assert seconds < 6 * SECONDS


@pytest.mark.parametrize("text", NESTED.values(), ids=NESTED)
def test_deep_nesting(text: str, tree: Path, scanned: Scanned) -> None:
    """Analysed or named, as clang can take it or not."""
    (tree / "deep.c").write_text(text, encoding="utf-8")
    missing, seconds = took(scanned)
    assert set(missing) <= {"deep.c"}
    assert seconds < 10 * SECONDS
