"""Hostile names and texts in; reports in which they are text out, and nothing done but reading."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest

from auditor.cli import run
from auditor.commands import FOUND

FAULTY = Path(__file__).resolve().parents[2] / "fixtures" / "plain" / "off_by_one.c"
NAMES = {
    "newline and workflow command": "a\n::error title=forged::forged.c",
    "terminal escape": "a\x1b]0;forged\x07\x1b[2Jforged.c",
    "markup": "<img src=x onerror=forged()>&.c",
    "markdown": "[forged](http://x) `b` |c|.c",
    "quotes": "a\"'--><![CDATA[.c",
    "direction": "a\u202eforged\u2066.c",
}
FORMS = ["text", "sarif", "json", "github", "markdown", "junit", "gitlab", "html"]


@pytest.fixture(params=NAMES.values(), ids=list(NAMES))
def tree(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    folder = tmp_path / "tree"
    folder.mkdir()
    try:
        (folder / request.param).write_bytes(FAULTY.read_bytes())
    except OSError:
        pytest.skip("this file system has no such names")
    return folder


def printed(tree: Path, form: str, capsys: pytest.CaptureFixture[str]) -> tuple[str, str]:
    capsys.readouterr()
    assert run(["scan", "--confidence", "low", "-f", form, str(tree)]) == FOUND
    captured = capsys.readouterr()
    return captured.out, captured.err


@pytest.mark.parametrize("form", ["text", "github", "markdown"])
def test_no_line_or_escape_of_a_stranger(form: str, tree: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out, err = printed(tree, form, capsys)
    for text in (out, err):
        assert not any(mark in text for mark in ("\x1b", "\x07", "\u202e", "\u2066"))
        assert not any(line.startswith("::error title=forged") for line in text.splitlines())


def test_formats_that_machines_read(tree: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for form in ("sarif", "json", "gitlab"):
        json.loads(printed(tree, form, capsys)[0])
    ElementTree.fromstring(printed(tree, "junit", capsys)[0])


def test_no_markup_of_a_stranger(tree: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "<img src=x onerror" not in printed(tree, "html", capsys)[0]


HOOK = """
import sys
import auditor.pipeline, auditor.report.text
from auditor.cli import run
seen = []
PROGRAMS = {"os.system", "os.exec", "os.posix_spawn", "os.spawn", "pty.spawn", "subprocess.Popen"}
CHANGES = {"os.remove", "os.rename", "os.mkdir", "os.rmdir", "os.chmod", "os.link", "os.symlink"}
OTHERS = {"pickle.find_class", "webbrowser.open", "urllib.Request"}
def hook(event, arguments):
    writes = event == "open" and isinstance(arguments[1], str) and set(arguments[1]) & set("wax+")
    if writes or event.startswith("socket.") or event in PROGRAMS | CHANGES | OTHERS:
        seen.append(f"{event} {arguments}")
sys.addaudithook(hook)
code = run(["scan", "--confidence", "low", "-j", sys.argv[2], "--no-cache", sys.argv[1]])
sys.stderr.write(str(seen or ""))
sys.exit(code)
"""
forks = pytest.param("2", marks=pytest.mark.skipif(not hasattr(os, "fork"), reason="workers are forked"))


@pytest.mark.parametrize("jobs", ["0", forks])
def test_a_scan_opens_no_socket_starts_no_program_and_writes_no_file(jobs: str, tmp_path: Path) -> None:
    """By Python's own account; in workers the kernel keeps clang from writing."""
    (tmp_path / "a.c").write_bytes(FAULTY.read_bytes())
    done = subprocess.run(
        [sys.executable, "-c", HOOK, str(tmp_path), jobs],
        capture_output=True, text=True, check=False, timeout=120, cwd=Path(__file__).resolve().parents[2],
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (FOUND, "")
