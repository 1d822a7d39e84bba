"""Bytes of files in; their text, lines as a C compiler counts them, and names for terminals out."""

from __future__ import annotations

from pathlib import Path

import pytest

from auditor.model import Sources, decode, visible, written

TEXT = "int x; /* \u00fc \u20ac */"


@pytest.mark.parametrize(
    ("data", "text"),
    [(TEXT.encode(), TEXT), (b"\xef\xbb\xbf" + TEXT.encode(), TEXT), (TEXT.encode("utf-16"), TEXT),
     (b"\xfe\xff" + TEXT.encode("utf-16-be"), TEXT), (b"/* \xfc */", "/* \u00fc */"), (b"", ""),
     (b"\xff\xfeab\xd8", "\u6261\ufffd")],
    ids=["UTF-8", "with a mark", "UTF-16", "big-endian", "Latin-1", "empty", "broken UTF-16"],
)  # fmt: skip
def test_texts(data: bytes, text: str) -> None:
    assert decode(data) == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [("a\tb", "a\tb"), ("a\x1b[31m", "a\u241b[31m"), ("a\nb", "a\u240ab"), ("\x7f", "\u2421"),
     ("\x9b", "\ufffd"), ("\u202eabc", "\ufffdabc"), ("\ud800", "\ufffd"), ("\u00fc\u20ac", "\u00fc\u20ac")],
    ids=["tab", "escape", "line end", "delete", "C1", "right to left", "half a character", "letters"],
)  # fmt: skip
def test_what_a_terminal_would_act_on_is_a_picture(text: str, shown: str) -> None:
    assert visible(text) == shown
    assert len(shown) == len(text)


@pytest.mark.parametrize(
    ("name", "shown"),
    [("src/a.c", "src/a.c"), ("<model>", "./<model>"), ("\udcff.c", "\ufffd.c"), ("a\n.c", "a\u240a.c")],
    ids=["plain", "as of what is no file", "not UTF-8", "line end"],
)
def test_names(name: str, shown: str) -> None:
    assert written(name) == shown


@pytest.mark.parametrize(
    ("data", "lines"),
    [(b"a\nb\n", ("a", "b")), (b"a\r\nb\rc", ("a", "b", "c")), (b"a\fb\n\n", ("a\fb", "")),
     ("a\u2028b\n".encode(), ("a\u2028b",)), (b"", ())],
    ids=["usual", "other ends", "form feed", "line separator", "empty"],
)  # fmt: skip
def test_lines(data: bytes, lines: tuple[str, ...], tmp_path: Path) -> None:
    (tmp_path / "a.c").write_bytes(data)
    sources = Sources(str(tmp_path))
    assert sources.lines("a.c") == lines
    numbers = range(len(lines) + 2)
    assert [sources.line("a.c", number) for number in numbers] == ["", *lines, ""]


@pytest.mark.parametrize("name", ["none.c", ".", "a\0b.c", "x" * 5000], ids=["none", "folder", "NUL", "long"])
def test_what_cannot_be_read_has_no_lines(name: str, tmp_path: Path) -> None:
    sources = Sources(str(tmp_path))
    assert (sources.data(name), sources.text(name), sources.lines(name)) == (b"", "", ())


def test_a_patched_file(tmp_path: Path) -> None:
    for name in ("a.c", "b.c"):
        (tmp_path / name).write_text("old\n", encoding="utf-8")
    sources = Sources(str(tmp_path), [(str(tmp_path / "a.c"), b"new\n")])
    assert [sources.lines(name) for name in ("a.c", "b.c")] == [("new",), ("old",)]
