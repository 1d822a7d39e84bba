"""Edits change the characters they name and nothing else, in any encoding and with any line ends."""

from __future__ import annotations

import codecs
import subprocess

import pytest

from auditor.model import Edit, Location
from auditor.repair import NotWritable, applied, unified

TEXT = "int a;\nif (n < 34) /* \u00e9 */\n\treturn 0;\nint z;\n"
WANTED = "int a;\nif (n < 14) /* \u00e9 */\n\treturn 0;\nint z;\n"


def edit(line=2, start=9, end=11, text="14"):
    return Edit(Location("a.c", line, start, line, end), text)


@pytest.mark.parametrize("mark", [b"", codecs.BOM_UTF8], ids=["plain", "marked"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"], ids=["LF", "CRLF", "CR"])
def test_utf_8_and_line_ends_stay(mark, end):
    data = mark + TEXT.replace("\n", end).encode()
    assert applied(data, [edit()]) == mark + WANTED.replace("\n", end).encode()


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [(b"", "latin-1"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")],
)
def test_encodings_stay(mark, encoding):
    assert applied(mark + TEXT.encode(encoding), [edit()]) == mark + WANTED.encode(encoding)


def test_columns_count_characters():
    data = "/* \u00e9\u00e9 */ if (n < 34) ;".encode()
    assert applied(data, [edit(1, 18, 20)]) == "/* \u00e9\u00e9 */ if (n < 14) ;".encode()


def test_several_edits_in_any_order_and_the_same_one_twice():
    edits = [edit(4, 5, 6, "y"), edit(), edit(1, 5, 6, "b"), edit()]
    changed = applied(TEXT.encode(), edits).decode()
    assert changed == WANTED.replace("int a", "int b").replace("int z", "int y")


@pytest.mark.parametrize(
    ("data", "edits", "why"),
    [
        (TEXT.encode(), [edit(), edit(2, 10, 12)], "overlap"),
        (TEXT.encode(), [edit(9)], "not in the text"),
        (TEXT.encode(), [edit(2, 9, 90)], "not in the text"),
        (TEXT.encode("latin-1"), [edit(text="\u20ac")], "latin-1"),
        (codecs.BOM_UTF8 + b"int \xff;", [edit(1, 1, 2)], "unchanged"),
    ],
    ids=["overlapping", "no such line", "beyond the line", "not in the encoding", "not decodable"],
)
def test_what_cannot_be_made_is_refused(data, edits, why):
    with pytest.raises(NotWritable, match=why):
        applied(data, edits)


@pytest.mark.parametrize(
    "data",
    [TEXT, TEXT.rstrip("\n"), TEXT.replace("\n", "\r\n"), "\n" * 40 + TEXT, TEXT + "\n\n\f" * 40],
    ids=["short", "no newline at the end", "CRLF", "far down", "form feeds"],
)
def test_the_patch_applies(tmp_path, data):
    before = data.encode()
    line = data[: data.index("if (")].count("\n") + 1
    after = applied(before, [edit(line)])
    (tmp_path / "a.c").write_bytes(before)
    command = ["patch", "-p1", "--binary", "--posix"]
    subprocess.run(command, input=unified("a.c", before, after), cwd=tmp_path, check=True, timeout=60)
    assert (tmp_path / "a.c").read_bytes() == after


def test_changes_far_apart_are_two_hunks():
    before = b"a\n" * 30
    after = b"b\n" + b"a\n" * 28 + b"b\n"
    patch = unified("a.c", before, after)
    assert patch.startswith(b"--- a/a.c\n+++ b/a.c\n@@ -1,4 +1,4 @@\n-a\n+b\n a\n")
    assert patch.count(b"@@ -") == 2


def test_nothing_changed_is_no_patch():
    assert unified("a.c", b"a\n", b"a\n") == b""
