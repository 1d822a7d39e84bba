"""The front end: settings and knowledge come in, the IR of every C file under the given paths goes out."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import msgspec

from auditor.frontend.compile_db import Flags, known_flags
from auditor.frontend.discover import Found, discover
from auditor.frontend.drivers import Driver, drivers, holding
from auditor.frontend.file import FrontEnd, Result, Setup
from auditor.frontend.libclang import library_file
from auditor.frontend.shards import shard
from auditor.ir import Module, Program
from auditor.knowledge import Knowledge
from auditor.model import Gap, NothingAnalysed
from auditor.settings import Settings

__all__ = [
    "Driver", "Flags", "Found", "FrontEnd", "Progress", "Result", "Setup", "drivers", "find", "holding",
    "library_file", "load", "shard",
]  # fmt: skip

Progress = Callable[[str, int, int], None]
"""Told a file's name (relative to the base) when it is done, how many are done, and how many there are."""

Lower = Callable[[], Iterator[Result]]
"""Gives the result of every source, in order."""


def find(settings: Settings) -> Found:
    """The sources under ``settings.paths``, and what a compilation database says about them.

    Raises UsageError for a path that does not exist, NothingAnalysed when there is no C file, ConfigError for
    a database that the user chose and that is none.
    """
    found = discover(settings.paths, settings.exclude, settings.excluded)
    if not found.sources:
        why = "; ".join(gap.message for gap in found.gaps[:3])
        raise NothingAnalysed(f"{_where(settings)}: there is no C file to analyse" + f" ({why})" * bool(why))
    flags, gaps = known_flags(found.base, settings.compile_db)
    return msgspec.structs.replace(found, flags=flags, gaps=(*found.gaps, *gaps))


def load(
    found: Found,
    settings: Settings,
    knowledge: Knowledge,
    progress: Progress | None = None,
    lower: Lower | None = None,
) -> Program:
    """The program of all sources that were found; what was not understood is in its gaps.

    ``lower`` does the work; when it is not given, this process does, file by file. Raises NothingAnalysed
    when no file could be analysed at all.
    """
    modules: list[Module] = []
    gaps: list[Gap] = list(found.gaps)
    with growing():
        results = lower() if lower is not None else _one_by_one(found, settings, knowledge)
        for number, (path, result) in enumerate(zip(found.sources, results, strict=True), 1):
            gaps += result.gaps
            if result.module is not None:
                modules.append(result.module)
            if progress is not None:
                progress(os.path.relpath(path, found.base), number, len(found.sources))
    if not modules:
        raise NothingAnalysed(f"{_where(settings)}: no file could be analysed ({gaps[-1].message})")
    return Program(found.base, tuple(modules), tuple(gaps))


def _one_by_one(found: Found, settings: Settings, knowledge: Knowledge) -> Iterator[Result]:
    front = FrontEnd(
        Setup(
            found.base,
            found.headers,
            knowledge,
            settings.platform,
            settings.defines,
            settings.patched,
            found.flags,
        )
    )
    for path in found.sources:
        yield front.lower_file(path)


def _where(settings: Settings) -> str:
    return ", ".join(str(path) for path in settings.paths)


@contextmanager
def growing() -> Iterator[None]:
    """Without the cycle collector: growing data without cycles, which it would walk again and again.

    What there is afterwards lives as long as the program, so the collector never needs to look at it.
    """
    on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if on:
            gc.freeze()
            gc.enable()
