"""The front end: settings and knowledge come in, the IR of every C file under the given paths goes out.

What finds and plans stands here; ``file.py`` and ``load.py``, which parse, are imported by who parses.
"""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from auditor.frontend.compile_db import Flags, known_flags
from auditor.frontend.discover import Found, discover
from auditor.frontend.drivers import Driver, drivers, holding
from auditor.frontend.library import library_file
from auditor.frontend.prepare import Preparation, Setup
from auditor.frontend.shards import shard
from auditor.model import NothingAnalysed
from auditor.settings import Settings

__all__ = [
    "Driver", "Flags", "Found", "Preparation", "Progress", "Setup", "drivers", "find", "holding",
    "library_file", "shard",
]  # fmt: skip

Progress = Callable[[str, int, int], None]
"""Told a file's name (relative to the base) when it is done, how many are done, and how many there are."""


def find(settings: Settings) -> Found:
    """The sources under ``settings.paths``, and what a compilation database, else projects, say about them.

    Raises UsageError for a path that does not exist, NothingAnalysed when there is no C file, ConfigError for
    a database that the user chose and that is none.
    """
    found = discover(settings.paths, settings.exclude, settings.excluded)
    if not found.sources:
        why = "; ".join(gap.message for gap in found.gaps[:3])
        raise NothingAnalysed(f"{_where(settings)}: there is no C file to analyse" + f" ({why})" * bool(why))
    flags, gaps = known_flags(found.base, settings.compile_db)
    if not flags and settings.compile_db is None and found.projects:
        from auditor.frontend.msbuild import project_flags  # few trees have any, and XML takes its time

        flags, more = project_flags(found.base, found.projects, found.sources)
        gaps += more
    return msgspec.structs.replace(found, flags=flags, gaps=(*found.gaps, *gaps))


def _where(settings: Settings) -> str:
    return ", ".join(str(path) for path in settings.paths)
