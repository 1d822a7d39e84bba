"""The front end: settings and knowledge come in, the IR of every C file under the given paths goes out."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from auditor.frontend.discover import discover
from auditor.frontend.file import FrontEnd, Setup
from auditor.frontend.stubs import Stubs
from auditor.ir import Module, Program
from auditor.knowledge import Knowledge
from auditor.model import Gap, NothingAnalysed
from auditor.settings import Settings

__all__ = ["FrontEnd", "Setup", "load"]


def load(settings: Settings, knowledge: Knowledge, progress: Callable[[str], None] | None = None) -> Program:
    """The program of all C files under ``settings.paths``; what was not understood is in its gaps.

    ``progress`` is called with each file's name before it is parsed. Raises UsageError for a path that does
    not exist and NothingAnalysed when no file could be analysed at all.
    """
    found = discover(settings.paths, settings.exclude, settings.excluded)
    where = ", ".join(str(path) for path in settings.paths)
    if not found.sources:
        why = "; ".join(gap.message for gap in found.gaps[:3])
        raise NothingAnalysed(f"{where}: there is no C file to analyse" + f" ({why})" * bool(why))
    front = FrontEnd(
        Setup(found.base, found.headers, knowledge, settings.platform, settings.defines, settings.patched)
    )
    modules: list[Module] = []
    gaps: list[Gap] = list(found.gaps)
    learnt: dict[str, Stubs] = {}
    with _growing():
        for path in found.sources:
            if progress is not None:
                progress(path)
            result = front.lower_file(path, learnt)
            gaps += result.gaps
            if result.module is not None:
                modules.append(result.module)
                learnt[result.dialect] = learnt.get(result.dialect, Stubs()).plus(result.learnt.shared())
    if not modules:
        raise NothingAnalysed(f"{where}: no file could be analysed ({gaps[-1].message})")
    return Program(found.base, tuple(modules), tuple(gaps))


@contextmanager
def _growing() -> Iterator[None]:
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
