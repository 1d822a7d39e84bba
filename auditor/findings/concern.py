"""A report on a whole tree and some files in, what concerns these files out.

A finding concerns a file that it stands in, that its path leads through, or that defines a part of its
constant: a changed call is shown the validator in another file. A header stands for what includes it too.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path, PurePosixPath

import msgspec

from auditor.model import Finding, Gap, Location, Report

Includes = Mapping[str, tuple[str, ...]]
"""Every source that was analysed, and the headers of the tree that it includes."""


def concerning(report: Report, includes: Includes, paths: Iterable[Path]) -> Report:
    """``report`` without what has nothing to do with ``paths`` (files or folders).

    Gaps of other files stay when the whole file was not analysed: something may be missing because of them.
    """
    asked = [path.resolve() for path in paths]
    files = frozenset(_with_includers(report.base, includes, asked))
    gaps = (*report.gaps, *_not_read(report.base, includes, asked))
    return msgspec.structs.replace(
        report,
        findings=tuple(f for f in report.findings if not files.isdisjoint(_touched(f))),
        policies=tuple(p for p in report.policies if p.at.file in files),
        gaps=tuple(g for g in gaps if g.at.file in files or not g.at.file or g.level == "error"),
        coverage=tuple(c for c in report.coverage if c.file in files),
    )


def _not_read(base: str, includes: Includes, paths: list[Path]) -> Iterator[Gap]:
    """One gap per file asked about that was neither analysed nor included: of it nothing is known."""
    read = {file for pair in includes.items() for file in (pair[0], *pair[1])}
    for path in paths:
        name = os.path.relpath(path, base).replace(os.sep, "/")
        if path.is_file() and name not in read:
            yield Gap("skipped", f"{name} is no part of what was read", Location(name, 0), "note")


def _with_includers(root: str, includes: Includes, paths: list[Path]) -> Iterator[str]:
    """The files at ``paths``, relative to the report's base, and the sources that include one of them."""
    base = Path(root).resolve()
    named = {path.relative_to(base).as_posix() for path in paths if path.is_relative_to(base)}
    yield from named

    @cache
    def is_named(file: str) -> bool:
        return not named.isdisjoint({file, *map(str, PurePosixPath(file).parents)})

    for source, headers in includes.items():
        if any(is_named(file) for file in (source, *headers)):
            yield source
        yield from (file for file in headers if is_named(file))


def _touched(finding: Finding) -> Iterator[str]:
    yield finding.at.file
    yield from (step.at.file for step in finding.path)
    if finding.constant:
        yield from (term.at.file for term in finding.constant.walk() if term.at)
