"""A driver's part of a report: data that what judged it, what keeps it and what joins it have in common."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from auditor.model import Coverage, Finding, Gap, LengthPolicy

if TYPE_CHECKING:
    from auditor.ir import Program
    from auditor.policy import Analysis


class Part(msgspec.Struct, frozen=True, kw_only=True):
    """A driver's part of a report, before findings are put in order.

    ``includes`` are the sources that were analysed, each with the headers it includes, ``read`` these and
    every other file that was read, ``entered`` the names of entry points; ``code`` says whether any source is
    code at all, ``broken`` the first reason why not.
    """

    findings: tuple[Finding, ...] = ()
    policies: tuple[LengthPolicy, ...] = ()
    gaps: tuple[Gap, ...] = ()
    coverage: tuple[Coverage, ...] = ()
    includes: dict[str, tuple[str, ...]] = {}
    read: tuple[str, ...] = ()
    entered: tuple[str, ...] = ()
    code: bool = False
    broken: str = ""


def part_of(program: Program, analysis: Analysis | None = None) -> Part:
    """What was read and how much of it was understood, before any rule has run."""
    modules = program.modules
    own = tuple(gap for module in modules for gap in module.gaps)
    errors = [gap for gap in own if gap.level == "error"]
    unbroken = {module.file for module in modules} - {gap.at.file for gap in errors}
    read = {file for m in modules for file in (m.file, *m.includes, *(c.file for c in m.coverage))}
    return Part(
        policies=analysis.policies if analysis else (),
        gaps=(*program.gaps, *own, *(analysis.gaps if analysis else ())),
        coverage=tuple(c for module in modules for c in module.coverage),
        includes={module.file: module.includes for module in modules},
        read=tuple(sorted(read)),
        entered=tuple(found.entry.function.name for found in analysis.entries) if analysis else (),
        code=bool(unbroken) or any(module.functions for module in modules),
        broken=errors[0].message if errors else "",
    )
