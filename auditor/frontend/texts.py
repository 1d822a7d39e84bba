"""Source bytes: a path comes in, the bytes clang reads and their lines and columns go out."""

from __future__ import annotations

import os
import re
import stat
from bisect import bisect_right
from functools import cached_property

from auditor.frontend.macros import Definitions
from auditor.model.sources import BOMS, decode

SIZE_LIMIT = 8 * 1024 * 1024
"""Bytes; larger sources are generated tables, and clang would need gigabytes for them."""

_LINE_END = re.compile(rb"\r\n|\n|\r")
_TOKEN = re.compile(rb"\.?\d(?:[\w.]|(?<=[eEpP])[+-])*|[A-Za-z_]\w*", re.ASCII)
_UTF8_MARK = b"\xef\xbb\xbf"
_BINARY_SHARE = 20  # a text may hold stray NUL bytes, but not one in twenty


class Unreadable(Exception):
    """A file that cannot be analysed as source; ``args[0]`` says why, as the end of a sentence."""


def read_source(path: str) -> tuple[bytes, bool]:
    """The bytes of a source file as clang must see them, and whether they differ from the disk's.

    UTF-16 (with its byte-order mark) becomes UTF-8, which is all that clang reads. Raises Unreadable for anything but a
    regular text file of at most SIZE_LIMIT bytes; never blocks on a FIFO or device.
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
    if data.startswith(tuple(mark for mark, name in BOMS if name != "utf-8")):
        return decode(data).encode("utf-8"), True
    if data[:8192].count(0) * _BINARY_SHARE > len(data[:8192]):
        raise Unreadable("is a binary file")
    return data, False


class SourceText:
    """One file as clang reads it. ``name`` is what a Location calls it; ``tree`` when it is scanned source."""

    def __init__(self, name: str, data: bytes, *, tree: bool) -> None:
        self.name, self.data, self.tree = name, data, tree

    @cached_property
    def starts(self) -> list[int]:
        """Offsets of the first byte of each line."""
        return [0, *(match.end() for match in _LINE_END.finditer(self.data))]

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

    def text(self, begin: int, end: int) -> str:
        """The text between two byte offsets."""
        return decode(self.data[begin:end])
