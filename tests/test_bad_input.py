"""What users point a scanner at by mistake in: a sentence and an exit code out, the good files scanned."""

from __future__ import annotations

from pathlib import Path

import pytest

from auditor.cli import run
from auditor.commands import CLEAN, FAILED, FOUND, WRONG_USAGE

FAULTY = (Path(__file__).resolve().parents[1] / "fixtures" / "plain" / "off_by_one.c").read_text(
    encoding="utf-8"
)

BAD_FILES = {
    "binary": b"\x7fELF\x02\x01\x01" + bytes(range(256)) * 40,
    "all-zeros": bytes(4096),
    "unclosed-brace": b"int frame_input(const char *frame, unsigned long len) { if (len < 34) { return -1;",
    "unclosed-comment": b"/* int a;",
    "garbage": b"}}} ) else int 12ab = = #define\n#include <<<>>>\n",
    "missing-include": b'#include "nowhere/to/be/found.h"\nstatic struct nothing *x = &y->z;\n',
    "includes-itself": b'#include "bad.c"\nint x;\n',
    "unterminated-if": b"#if defined(A\nint x;\n",
    "deeply-nested": b"int f(int x) { return " + b"(" * 3000 + b"x" + b")" * 3000 + b"; }",
    "one-long-line": b"int a[] = {" + b"1," * 200_000 + b"};",
}
HARMLESS_FILES = {
    "empty": b"",
    "utf-16": "\ufeffint x;\r\n".encode("utf-16-le"),
    "latin-1": b"/* gr\xfc\xdfe */ int x;\n",
    "carriage-returns": b"int x;\rint y;\r",
    "only-comments": b"/* nothing */\n",
}


def said(capsys: pytest.CaptureFixture[str]) -> str:
    """What went to stderr, after making sure that nobody dumped a stack there."""
    error = capsys.readouterr().err
    assert "Traceback" not in error
    assert "internal error" not in error
    return error


def test_wrong_path(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["scan", str(tmp_path / "no-such-driver")]) == WRONG_USAGE
    assert "no-such-driver" in said(capsys)


def test_empty_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["scan", str(tmp_path)]) == FAILED
    assert said(capsys).strip()


def test_folder_without_c(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "notes.txt").write_text("nothing to see", encoding="utf-8")
    (tmp_path / "tool.py").write_text("print(34)", encoding="utf-8")

    assert run(["scan", str(tmp_path)]) == FAILED
    assert said(capsys).strip()


def test_file_that_is_not_c(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    notes = tmp_path / "notes.txt"
    notes.write_text("nothing to see", encoding="utf-8")

    assert run(["scan", str(notes)]) == FAILED
    assert "notes.txt" in said(capsys)


@pytest.mark.parametrize("content", BAD_FILES.values(), ids=BAD_FILES)
def test_bad_file_beside_a_good_one(
    content: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The finding in the good file is still there, and nothing fell over."""
    (tmp_path / "bad.c").write_bytes(content)
    (tmp_path / "good.c").write_text(FAULTY, encoding="utf-8")

    code = run(["scan", "--confidence", "low", str(tmp_path)])
    captured = capsys.readouterr()

    assert "Traceback" not in captured.err
    assert code == FOUND
    assert "good.c" in captured.out


@pytest.mark.parametrize("name", ["binary", "unclosed-brace", "garbage"])
def test_bad_file_is_named(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "bad.c").write_bytes(BAD_FILES[name])
    (tmp_path / "good.c").write_text("int x;\n", encoding="utf-8")

    assert run(["scan", str(tmp_path)]) == CLEAN
    assert "bad.c" in said(capsys)


@pytest.mark.parametrize("content", HARMLESS_FILES.values(), ids=HARMLESS_FILES)
def test_odd_but_harmless_file(content: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "odd.c").write_bytes(content)

    assert run(["scan", str(tmp_path)]) == CLEAN
    said(capsys)


def test_unreadable_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A dangling link cannot be read by anybody, whoever runs the tests."""
    (tmp_path / "gone.c").symlink_to(tmp_path / "nowhere.c")
    (tmp_path / "good.c").write_text(FAULTY, encoding="utf-8")

    assert run(["scan", "--confidence", "low", str(tmp_path)]) == FOUND
    assert "gone.c" in said(capsys)


def test_folder_that_is_called_like_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "folder.c").mkdir()
    (tmp_path / "folder.c" / "good.c").write_text(FAULTY, encoding="utf-8")

    assert run(["scan", "--confidence", "low", str(tmp_path)]) == FOUND
    said(capsys)
