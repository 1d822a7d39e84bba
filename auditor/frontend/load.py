"""Discovered sources come in, the program that they make together goes out."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from auditor.frontend import Found, Progress
from auditor.frontend.file import FrontEnd, Result
from auditor.frontend.prepare import Setup
from auditor.ir import Module, Program
from auditor.knowledge import Knowledge
from auditor.model import Gap, NothingAnalysed
from auditor.settings import Settings

Lower = Callable[[], Iterator[Result]]
"""Gives the result of every source, in order."""


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
        where = ", ".join(str(path) for path in settings.paths)
        raise NothingAnalysed(f"{where}: no file could be analysed ({gaps[-1].message})")
    return Program(found.base, tuple(modules), tuple(gaps))


def _one_by_one(found: Found, settings: Settings, knowledge: Knowledge) -> Iterator[Result]:
    front = FrontEnd(Setup.of(settings, knowledge, found.base, found.headers, found.flags))
    for path in found.sources:
        yield front.lower_file(path)


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
