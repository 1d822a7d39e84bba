"""A tree in; what is measured on it out: cheap things first, lenaudit beside other tools last."""

from __future__ import annotations

import os
import random
import shutil
import sys
from argparse import Namespace
from collections.abc import Callable, Iterator
from functools import cached_property, partial
from pathlib import Path

from measuring import measured
from parses import Parse, job_lists, parses, responses
from rivals import bare_parse, clang, rivals
from rounds import Row
from tabulate import TABLES

from auditor.frontend import drivers, find
from auditor.settings import Settings

SEED = 1  # of the order of drivers
SIZES = 100, 300, 1000
"""C files of the smaller scans of the table ``growth``, at least."""


class Tree:
    """The tree ``path``; ``folder`` is for what its rows need, ``given`` has jobs, semgrep and one file."""

    def __init__(self, path: Path, folder: Path, given: Namespace) -> None:
        self.path, self.folder, self.given = path, folder, given
        self.cache = folder / "cache"
        self.files = [Path(file) for file in find(Settings(paths=(path,))).sources]
        middle = sorted(self.files, key=lambda file: file.stat().st_size)[len(self.files) // 2]
        self.one = (given.file or middle).resolve()

    def rows(self, *tables: str) -> list[Row]:
        """The rows of ``tables``, in the order in which they are run."""
        found = []
        for row in (*self._start(), *self._parses(), *self._growth(), *self._scans(), *self._rivals()):
            wanted = tuple(table for table in tables if row.name in TABLES[table].rows)
            if wanted:
                found.append(Row(row.name, row.make, wanted, row.quick, row.facts))
        return found

    def _start(self) -> Iterator[Row]:
        one = str(self.one)
        cold, filling = [*self.scan(), "--no-cache", one], self._filling(self.folder / "small", one)
        yield Row("python -c pass", lambda: [sys.executable, "-c", "pass"], (), quick=True)
        yield Row(
            "lenaudit --version", lambda: [sys.executable, "-m", "auditor", "--version"], (), quick=True
        )
        yield Row("one file, cold", lambda: cold, (), quick=True)
        yield Row("one file, cache filled", filling, (), quick=True)

    def _parses(self) -> Iterator[Row]:
        """Long ones are run before the scans, whose time is then that of a machine with the files at hand."""
        jobs, quick = self.given.jobs, self._is_quick
        yield Row("bare parse, one process", lambda: bare_parse(self._lists(1)), (), quick)
        yield Row("bare parse", lambda: bare_parse(self._lists(jobs)), (), quick)
        yield Row("clang -fsyntax-only", lambda: clang(self._responses, jobs), (), quick)

    def _growth(self) -> Iterator[Row]:
        command = [*self.scan(), "--no-cache", "--context", str(self.path)]
        for size in SIZES:
            files, count, whole = grown(self.path, size)
            if not whole:
                facts = self._facts(files, count)
                yield Row(f"{size} files or more", partial(list, [*command, *files]), (), False, facts)

    def _scans(self) -> Iterator[Row]:
        path, quick = str(self.path), self._is_quick
        files, count, _ = grown(self.path, sys.maxsize)
        facts, single = self._facts(files, count), [*self.scan(1), "--no-cache", path]
        yield Row("cold, one worker", lambda: single, (), quick)
        yield Row("cold, cache filled", self._filling(self.cache, path), (), quick)
        yield Row("warm", self._cached(path), (), quick)
        yield Row("one file, cached", partial(_twice, self._cached(str(self.one))), ())
        yield Row("cold", lambda: [*self.scan(), "--no-cache", path], (), quick, facts)

    def _rivals(self) -> Iterator[Row]:
        tools, missing = rivals(self.path, self.folder / "alone", self.given.jobs, self.given.semgrep)
        for name in missing:
            print(f"{name}: not installed", file=sys.stderr)
        for name, command in tools.items():
            make = partial(self._without_headers, command) if name == "cppcheck" else partial(list, command)
            yield Row(name, make, (), self._is_quick)

    def scan(self, jobs: int = 0) -> list[str]:
        """A scan that says nothing and finds nothing too bad; what is scanned comes behind."""
        command = [sys.executable, "-m", "auditor", "scan", "-q", "-j", str(jobs or self.given.jobs)]
        return [*command, "--no-config", "-f", "sarif", "-o", os.devnull, "--fail-on", "never"]

    def _filling(self, cache: Path, path: str) -> partial[list[str]]:
        """A scan of ``path`` with a cache that is empty each time."""
        return partial(_emptied, cache, [*self.scan(), "--cache-dir", str(cache), path])

    def _cached(self, path: str) -> partial[list[str]]:
        """A scan of ``path`` with the cache of the whole tree, filled where it is not yet."""
        command = [*self.scan(), "--cache-dir", str(self.cache)]
        return partial(_filled, self.cache, [*command, str(self.path)], [*command, path])

    def _without_headers(self, command: list[str]) -> list[str]:
        """``command`` when the folder is there that has links to the C files and nothing else."""
        top = self.folder / "alone"
        for file in self.files if not top.exists() else ():
            link = top / file.relative_to(self.path)
            link.parent.mkdir(parents=True, exist_ok=True)
            link.symlink_to(file)
        return command

    @property
    def _is_quick(self) -> bool:
        return len(self.files) <= SIZES[0]

    @cached_property
    def _noted(self) -> list[Parse]:
        return parses(self.path)

    def _lists(self, count: int) -> list[Path]:
        return job_lists(self._noted, self.folder, count)

    @cached_property
    def _responses(self) -> Path:
        folder = self.folder / "responses"
        folder.mkdir()
        responses(self._noted, folder)
        return folder

    def _facts(self, files: list[str], count: int) -> dict[str, int]:
        size = sum(Path(file).stat().st_size for file in files)
        return {"files": len(files), "drivers": count, "bytes": size}


def grown(path: Path, size: int) -> tuple[list[str], int, bool]:
    """The files of the first drivers that have ``size`` files, how many drivers, and whether that is all."""
    order = sorted(drivers(find(Settings(paths=(path,)))), key=lambda driver: driver.name)
    random.Random(SEED).shuffle(order)
    files: list[str] = []
    for count, driver in enumerate(order, 1):
        files += driver.sources
        if len(files) >= size:
            return files, count, count == len(order)
    return files, len(order), True


def _emptied(cache: Path, command: list[str]) -> list[str]:
    shutil.rmtree(cache, ignore_errors=True)
    return command


def _twice(make: Callable[[], list[str]]) -> list[str]:
    """A command that was run before: the tree's results are not those of one file alone."""
    measured(make())
    return make()


def _filled(cache: Path, filling: list[str], command: list[str]) -> list[str]:
    if not cache.exists():
        measured(filling)
    return command
