"""Findings whose fixes were tried in, what is offered and why it is safe out, as text for a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.model import Finding
from auditor.report import changemap
from auditor.report.changes import changes
from auditor.report.lengthmap import Line, wrapped

PROVED = "proved: the finding goes, no other policy changes, no new finding appears"


def story(finding: Finding, width: int) -> Iterator[Line]:
    """What is suggested for one finding, whether it was proved, and what a reader should see with it."""
    yield [(f"{finding.at} {finding.rule}", "where")]
    if not finding.fixes:
        yield from _said("no change is offered: none is known that a few tokens make", width)
        return
    fix = finding.fixes[0]
    yield from _said(fix.description, width)
    yield from _said(PROVED if fix.verified else f"not offered: {fix.doubt or 'it was not tried'}", width)
    for other in finding.related if fix.verified else ():
        with_it = any(other.at.file == e.at.file and other.at.line == e.at.line for e in fix.edits)
        what = "changed with it" if with_it else "not changed"
        yield from _said(f"{what}: {other.at.file}:{other.at.line} {other.message}", width)
    for comment in fix.see if fix.verified else ():
        yield from _said(f"not changed: {comment.at.file}:{comment.at.line} {comment.message}", width)


def drawn(finding: Finding, width: int, unicode: bool) -> Iterator[Line]:
    """The policies that the fix changes, before and after."""
    if finding.policies_after:
        for change in changes(finding.policies, finding.policies_after):
            yield []
            yield from changemap.draw(change, width, unicode)


def _said(text: str, width: int) -> Iterator[Line]:
    yield from ([(line, "plain")] for line in wrapped(text, width, "  "))
