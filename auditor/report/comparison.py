"""Two scanned trees in, what changed between them out: as text for a terminal, or as a review comment."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath

import msgspec

from auditor.model import Finding, LengthPolicy, Location, Report, Sources
from auditor.model.identity import identities
from auditor.report import changemap
from auditor.report.changes import Change, changes
from auditor.report.text import render_changes
from auditor.report.wording import lengths_lost, shown


class Side(msgspec.Struct, frozen=True):
    """One tree: what the user called it, its report, and the fingerprint of each finding that is shown.

    Files are named from the compared folder on, or from the repository's root where two of its revisions are
    compared.
    """

    name: str
    report: Report
    findings: dict[str, Finding]


class Comparison(msgspec.Struct, frozen=True):
    """Both names, the policies that changed, how many did not, and the findings that came and went."""

    old: str
    new: str
    changes: tuple[Change, ...]
    unchanged: int
    gone: tuple[Finding, ...]
    appeared: tuple[Finding, ...]


def side(name: str, start: Path, report: Report, sources: Sources) -> Side:
    """``report`` as the side ``name``; its files are named from the folder ``start`` on."""
    prefix = PurePosixPath(os.path.relpath(start.resolve(), report.base).replace(os.sep, "/"))
    policies = tuple(_named(policy, prefix) for policy in report.policies)
    findings = [msgspec.structs.replace(f, at=_below(f.at, prefix)) for f in shown(report.findings)]
    known = identities(findings, Sources(str(sources.root / prefix)))
    return Side(
        name, msgspec.structs.replace(report, policies=policies), dict(zip(known, findings, strict=True))
    )


def compared(old: Side, new: Side) -> Comparison:
    """What changed from ``old`` to ``new``."""
    found = changes(old.report.policies, new.report.policies)
    same = len(new.report.policies) - sum(change.after is not None for change in found)
    gone = tuple(f for key, f in old.findings.items() if key not in new.findings)
    appeared = tuple(f for key, f in new.findings.items() if key not in old.findings)
    return Comparison(old.name, new.name, found, same, gone, appeared)


def text(found: Comparison, width: int = 80, color: bool = False, unicode: bool = True) -> str:
    """The maps of what changed, then one line per finding that came or went, then the count."""
    maps = render_changes(found.changes, width, color, unicode)
    lines = [f"{what}: {_said(f)}" for what, f in _findings(found)]
    return maps + "\n".join([*lines, *[""] * bool(lines), f"{_count(found)}", ""])


def markdown(found: Comparison) -> str:
    """The same as a comment for a review."""
    maps = changemap.markdown(found.changes)
    lines = [f"- {what}: {changemap.code(_said(f))}" for what, f in _findings(found)]
    names = f"{changemap.code(found.old)} to {changemap.code(found.new)}"
    head = f"### Length policies, {names}\n\n{_count(found)}.\n\n"
    return head + maps + "".join(f"{line}\n" for line in lines)


def _named(policy: LengthPolicy, prefix: PurePosixPath) -> LengthPolicy:
    return msgspec.structs.replace(policy, at=_below(policy.at, prefix))


def _below(at: Location, prefix: PurePosixPath) -> Location:
    path = PurePosixPath(at.file)
    inside = at.file and path.is_relative_to(prefix)
    return msgspec.structs.replace(at, file=path.relative_to(prefix).as_posix()) if inside else at


def _findings(found: Comparison) -> Iterator[tuple[str, Finding]]:
    both: tuple[tuple[str, Iterable[Finding]], ...] = (
        ("finding gone", found.gone),
        ("new finding", found.appeared),
    )
    for what, findings in both:
        yield from ((what, finding) for finding in findings)


def _said(finding: Finding) -> str:
    lost = lengths_lost(finding.losses)
    return f"{finding.rule} at {finding.at}" + f", {lost} bytes" * bool(lost)


def _count(found: Comparison) -> str:
    number = len(found.changes)
    policies = "1 length policy" if number == 1 else f"{number or 'no'} length policies"
    return f"{policies} changed, {found.unchanged} did not"
