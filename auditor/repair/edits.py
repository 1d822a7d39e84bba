"""A file's bytes and edits in, its bytes with the edits out; and the difference as a patch.

Encoding, byte-order mark and line ends stay as they are: only the edited characters change.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from auditor.model import Edit, LenauditError, Location, decode
from auditor.model.sources import BOMS, LINE_END

LINE = re.compile(rb"[^\n]*\n|[^\n]+")
CONTEXT = 3  # unchanged lines around a change, as diff -u has them
NO_NEWLINE = b"\n\\ No newline at end of file\n"


class NotWritable(LenauditError):
    """Edits that cannot be made: out of the text, on top of each other, or not in the file's encoding."""


def applied(data: bytes, edits: Iterable[Edit]) -> bytes:
    """``data`` with every edit made. Raises NotWritable."""
    mark, encoding = _encoding(data)
    text = decode(data)
    if mark + text.encode(encoding, "replace") != data:
        raise NotWritable("the file's text cannot be written back unchanged")
    pieces, done = [], 0
    for start, end, new in sorted(_places(text, edits)):
        if start < done:
            raise NotWritable("two changes overlap")
        pieces += [text[done:start], new]
        done = end
    changed = "".join((*pieces, text[done:]))
    try:
        return mark + changed.encode(encoding)
    except UnicodeEncodeError as error:
        raise NotWritable(f"the change cannot be written in {encoding}") from error


def unified(file: str, before: bytes, after: bytes) -> bytes:
    """The difference as ``git apply`` and ``patch -p1`` take it; ``file`` with ``/`` separators.

    Edits stay within their lines, so both sides have equally many and no lines need to be matched.
    """
    old, new = _lines(before), _lines(after)
    changed = [number for number, both in enumerate(zip(old, new, strict=True)) if both[0] != both[1]]
    name = file.encode("utf-8", "surrogateescape")
    hunks = [_hunk(old, new, first, last) for first, last in _hunks(changed, len(old))]
    return b"--- a/%s\n+++ b/%s\n%s" % (name, name, b"".join(hunks)) if hunks else b""


def _hunks(changed: list[int], total: int) -> list[tuple[int, int]]:
    """Ranges of lines, the end exclusive, that show every changed line with what stands around it."""
    ranges: list[tuple[int, int]] = []
    for number in changed:
        first, last = max(0, number - CONTEXT), min(total, number + CONTEXT + 1)
        if ranges and first <= ranges[-1][1]:
            first = ranges.pop()[0]
        ranges.append((first, last))
    return ranges


def _hunk(old: list[bytes], new: list[bytes], first: int, last: int) -> bytes:
    said = [b"@@ -%d,%d +%d,%d @@\n" % (first + 1, last - first, first + 1, last - first)]
    removed: list[bytes] = []
    added: list[bytes] = []
    for before, after in zip(old[first:last], new[first:last], strict=True):
        if before != after:
            removed.append(b"-" + before)
            added.append(b"+" + after)
            continue
        said += [*removed, *added, b" " + before]
        removed, added = [], []
    lines = (*said, *removed, *added)
    return b"".join(line if line.endswith(b"\n") else line + NO_NEWLINE for line in lines)


def _lines(data: bytes) -> list[bytes]:
    """Lines as diff counts them: they end at LF alone."""
    return LINE.findall(data)


def _encoding(data: bytes) -> tuple[bytes, str]:
    """The byte-order mark and the encoding that ``decode`` reads ``data`` with."""
    for mark, encoding in BOMS:
        if data.startswith(mark):
            return mark, encoding
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return b"", "latin-1"
    return b"", "utf-8"


def _places(text: str, edits: Iterable[Edit]) -> Iterator[tuple[int, int, str]]:
    """Where each edit starts and ends in ``text``, and what comes there."""
    starts = [0, *(match.end() for match in LINE_END.finditer(text)), len(text) + 1]
    for edit in dict.fromkeys(edits):
        at = edit.at
        start, end = _offset(starts, at.line, at.column), _offset(starts, at.end_line, at.end_column)
        if start is None or end is None or not start <= end <= len(text):
            raise NotWritable(f"{_said(at)} is not in the text")
        yield start, end, edit.text


def _offset(starts: list[int], line: int, column: int) -> int | None:
    if not 0 < line < len(starts) or column < 1:
        return None
    offset = starts[line - 1] + column - 1
    return offset if offset < starts[line] else None


def _said(at: Location) -> str:
    return f"{at} to {at.end_line}:{at.end_column}"
