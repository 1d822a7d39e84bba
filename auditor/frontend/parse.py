"""Parse one file with libclang: a path, arguments and in-memory files come in, a Unit goes out.

What clang does not know is stubbed and the file parsed again, at most ROUNDS times.
"""

from __future__ import annotations

import ctypes
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

import msgspec

from auditor.frontend.complaints import Complaint
from auditor.frontend.headers import ROOT, STUBS
from auditor.frontend.includes import Directive
from auditor.frontend.libclang import (
    DETAILED_PREPROCESSING,
    KEEP_GOING,
    Cursor,
    InclusionVisitor,
    Library,
    UnsavedFile,
    library,
    parse_on_this_stack,
)
from auditor.frontend.positions import Positions, Texts
from auditor.frontend.stubs import Stubs, learn

ROUNDS = 2
"""Of 200 files of Linux' network drivers 197 need one round and 18 a second; these take 6 and 1 % of a file's
time. Without the second one comparison is lost, without either 1,104 of 8,588. A precompiled preamble makes
both dearer: stubs stand before all headers, so that none of it can be used again."""

_OPTIONS = DETAILED_PREPROCESSING | KEEP_GOING
_ERROR = 3
_COMPLAINT_LIMIT = 5000
_UNFOUND = re.compile(r"'(.*)' file not found", re.DOTALL)


class Unparsable(Exception):
    """clang gave no translation unit at all."""


class Unit(msgspec.Struct, frozen=True, eq=False):
    """A parsed file; ``root`` is its cursor, ``complaints`` those that remained, ``read`` files on disk."""

    lib: Library
    handle: int
    root: Cursor
    path: str
    positions: Positions
    stubs: Stubs
    complaints: tuple[Complaint, ...]
    served: Mapping[str, bytes]
    read: frozenset[str]

    def files(self) -> frozenset[str]:
        """Every file on disk that clang read, by the name under which it found it, without ``..``."""
        return frozenset(map(os.path.normpath, self.read))

    def unfound(self) -> Iterator[tuple[Directive, str]]:
        """The includes that led clang nowhere, and the name (a Location's) of the file that each stands in.

        What a macro names counts as named in quotes.
        """
        for complaint in self.complaints:
            if unfound := _UNFOUND.fullmatch(complaint.message):
                angled = complaint.data.startswith(b"<", complaint.offset)
                yield Directive(unfound[1], not angled), complaint.name


@contextmanager
def parsed(path: str, arguments: Sequence[str], served: Mapping[str, bytes], texts: Texts) -> Iterator[Unit]:
    """The unit of ``path``, valid inside the ``with``. Raises Unparsable.

    ``served`` are the in-memory files by absolute name.
    """
    lib = library()
    parse_on_this_stack()
    index = lib.createIndex(0, 0)
    attempt = _Attempt(lib, index, path, dict(served), texts)
    try:
        attempt.parse(arguments)
        yield attempt.unit()
    finally:
        attempt.close()
        lib.disposeIndex(index)


class _Attempt:
    """One file's parse and its repetitions."""

    def __init__(self, lib: Library, index: int, path: str, served: dict[str, bytes], texts: Texts) -> None:
        self.lib, self.index, self.path, self.served, self.texts = lib, index, path, served, texts
        self.handle: int | None = None
        self.stubs = Stubs()
        self.complaints: tuple[Complaint, ...] = ()

    def parse(self, arguments: Sequence[str]) -> None:
        encoded = [argument.encode("utf-8", "surrogateescape") for argument in arguments]
        words = (ctypes.c_char_p * len(encoded))(*encoded)
        unit = ctypes.c_void_p()
        files, count = self._files()
        path, pointer = self.path.encode("utf-8", "surrogateescape"), ctypes.byref(unit)
        failed = self.lib.parseTranslationUnit2(
            self.index, path, words, len(encoded), files, count, _OPTIONS, pointer
        )
        if failed or not unit.value:
            raise Unparsable(f"clang could not parse it (code {failed})")
        self.handle = unit.value
        for number in range(ROUNDS + 1):
            self.complaints = tuple(self._complaints())
            new = learn(self.complaints, self.stubs) if number < ROUNDS else Stubs()
            if new == Stubs():
                return
            self.stubs = self.stubs.plus(new)
            self._parse_again()

    def _parse_again(self) -> None:
        files, count = self._files()
        if self.lib.reparseTranslationUnit(self.handle, count, files, 0):
            raise Unparsable("clang could not parse it again with stubs")

    def _read(self) -> frozenset[str]:
        found: set[str] = set()

        def note(file: int, stack: object, depth: int, data: object) -> None:
            name = self.lib.text(self.lib.getFileName(file))
            if not name.startswith(f"{ROOT}/"):
                found.add(name)

        self.lib.getInclusions(self.handle, InclusionVisitor(note), None)
        return frozenset(found)

    def _files(self) -> tuple[ctypes.Array[UnsavedFile], int]:
        self.served[STUBS] = self.stubs.text()
        files = [
            UnsavedFile(name.encode("utf-8", "surrogateescape"), data, len(data))
            for name, data in self.served.items()
        ]
        return (UnsavedFile * len(files))(*files), len(files)

    def _complaints(self) -> Iterator[Complaint]:
        """Clang's errors with the text they point at."""
        lib, positions = self.lib, Positions(self.lib, self.handle, self.texts, self.served)
        for number in range(min(lib.getNumDiagnostics(self.handle), _COMPLAINT_LIMIT)):
            diagnostic = lib.getDiagnostic(self.handle, number)
            if lib.getDiagnosticSeverity(diagnostic) >= _ERROR:
                place = lib.getDiagnosticLocation(diagnostic)
                positions.within(place)
                text, offset = positions.spot(place.raw)
                yield Complaint(lib.text(lib.getDiagnosticSpelling(diagnostic)), text.data, offset, text.name)
            lib.disposeDiagnostic(diagnostic)

    def unit(self) -> Unit:
        positions = Positions(self.lib, self.handle, self.texts, self.served)
        root = self.lib.getTranslationUnitCursor(self.handle)
        assert self.handle is not None
        positions.within(self.lib.getCursorExtent(root))
        return Unit(
            self.lib,
            self.handle,
            root,
            self.path,
            positions,
            self.stubs,
            self.complaints,
            self.served,
            self._read(),
        )

    def close(self) -> None:
        if self.handle is not None:
            self.lib.disposeTranslationUnit(self.handle)
            self.handle = None
