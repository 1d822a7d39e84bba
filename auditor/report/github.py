"""A report in, workflow commands out that GitHub shows as annotations in a pull request's files.

https://docs.github.com/actions/reference/workflow-commands-for-github-actions, "Setting an error message".
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.model import Finding, Gap, Report, Severity
from auditor.report.wording import gap_what, level_of, plural, shown

COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}
RANKS = {level: number for number, level in enumerate(COMMANDS)}  # the worst first
SHOWN = 10  # annotations of one level that GitHub shows for one step


def render(report: Report) -> str:
    """One command per finding, the worst first, one per file that was not analysed, then a line in words."""
    findings = sorted(shown(report.findings), key=lambda f: RANKS[level_of(f)])
    lines = [_annotation(finding) for finding in findings]
    lines += [_not_analysed(gap) for gap in report.gaps if gap.level == "error"]
    return "\n".join([*lines, *_words(findings, report)]) + "\n"


def _annotation(finding: Finding) -> str:
    at = finding.at
    places = {"file": at.file, "line": at.line, "endLine": at.end_line or at.line}
    if at.end_line == at.line:  # GitHub refuses columns of a span over several lines
        places |= {"col": at.column, "endColumn": at.end_column}
    witness = f"\nLost, for example: {finding.witnesses[0].name}." if finding.witnesses else ""
    fix = f"\nFix: {finding.fixes[0].description}." if finding.fixes else ""
    said = f"{finding.message}{witness}{fix}\n{finding.confidence} confidence"
    return _command(COMMANDS[level_of(finding)], places | {"title": finding.rule}, said)


def _not_analysed(gap: Gap) -> str:
    return _command("warning", {"file": gap.at.file, "title": "not analysed"}, gap_what(gap))


def _command(name: str, properties: dict[str, object], said: str) -> str:
    written = ",".join(f"{key}={_escaped(str(value), ':,')}" for key, value in properties.items())
    return f"::{name} {written}::{_escaped(said)}"


def _escaped(text: str, more: str = "") -> str:
    for sign in ("%", "\r", "\n", *more):
        text = text.replace(sign, f"%{ord(sign):02X}")
    return text


def _words(findings: list[Finding], report: Report) -> Iterator[str]:
    yield f"{plural(len(findings), 'finding')} in {plural(report.files, 'file')}"
    for level, command in COMMANDS.items():
        number = sum(level_of(finding) is level for finding in findings)
        if number > SHOWN:
            yield f"GitHub shows {SHOWN} of the {number} {command} annotations; all stand above"
