"""The text of scanned files, read lazily and decoded once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache, partial
from pathlib import Path

BOMS = ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"), (b"\xef\xbb\xbf", "utf-8"))


_ACTING = re.compile("[\x00-\x08\x0a-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
LINE_END = re.compile(r"\r\n|\r|\n")  # what a C compiler counts; str.splitlines also splits at form feeds


def decode(data: bytes) -> str:
    """Text of a source file: UTF-8, UTF-16 with a byte-order mark, else Latin-1 (which cannot fail)."""
    for mark, encoding in BOMS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, errors="replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("latin-1")


def visible(text: str) -> str:
    """``text`` with a picture in place of each character that a terminal would act on, so that columns stay.

    These are the controls (a tab stays, a line end does not) and the marks that turn the direction of text.
    """
    return _ACTING.sub(_picture, text)


def _picture(found: re.Match[str]) -> str:
    code = ord(found[0])
    return chr(0x2400 + code) if code < 0x20 else "\u2421" if code == 0x7F else "\ufffd"


def written(name: str) -> str:
    """A file's name as locations have it: what is not UTF-8, and what a terminal would act on, as pictures.

    Such a file can still be analysed, but its lines cannot be shown. ``<`` alone begins the names of files
    that are none.
    """
    plain = visible(name.encode("utf-8", "surrogateescape").decode("utf-8", "replace"))
    return f"./{plain}" if plain.startswith("<") else plain


class Sources:
    """Lines of the files below ``base``; a file that cannot be read has no lines.

    ``patched`` are bytes that stand for those on disk, by absolute path.
    """

    def __init__(self, base: str, patched: Iterable[tuple[str, bytes]] = ()) -> None:
        self.base = base
        self._patched = dict(patched)
        self._lines = lru_cache(maxsize=512)(partial(_lines, base, self._patched))

    @property
    def root(self) -> Path:
        """The base folder."""
        return Path(self.base)

    def text(self, file: str) -> str:
        """The whole text of ``file`` (relative to the base folder), line ends as they are."""
        return decode(self.data(file))

    def data(self, file: str) -> bytes:
        """The bytes of ``file``, patched where somebody patched them; none when it cannot be read."""
        return _data(self.base, self._patched, file)

    def lines(self, file: str) -> tuple[str, ...]:
        """All lines of ``file`` (relative to the base folder), without line ends."""
        return self._lines(file)

    def line(self, file: str, number: int) -> str:
        """Line ``number`` (from 1) of ``file``, or an empty string."""
        lines = self.lines(file)
        return lines[number - 1] if 0 < number <= len(lines) else ""


def _lines(base: str, patched: Mapping[str, bytes], file: str) -> tuple[str, ...]:
    lines = LINE_END.split(decode(_data(base, patched, file)))
    return tuple(lines if lines[-1] else lines[:-1])


def _data(base: str, patched: Mapping[str, bytes], file: str) -> bytes:
    path = Path(base) / file
    try:
        return patched.get(str(path)) or path.read_bytes()
    except (OSError, ValueError):  # the second for what can be no name
        return b""
