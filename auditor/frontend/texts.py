"""Source bytes: a path comes in, the bytes clang reads and their lines and columns go out."""

# Paths are text throughout the front end: clang gives and takes them so:
# ruff: noqa: PTH116, PTH123

from __future__ import annotations

import os
import re
import stat
from bisect import bisect_right
from collections.abc import Iterable
from functools import cached_property
from itertools import accumulate

from auditor.frontend.macros import Definitions
from auditor.model.sources import BOMS, decode

SIZE_LIMIT = 8 * 1024 * 1024
"""Bytes; larger sources are generated tables, and clang would need gigabytes for them."""

MOST_KEPT = 4 * 2**20
"""Bytes of headers that are kept for the next file: twice those of any driver of Linux, not those of all."""

_TOKEN = re.compile(rb"\.?\d(?:[\w.]|(?<=[eEpP])[+-])*|[A-Za-z_]\w*", re.ASCII)
_WORD = re.compile(rb"[A-Za-z_]\w*", re.ASCII)
_WORD_AT_END = re.compile(rb"([A-Za-z_]\w*)[ \t]*\Z", re.ASCII)
_BRACKET = re.compile(rb"[()]")
_USE_LIMIT = 5_000  # bytes of a macro's arguments
_UTF8_MARK = b"\xef\xbb\xbf"
_BINARY_SHARE = 20  # a text may hold stray NUL bytes, but not one in twenty


class Unreadable(Exception):
    """A file that cannot be analysed as source; ``args[0]`` says why, as the end of a sentence."""


def read_source(path: str) -> tuple[bytes, bool]:
    """The bytes of a source file as clang must see them, and whether they differ from the disk's.

    UTF-16 (with its byte-order mark) becomes UTF-8, which is all that clang reads. Raises Unreadable for
    anything but a regular text file of at most SIZE_LIMIT bytes; never blocks on a FIFO or device.
    """
    try:
        status = os.stat(path)
        if not stat.S_ISREG(status.st_mode):
            raise Unreadable("is not a regular file")
        if status.st_size > SIZE_LIMIT:
            raise Unreadable(f"is larger than {SIZE_LIMIT // 2**20} MB")
        with open(path, "rb") as file:
            data = file.read(SIZE_LIMIT + 1)
    except OSError as error:
        raise Unreadable(f"cannot be read: {error.strerror}") from error
    if _is_utf16(data):
        return decode(data).encode("utf-8"), True
    if data[:8192].count(0) * _BINARY_SHARE > len(data[:8192]):
        raise Unreadable("is a binary file")
    return data, False


class Reader:
    """``read_source``, but for patched files, whose bytes come from memory and differ from the disk's."""

    def __init__(self, patched: Iterable[tuple[str, bytes]] = ()) -> None:
        self._patched = dict(patched)

    def __call__(self, path: str) -> tuple[bytes, bool]:
        """What ``read_source`` gives, and raises."""
        data = self._patched.get(path)
        if data is None:
            return read_source(path)
        return (decode(data).encode("utf-8") if _is_utf16(data) else data), True


def _is_utf16(data: bytes) -> bool:
    return data.startswith(tuple(mark for mark, name in BOMS if name != "utf-8"))


class SourceText:
    """One file as clang reads it; ``name`` is a Location's for it, ``tree`` tells scanned source."""

    def __init__(self, name: str, data: bytes, *, tree: bool) -> None:
        self.name, self.data, self.tree = name, data, tree

    @cached_property
    def starts(self) -> list[int]:
        """Offsets of the first byte of each line."""
        starts = [0, *accumulate(map(len, self.data.splitlines(keepends=True)))]
        if self.data and not self.data.endswith((b"\n", b"\r")):
            starts.pop()  # behind the last line
        return starts

    @cached_property
    def definitions(self) -> Definitions:
        """The macros this file defines."""
        return Definitions(self.data)

    @cached_property
    def narrow(self) -> bool:
        """Whether every character takes one byte (text that is not UTF-8 counts as Latin-1)."""
        if self.data.isascii():
            return True
        try:
            self.data.decode("utf-8")
        except UnicodeDecodeError:
            return True
        return False

    @cached_property
    def chooses(self) -> bool:
        """Whether code of this file can use ``__builtin_choose_expr``."""
        return b"__builtin_choose_expr" in self.data

    def place(self, offset: int) -> tuple[int, int]:
        """Line and column, both from 1, columns in characters, of the byte at ``offset``."""
        line = bisect_right(self.starts, offset)
        start = self.starts[line - 1]
        if self.narrow:
            return line, offset - start + 1
        before = self.data[start:offset]
        if line == 1 and before.startswith(_UTF8_MARK):
            before = before[len(_UTF8_MARK) :]
        return line, len(before.decode("utf-8", "replace")) + 1

    def token(self, offset: int) -> str:
        """The word or number that starts at a byte offset, "" when none does."""
        match = _TOKEN.match(self.data, offset)
        return match[0].decode() if match else ""

    def word_before(self, offset: int) -> str:
        """The word that ends at a byte offset, blanks aside; "" when none does."""
        match = _WORD_AT_END.search(self.data, max(0, offset - 100), offset)
        return match[1].decode() if match else ""

    def behind_use(self, offset: int) -> int:
        """The offset behind the macro use that starts at ``offset``; itself when no word starts there."""
        data = self.data
        word = _WORD.match(data, offset)
        if word is None or _WORD.match(data, offset - 1 if offset else 0, offset):
            return offset
        depth, end = 0, word.end()
        for match in _BRACKET.finditer(data, end, end + _USE_LIMIT):
            if depth == 0 and (match[0] != b"(" or data[end : match.start()].strip()):
                break
            depth += 1 if match[0] == b"(" else -1
            if depth == 0:
                return match.end()
        return word.end()

    def text(self, begin: int, end: int) -> str:
        """The text between two byte offsets."""
        return decode(self.data[begin:end])
