"""A driver in; its parses as a scan does them, for a program without lenaudit."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

BENCHMARKS = Path(__file__).resolve().parents[2] / "benchmarks"
sys.path.insert(0, str(BENCHMARKS))
parses: Any = pytest.importorskip("parses")

SOURCE = """#include <linux/skbuff.h>
#include "own.h"
#define TEXT "a \\"b\\""
int length(struct sk_buff *skb) { return skb->len + OWN; }
"""


@pytest.fixture
def noted(tmp_path: Path) -> Any:
    (tmp_path / "own.h").write_text("#define OWN 4\n")
    for name in ("one.c", "two.c"):
        (tmp_path / name).write_text(SOURCE)
    return parses.parses(tmp_path)


def test_files_arguments_and_headers(noted: Any) -> None:
    assert [Path(one.path).name for one in noted] == ["one.c", "two.c"]
    assert "-nostdinc" in noted[0].arguments
    assert "-ivfsoverlay" not in noted[0].arguments
    assert any(b"struct sk_buff" in text for text in noted[0].served.values())


def test_lists_for_the_bare_parse(noted: Any, tmp_path: Path) -> None:
    lists = parses.job_lists(noted, tmp_path, 2)
    for one in lists:
        subprocess.run([sys.executable, BENCHMARKS / "bare_parse.py", one], check=True)


@pytest.mark.skipif(shutil.which("clang") is None, reason="needs clang")
def test_the_compiler_finds_the_same_headers(noted: Any, tmp_path: Path) -> None:
    for response in parses.responses(noted, tmp_path):
        subprocess.run(["clang", "-fsyntax-only", f"@{response}"], check=True)
