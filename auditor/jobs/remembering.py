"""A scan's setup comes in, keys for the cache go out: two scans with one key have one result.

A file's key covers its text and name, every header that it reaches with its text and the name it was found
by, what was not found, the platform, the user's defines, and everything that lenaudit itself consists of.
"""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from functools import cached_property, partial
from pathlib import Path
from typing import TypeVar

import msgspec

from auditor.cache import Cache
from auditor.frontend import Driver, Preparation, library_file
from auditor.frontend.includes import Facts, facts_of
from auditor.frontend.platforms import Packs
from auditor.frontend.texts import Unreadable
from auditor.jobs.part import Part
from auditor.jobs.work import Work, known
from auditor.knowledge import Knowledge, is_of, rule_ids, rules_folder
from auditor.model import RuleDoc
from auditor.packing import ALONE, pack, unpack

T = TypeVar("T")

_BYTES = 32  # of a key


class Memory:
    """What earlier scans worked out for the files and drivers of this one."""

    def __init__(self, cache: Cache, work: Work) -> None:
        self._cache, self._work = cache, work
        self._texts: dict[str, bytes] = {}  # digests of headers by path

    def knowledge(self) -> Knowledge:
        """What is known about protocols and platforms: reading it from TOML is a fifth of a warm start.

        Raises ConfigError, UsageError.
        """
        settings = self._work.shared.settings
        key = _digest([b"knowledge", self._told, _said([settings.entry_points])])
        remembered = self._unpacked(key, Knowledge)
        if remembered is not None and is_of(remembered, settings.rules_folders):
            return remembered
        knowledge = known(settings)
        self._cache.put(key, pack(knowledge))
        return knowledge

    def documents(self) -> tuple[RuleDoc, ...]:
        """What all rules say about themselves; the rules themselves are needed only to judge.

        Raises ConfigError.
        """
        key = _digest([b"documents", self._told])
        remembered = self._unpacked(key, tuple[RuleDoc, ...])
        folders = (rules_folder(), *self._work.shared.settings.rules_folders)
        if remembered is not None and {doc.id for doc in remembered} == rule_ids(folders):
            return remembered
        docs = self._work.documents()
        self._cache.put(key, pack(docs))
        return docs

    def file_key(self, path: str) -> bytes | None:
        """The key of a file's Result; None when it cannot be read, or includes what only clang can name."""
        front = self._front
        try:
            ready = front.prepare(path)
        except Unreadable:
            return None
        if ready.computed:
            return None
        reached = ready.reached
        said = [
            front.name(path), ready.pack.platform.name, _digest([ready.data]), ready.recoded,
            [(name, target.path, target.folder, target.exact) for name, target in reached.targets.items()],
            [(name, self._text(name, text), recoded) for name, (text, recoded) in reached.texts.items()],
            front.known(path), sorted(reached.missing.items()), sorted(reached.unreadable.items()),
        ]  # fmt: skip
        return _digest([b"file", self._lowering, _said(said)])

    def result(self, key: bytes | None) -> bytes | None:
        """The packed Result of that key."""
        return None if key is None else self._cache.get(key)

    def keep_result(self, key: bytes | None, packed: bytes) -> None:
        """Remember a packed Result, unless it depends on what no key covers."""
        if key is not None and packed[:1] == ALONE:
            self._cache.put(key, packed)

    def part(self, driver: Driver, keys: Sequence[bytes | None]) -> Part | None:
        """The Part of a driver whose files have these keys."""
        key = self._part_key(driver, keys)
        return None if key is None else self._unpacked(key, Part)

    def keep_part(self, driver: Driver, keys: Sequence[bytes | None], packed: bytes) -> None:
        """Remember a packed Part."""
        if (key := self._part_key(driver, keys)) is not None:
            self._cache.put(key, packed)

    def _unpacked(self, key: bytes, kind: type[T]) -> T | None:
        """What was packed under ``key``; None when there is nothing, or nothing of that ``kind``."""
        packed = self._cache.get(key)
        try:
            return None if packed is None else unpack(packed, kind)
        except ValueError:
            return None

    def _part_key(self, driver: Driver, keys: Sequence[bytes | None]) -> bytes | None:
        known = [key for key in keys if key is not None]
        if len(known) < len(keys):
            return None
        return _digest([b"driver", self._judging, driver.name.encode("utf-8", "surrogateescape"), *known])

    @cached_property
    def _front(self) -> Preparation:
        telling = Packs(self._work.knowledge.platforms).telling
        return Preparation(self._work.setup, partial(self._facts, telling))

    def _facts(self, telling: frozenset[str], data: bytes) -> Facts:
        """The facts of a text, remembered by its content: working them out takes longer than all the rest."""
        key = _digest([b"facts", self._lowering, data])
        packed = self._cache.get(key)
        if packed is not None:
            try:
                return msgspec.msgpack.decode(packed, type=Facts)
            except (msgspec.MsgspecError, UnicodeDecodeError):
                pass
        facts = facts_of(data, telling)
        with suppress(UnicodeEncodeError):  # an include whose name is not UTF-8
            self._cache.put(key, msgspec.msgpack.encode(facts))
        return facts

    def _text(self, path: str, data: bytes) -> bytes:
        if path not in self._texts:
            self._texts[path] = _digest([data])
        return self._texts[path]

    @cached_property
    def _lowering(self) -> bytes:
        """Everything but a file's own text that its IR depends on."""
        settings = self._work.shared.settings
        said = [
            self._work.shared.base,
            settings.platform,
            settings.defines,
            settings.entry_points,
            settings.prune,
        ]
        return _digest([self._told, _said(said)])

    @cached_property
    def _told(self) -> bytes:
        """What lenaudit itself is, and what the user's folders add to what it knows."""
        folders = [_contents(folder) for folder in self._work.shared.settings.rules_folders]
        return _digest([_installed(), *folders])

    @cached_property
    def _judging(self) -> bytes:
        """Everything but its files that a driver's part of the report depends on."""
        settings = self._work.shared.settings
        chosen = [settings.select, settings.ignore, settings.severities, settings.step_budget]
        return _digest([self._lowering, _said(chosen)])


def _digest(parts: Iterable[bytes]) -> bytes:
    made = hashlib.blake2b(digest_size=_BYTES)
    for part in parts:
        made.update(len(part).to_bytes(8, "big"))
        made.update(part)
    return made.digest()


def _said(values: Sequence[object]) -> bytes:
    """Plain values as bytes, also text that is not UTF-8."""
    return repr(values).encode("utf-8", "backslashreplace")


def _installed() -> bytes:
    """What is installed: every file of lenaudit by name, size and time, clang's library, and Python."""
    package, library = Path(__file__).resolve().parent.parent, library_file()
    stamps = [*_stamps(str(package)), *_stamps(str(rules_folder())), _stamp(str(library), library.stat())]
    return _digest([_said(stamps), sys.version.encode()])


def _stamps(folder: str) -> Iterator[tuple[str, int, int]]:
    """Of every file, in the order of their names; a warm scan has little else to do."""
    with os.scandir(folder) as entries:
        found = sorted(entries, key=lambda entry: entry.name)
    for entry in found:
        if not entry.is_dir(follow_symlinks=False):
            yield _stamp(entry.path, entry.stat())
        elif entry.name != "__pycache__":
            yield from _stamps(entry.path)


def _stamp(file: str, status: os.stat_result) -> tuple[str, int, int]:
    return file, status.st_size, status.st_mtime_ns


def _contents(folder: Path) -> bytes:
    """The user's rules and platforms: every file by name and content; byte code of theirs is not executed."""
    files = sorted(file for file in folder.rglob("*") if file.is_file() and file.parent.name != "__pycache__")
    return _digest(part for file in files for part in (str(file).encode(), file.read_bytes()))
