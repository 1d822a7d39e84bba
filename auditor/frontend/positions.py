"""Places in one translation unit: clang's raw location numbers come in, files, offsets and Locations go out.

clang numbers all bytes of all files of a unit consecutively. Once one place of a file has been asked
for, every other place of that file is arithmetic; only places inside macro expansions need a call each.
"""

from __future__ import annotations

import ctypes
import os
from bisect import bisect_right, insort
from collections.abc import Mapping

from auditor.frontend.headers import ROOT
from auditor.frontend.libclang import Library, RawLocation, RawRange, Token
from auditor.frontend.texts import SourceText, Unreadable, read_source
from auditor.model import NOWHERE, Location, written

IN_MACRO = 0x8000_0000
MODEL_FILE = "<model>"
Spot = tuple[SourceText, int]
"""A file and a byte offset in it."""

_NO_TEXT = SourceText("", b"", tree=False)


class Texts:
    """The texts of one scan by absolute path, read once; in-memory files take precedence."""

    def __init__(self, base: str) -> None:
        self.base = base
        self._disk: dict[str, SourceText] = {}
        self._memory: dict[tuple[str, bytes], SourceText] = {}

    def get(self, path: str, served: Mapping[str, bytes]) -> SourceText:
        """The text clang read under ``path``."""
        if (data := served.get(path)) is not None:
            key = (path, data)
            if key not in self._memory:
                self._memory[key] = SourceText(self._name(path), data, tree=not path.startswith(ROOT))
            return self._memory[key]
        path = os.path.normpath(path)
        if path not in self._disk:
            self._disk[path] = self._read(path)
        return self._disk[path]

    def provide(self, path: str, data: bytes) -> None:
        """Take the bytes that somebody has read already."""
        if path not in self._disk:
            self._disk[path] = self._made(path, data)

    def forget(self, path: str) -> None:
        """Drop a text that no other unit is likely to need."""
        self._disk.pop(path, None)

    def _read(self, path: str) -> SourceText:
        try:
            data = read_source(path)[0]
        except Unreadable:
            data = b""
        return self._made(path, data)

    def _made(self, path: str, data: bytes) -> SourceText:
        return SourceText(self._name(path), data, tree=path.startswith(self.base.rstrip(os.sep) + os.sep))

    def _name(self, path: str) -> str:
        if path.startswith(ROOT):
            return MODEL_FILE
        return written(os.path.relpath(path, self.base).replace(os.sep, "/"))


class Positions:
    """Places of one parsed unit; dies with it."""

    def __init__(self, lib: Library, handle: int | None, texts: Texts, served: Mapping[str, bytes]) -> None:
        self._lib, self._handle, self._texts, self._served = lib, handle, texts, served
        self._tokens, self._count = ctypes.POINTER(Token)(), ctypes.c_uint()
        self._regions: list[tuple[int, int, SourceText]] = []  # first raw number, last, file
        self._last: tuple[int, int, SourceText] = (1, 0, _NO_TEXT)
        self._files: dict[int | None, SourceText] = {None: _NO_TEXT}
        self._locations: dict[tuple[int, int], Location] = {}
        self._expanded: dict[int, Spot] = {}
        self._spelled: dict[int, Spot] = {}
        self._unit: tuple[int | None, int | None] = (None, None)
        self._file, self._offset = ctypes.c_void_p(), ctypes.c_uint()
        self._refs = (ctypes.byref(self._file), None, None, ctypes.byref(self._offset))

    def spot(self, raw: int) -> Spot:
        """The file and offset where the reader sees it: of the use, for code that a macro's body spells."""
        first, last, text = self._last
        if first <= raw <= last:
            return text, raw - first
        if raw >= IN_MACRO:
            if (known := self._expanded.get(raw)) is None:
                known = self._expanded[raw] = self._ask(raw)
            return known
        index = bisect_right(self._regions, raw, key=lambda region: region[0]) - 1
        if index >= 0 and raw <= self._regions[index][1]:
            self._last = self._regions[index]
            return self._last[2], raw - self._last[0]
        text, offset = self._ask(raw)
        if text is not _NO_TEXT:
            self._last = (raw - offset, raw - offset + len(text.data), text)
            insort(self._regions, self._last, key=lambda region: region[0])
        return text, offset

    def end_spot(self, raw: int) -> Spot:
        """As ``spot``, for the end of a range: inside a macro's argument, behind the macro that ends there.

        clang then names the place where that macro's use begins.
        """
        text, offset = self.spot(raw)
        if raw < IN_MACRO:
            return text, offset
        return text, text.behind_use(offset)

    def spelled(self, raw: int) -> Spot:
        """The file and offset where it is written: in the #define, for code that a macro's body spells."""
        if raw < IN_MACRO:
            return self.spot(raw)
        if (known := self._spelled.get(raw)) is None:
            known = self._spelled[raw] = self._tokenized(raw)
        return known

    def location(self, extent: RawRange) -> Location:
        """The Location of a range, as the reader sees it."""
        key = extent.begin, extent.end
        known = self._locations.get(key)
        if known is None:
            known = self._locations[key] = self._location(*key)
        return known

    def _location(self, raw_begin: int, raw_end: int) -> Location:
        first, last, text = self._last
        if first <= raw_begin < raw_end <= last and text.narrow and text.tree:  # by far the most
            starts = text.starts
            begin, end = raw_begin - first, raw_end - first
            line = bisect_right(starts, begin)
            column = begin - starts[line - 1] + 1
            if line == len(starts) or end < starts[line]:
                return Location(text.name, line, column, line, column + end - begin)
            last_line = bisect_right(starts, end)
            return Location(text.name, line, column, last_line, end - starts[last_line - 1] + 1)
        text, begin = self.spot(raw_begin)
        if text is _NO_TEXT:
            return NOWHERE
        line, column = text.place(begin)
        if not text.tree:
            return Location(text.name, line, column)
        same, end = self.end_spot(raw_end)
        if same is not text or end <= begin:
            return Location(text.name, line, column, line, column)
        return Location(text.name, line, column, *text.place(end))

    def within(self, unit: RawRange | RawLocation) -> None:
        """Learn the unit's own pointers from any range or location of it."""
        self._unit = (unit.p0, unit.p1)

    def _tokenized(self, raw: int) -> Spot:
        """Where the token at ``raw`` is written: asked of the lexer, which looks there.

        libclang's getSpellingLocation does not (it answers as getFileLocation does).
        """
        lib, tokens, count = self._lib, self._tokens, self._count
        lib.tokenize(self._handle, RawRange(*self._unit, raw, raw), ctypes.byref(tokens), ctypes.byref(count))
        if not count.value:
            return _NO_TEXT, 0
        place = tokens[0].raw
        lib.disposeTokens(self._handle, tokens, count)
        return self.spot(place)

    def _ask(self, raw: int) -> Spot:
        file, offset = self._file, self._offset
        self._lib.getFileLocation(RawLocation(*self._unit, raw), *self._refs)
        handle = file.value
        if handle not in self._files:
            name = self._lib.text(self._lib.getFileName(file))
            self._files[handle] = self._texts.get(name, self._served)
        return self._files[handle], offset.value
