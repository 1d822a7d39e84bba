"""Places in one translation unit: clang's raw location numbers come in, files, offsets and Locations go out.

clang numbers all bytes of all files of a unit consecutively. Once one place of a file has been asked
for, every other place of that file is arithmetic; only places inside macro expansions need a call each.
"""

from __future__ import annotations

import ctypes
import os
from bisect import bisect_right
from collections.abc import Callable, Mapping

from auditor.frontend.headers import ROOT, STUBS
from auditor.frontend.libclang import Library, RawLocation, RawRange, Token
from auditor.frontend.texts import MOST_KEPT, SourceText, Unreadable, read_source
from auditor.model import NOWHERE, Location, written

IN_MACRO = 0x8000_0000
MODEL_FILE = "<model>"
Spot = tuple[SourceText, int]
"""A file and a byte offset in it."""
Region = tuple[int, int, SourceText]
"""The raw numbers of a file's first byte and of its end, and the file."""

_NO_TEXT = SourceText("", b"", tree=False)


class Texts:
    """The texts of one scan by absolute path; in-memory files take precedence.

    Headers are read once for the files that follow each other, until they are many.
    """

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

    def rest(self) -> None:
        """Between two units: let go of what was made for one, and of what has become too much."""
        for key in [key for key in self._memory if key[0] == STUBS or not key[0].startswith(ROOT)]:
            del self._memory[key]
        if sum(len(text.data) for text in self._disk.values()) > MOST_KEPT:
            self._disk.clear()

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
        self._firsts: list[int] = []  # of the regions, in order
        self._regions: list[Region] = []
        self._last: Region = (1, 0, _NO_TEXT)
        self._plain: tuple[int, int, str, list[int]] = (1, 0, "", [])  # a region's file: its name, its lines
        self._files: dict[int | None, SourceText] = {None: _NO_TEXT}
        self._locations: dict[tuple[SourceText, int, int], Location] = {}
        self._expanded: dict[int, Spot] = {}
        self._spelled: dict[int, Spot] = {}
        self._behind: dict[Spot, int] = {}  # where the use of a macro ends that starts there
        self._range, self._place = RawRange(), RawLocation()  # what is asked for, made once
        self._lexed = ctypes.byref(self._tokens), ctypes.byref(self._count)
        self._file, self._offset = ctypes.c_void_p(), ctypes.c_uint()
        self._refs = (ctypes.byref(self._file), None, None, ctypes.byref(self._offset))

    def forget(self) -> None:
        """Between two declarations: let go of the places in macros, which no other one shares."""
        for known in (self._locations, self._expanded, self._spelled, self._behind):
            known.clear()

    def spot(self, raw: int) -> Spot:
        """The file and offset where the reader sees it: of the use, for code that a macro's body spells."""
        first, last, text = self._last
        if first <= raw <= last:
            return text, raw - first
        if raw >= IN_MACRO:
            if (known := self._expanded.get(raw)) is None:
                known = self._expanded[raw] = self._ask(raw)
            return known
        self._last = first, _, text = self._region(raw)
        return text, raw - first

    def _region(self, raw: int) -> Region:
        """The file that ``raw`` is a place of, outside macros."""
        index = bisect_right(self._firsts, raw)
        if index and raw <= (region := self._regions[index - 1])[1]:
            return region
        text, offset = self._ask(raw)
        region = raw - offset, raw - offset + len(text.data), text
        if text is not _NO_TEXT:
            self._firsts.insert(index, region[0])
            self._regions.insert(index, region)
        return region

    def end_spot(self, raw: int) -> Spot:
        """As ``spot``, for the end of a range: inside a macro's argument, behind the macro that ends there.

        clang then names the place where that macro's use begins.
        """
        text, offset = self.spot(raw)
        if raw < IN_MACRO:
            return text, offset
        return text, self.behind_use(text, offset)

    def behind_use(self, text: SourceText, offset: int) -> int:
        """As the text's; one use of a macro is asked about by all nodes that come of it."""
        if (known := self._behind.get((text, offset))) is None:
            known = self._behind[text, offset] = text.behind_use(offset)
        return known

    def use(self, raw: int) -> Spot:
        """The file and offset of the outermost macro's use that ``raw`` comes from, from an argument too."""
        return self._ask(raw, self._lib.getExpansionLocation)

    def spelled(self, raw: int) -> Spot:
        """The file and offset where it is written: in the #define, for code that a macro's body spells."""
        if raw < IN_MACRO:
            return self.spot(raw)
        if (known := self._spelled.get(raw)) is None:
            known = self._spelled[raw] = self._tokenized(raw)
        return known

    def argument(self, begin: int, end: int) -> None:
        """Note that the range is one token of a macro's argument, written where the reader sees it."""
        text, offset = self._spelled[begin] = self.spot(begin)
        self._expanded[end] = text, offset + end - begin

    def location(self, extent: RawRange) -> Location:
        """The Location of a range, as the reader sees it."""
        return self.between(extent.begin, extent.end)

    def between(self, begin: int, end: int) -> Location:
        """The Location of a range from its raw numbers."""
        first, last, name, starts = self._plain
        if not first <= begin < end <= last:
            text = self.spot(begin)[0]
            if begin >= IN_MACRO or end >= IN_MACRO or not (text.narrow and text.tree):
                return self._location(begin, end)
            first, last, _ = self._last
            if not begin < end <= last:
                return self._location(begin, end)
            self._plain = first, last, name, starts = first, last, text.name, text.starts
        begin, end = begin - first, end - first
        line = bisect_right(starts, begin)
        start = starts[line - 1]
        if line == len(starts) or end < starts[line]:
            return Location(name, line, begin - start + 1, line, end - start + 1)
        last_line = bisect_right(starts, end)
        return Location(name, line, begin - start + 1, last_line, end - starts[last_line - 1] + 1)

    def _location(self, raw_begin: int, raw_end: int) -> Location:
        """As ``between``, for places of any kind: in macros, in model headers, beside wide characters."""
        text, begin = self.spot(raw_begin)
        if text is _NO_TEXT:
            return NOWHERE
        same, end = self.end_spot(raw_end) if text.tree else (text, begin)
        key = text, begin, end if same is text else begin
        known = self._locations.get(key)
        if known is None:
            known = self._locations[key] = _placed(*key)
        return known

    def within(self, unit: RawRange | RawLocation) -> None:
        """Learn the unit's own pointers from any range or location of it."""
        for asked in (self._range, self._place):
            asked.p0, asked.p1 = unit.p0, unit.p1

    def _tokenized(self, raw: int) -> Spot:
        """Where the token at ``raw`` is written: asked of the lexer, which looks there.

        libclang's getSpellingLocation does not (it answers as getFileLocation does).
        """
        asked, tokens, count = self._range, self._tokens, self._count
        asked.begin = asked.end = raw
        self._lib.tokenize(self._handle, asked, *self._lexed)
        if not count.value:
            return _NO_TEXT, 0
        place = tokens[0].raw
        self._lib.disposeTokens(self._handle, tokens, count)
        first, _, text = self._region(place)
        return text, place - first

    def _ask(self, raw: int, ask: Callable[..., None] | None = None) -> Spot:
        file, offset = self._file, self._offset
        self._place.raw = raw
        (ask or self._lib.getFileLocation)(self._place, *self._refs)
        handle = file.value
        if handle not in self._files:
            name = self._lib.text(self._lib.getFileName(file))
            self._files[handle] = self._texts.get(name, self._served)
        return self._files[handle], offset.value


def _placed(text: SourceText, begin: int, end: int) -> Location:
    """The Location from one offset to the other; only its begin when a model header is the text."""
    line, column = text.place(begin)
    if not text.tree:
        return Location(text.name, line, column)
    if end <= begin:
        return Location(text.name, line, column, line, column)
    return Location(text.name, line, column, *text.place(end))
