"""Findings in, the protocol's diagnostics and code actions out.

Positions of the protocol count lines from 0 and columns in UTF-16 units from 0; locations count from 1, in
characters.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from lsprotocol import types as lsp
from pygls import uris

from auditor.editor.audits import Audit
from auditor.model import Finding, Fix, Location, Severity, Sources
from auditor.report.wording import level_of

SEVERITIES = {
    Severity.ERROR: lsp.DiagnosticSeverity.Error,
    Severity.WARNING: lsp.DiagnosticSeverity.Warning,
    Severity.NOTE: lsp.DiagnosticSeverity.Information,
}
HOMEPAGE = "https://github.com/lenaudit/lenaudit/blob/main/docs/rules"


def diagnostic(finding: Finding, audit: Audit) -> lsp.Diagnostic:
    """The finding at its comparison; its path, its constant's parts and twins as related information."""
    return lsp.Diagnostic(
        range=range_of(finding.at, audit.sources),
        message=f"{finding.message}\n{finding.confidence} confidence",
        severity=SEVERITIES[level_of(finding)],
        code=finding.rule,
        code_description=lsp.CodeDescription(href=f"{HOMEPAGE}/{finding.rule}.md"),
        source="lenaudit",
        related_information=list(_related(finding, audit)),
        data=finding.fingerprint,
    )


def fixes(finding: Finding, audit: Audit) -> Iterator[lsp.CodeAction]:
    """One action for each fix that was proved, and one that suppresses the finding, but for the reason."""
    own = [diagnostic(finding, audit)]
    for fix in (fix for fix in finding.fixes if fix.verified):
        yield lsp.CodeAction(
            title=f"lenaudit: {fix.description}",
            kind=lsp.CodeActionKind.QuickFix,
            diagnostics=own,
            is_preferred=True,
            edit=lsp.WorkspaceEdit(changes=_edits(fix, audit)),
        )
    line = finding.at.line
    text = audit.sources.line(finding.at.file, line)
    blank = text[: len(text) - len(text.lstrip())]
    start = lsp.Position(line - 1, 0)
    comment = lsp.TextEdit(lsp.Range(start, start), f"{blank}/* lenaudit: ignore[{finding.rule}] --  */\n")
    yield lsp.CodeAction(
        title=f"lenaudit: suppress {finding.rule} (write the reason)",
        kind=lsp.CodeActionKind.QuickFix,
        diagnostics=own,
        edit=lsp.WorkspaceEdit(changes={_uri(finding.at.file, audit): [comment]}),
    )


def range_of(at: Location, sources: Sources) -> lsp.Range:
    """The span of a location; to the line's end where its end is not known."""
    known = (at.end_line, at.end_column) > (at.line, at.column)
    end_line = at.end_line if known else at.line
    end_column = at.end_column if known else len(sources.line(at.file, at.line)) + 1
    return lsp.Range(
        _position(at.file, at.line, at.column, sources), _position(at.file, end_line, end_column, sources)
    )


def _position(file: str, line: int, column: int, sources: Sources) -> lsp.Position:
    before = sources.line(file, line)[: column - 1]
    return lsp.Position(max(line - 1, 0), len(before.encode("utf-16-le")) // 2)


def _related(finding: Finding, audit: Audit) -> Iterator[lsp.DiagnosticRelatedInformation]:
    places = [(step.at, step.message) for step in finding.path if step.importance != "unimportant"]
    places += [(related.at, related.message) for related in finding.related]
    if finding.constant:
        parts = (term for term in finding.constant.walk() if term.kind not in {"operator", "literal"})
        places += [(term.at, f"{term.text} is defined here") for term in parts if term.at]
    for at, message in places:
        if at.file and at.line:
            where = lsp.Location(_uri(at.file, audit), range_of(at, audit.sources))
            yield lsp.DiagnosticRelatedInformation(where, message)


def _edits(fix: Fix, audit: Audit) -> dict[str, list[lsp.TextEdit]]:
    changes: dict[str, list[lsp.TextEdit]] = defaultdict(list)
    for edit in fix.edits:
        change = lsp.TextEdit(range_of(edit.at, audit.sources), edit.text)
        changes[_uri(edit.at.file, audit)].append(change)
    return dict(changes)


def _uri(file: str, audit: Audit) -> str:
    return uris.from_fs_path(str(audit.place(file))) or ""
