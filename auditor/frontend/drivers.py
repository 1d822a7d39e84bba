"""Discovered sources come in, drivers go out: the groups of files that are linked and judged together.

A driver is a folder with everything below it as long as that is small; of a larger one each subfolder stands
for itself, and so do the files that lie in the folder directly. Only names and sizes decide, so that every
machine that works on a tree forms the same drivers before anything is parsed.
"""

# A tree may hold 100,000 files, and Path objects would cost more than the grouping:
# ruff: noqa: PTH202, PTH206

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from pathlib import Path

import msgspec

from auditor.frontend.discover import Found

MOST_FILES = 100
"""C files of a driver with subfolders; all but a few of Linux' network drivers are smaller."""

MOST_BYTES = 2_000_000
"""Their bytes: linked IR takes about 70 times its source, and a worker shall stay near 200 MB."""


class Driver(msgspec.Struct, frozen=True):
    """Sources by absolute path, in order, and their sizes; ``name`` is their folder relative to the base."""

    name: str
    sources: tuple[str, ...]
    sizes: tuple[int, ...]

    @property
    def bytes(self) -> int:
        """All their bytes."""
        return sum(self.sizes)


def holding(drivers: Sequence[Driver], paths: Iterable[Path]) -> tuple[Driver, ...]:
    """The drivers that hold one of ``paths``; all of them where one of these is a header or a folder."""
    wanted = {str(path.resolve()) for path in paths}
    sources = {source for driver in drivers for source in driver.sources}
    if not wanted or not wanted <= sources:
        return tuple(drivers)
    return tuple(driver for driver in drivers if not wanted.isdisjoint(driver.sources))


class _Folder:
    """A folder while sources are gathered: its own files with their sizes, number and bytes of all."""

    def __init__(self) -> None:
        self.own: dict[str, int] = {}
        self.below: dict[str, _Folder] = {}
        self.files = self.bytes = 0


def drivers(found: Found) -> tuple[Driver, ...]:
    """The drivers of a scan, in the order of their names; every source is in exactly one."""
    top = _Folder()
    for path in found.sources:
        _add(top, os.path.relpath(path, found.base).split(os.sep), path)
    made: list[Driver] = []
    pending = [("", top)]
    while pending:
        name, folder = pending.pop()
        if folder.files <= MOST_FILES and folder.bytes <= MOST_BYTES:
            made.append(_driver(name or ".", _all(folder)))
            continue
        if folder.own:
            made.append(_driver(f"{name}/.".lstrip("/"), folder.own))
        pending += [(f"{name}/{part}".lstrip("/"), inner) for part, inner in folder.below.items()]
    return tuple(sorted(made, key=lambda driver: driver.name))


def _add(top: _Folder, parts: list[str], path: str) -> None:
    try:
        size = os.path.getsize(path)
    except OSError:
        size = 0  # gone since it was found: reading it will say so
    folder = top
    for part in (*parts[:-1], None):
        folder.files, folder.bytes = folder.files + 1, folder.bytes + size
        if part is not None:
            folder = folder.below.setdefault(part, _Folder())
    folder.own[path] = size


def _all(folder: _Folder) -> dict[str, int]:
    """Every source of a folder and those below it."""
    found: dict[str, int] = {}
    pending = [folder]
    while pending:
        one = pending.pop()
        found |= one.own
        pending += one.below.values()
    return found


def _driver(name: str, sizes: dict[str, int]) -> Driver:
    paths = sorted(sizes)
    return Driver(name, tuple(paths), tuple(sizes[path] for path in paths))
