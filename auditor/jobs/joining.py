"""The parts of all drivers come in, one report goes out."""

from __future__ import annotations

from collections.abc import Iterable

from auditor.jobs.part import Part
from auditor.model import Coverage, Gap, Report


def joined(parts: tuple[Part, ...], gaps: Iterable[Gap], base: str) -> Report:
    """The report on what was read, before findings are put in order; ``gaps`` are those of discovery."""
    every = {*gaps, *(gap for part in parts for gap in part.gaps)}
    return Report(
        base=base,
        policies=tuple(dict.fromkeys(policy for part in parts for policy in part.policies)),
        gaps=tuple(sorted(every, key=lambda g: (g.at, g.kind, g.message))),
        coverage=_coverage(c for part in parts for c in part.coverage),
        files=sum(len(part.includes) for part in parts),
    )


def _coverage(seen: Iterable[Coverage]) -> tuple[Coverage, ...]:
    """One entry per file: a header's is that of the module that understood most of it."""
    best: dict[str, Coverage] = {}
    for one in seen:
        if one.file not in best or one.understood > best[one.file].understood:
            best[one.file] = one
    return tuple(best[file] for file in sorted(best))
