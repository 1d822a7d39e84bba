"""Rule documentation in, SARIF reporting descriptors out, for rules and for the kinds of gaps."""

from __future__ import annotations

from collections.abc import Iterable

import sarif_om as om

from auditor.model import Gap, RuleDoc, Severity
from auditor.report import reference

HOMEPAGE = "https://github.com/lenaudit/lenaudit"
MESSAGE_ID = "default"
GAP_TEXTS = {
    "unreadable": "A file could not be read and was not analysed.",
    "unparsed": "A file could not be parsed and was not analysed.",
    "partial": "A file was understood only in part.",
    "skipped": "A file or folder was left out on purpose.",
    "budget": "The work on an entry point was bounded, and some of its paths were not explored.",
    "entry": "A possible entry point was not analysed.",
    "suppression": "A suppression comment has no effect.",
    "baseline": "The baseline names findings that are no longer found.",
    "truncated": "The log was cut to what code scanning accepts.",
    "worker": "A worker process failed, and its files were not analysed.",
}
PROBLEM_SEVERITY = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "recommendation"}


def descriptor(doc: RuleDoc) -> om.ReportingDescriptor:
    """The rule as GitHub shows it: ``help.markdown`` is its whole documentation with examples."""
    return om.ReportingDescriptor(
        id=doc.id,
        name="".join(word.capitalize() for word in doc.id.split("-")),
        short_description=om.MultiformatMessageString(text=f"{doc.rule.title.rstrip('.')}."),
        full_description=om.MultiformatMessageString(text=f"{doc.summary.rstrip('.')}."),
        message_strings={MESSAGE_ID: om.MultiformatMessageString(text=doc.rule.message)},
        help_uri=f"{HOMEPAGE}/blob/main/docs/rules/{doc.id}.md",
        help=om.MultiformatMessageString(text=_plain_help(doc), markdown=reference.body(doc)),
        default_configuration=om.ReportingConfiguration(
            level=str(doc.rule.severity), enabled=doc.rule.default_on
        ),
        properties=_properties(doc),
    )


def gap_descriptors(gaps: Iterable[Gap]) -> list[om.ReportingDescriptor]:
    """One descriptor for each kind of gap that occurs, by kind."""
    return [
        om.ReportingDescriptor(
            id=f"gap-{kind}",
            name=f"Gap{kind.capitalize()}",
            short_description=om.MultiformatMessageString(text=_gap_text(kind)),
            full_description=om.MultiformatMessageString(text=_gap_text(kind)),
            help_uri=f"{HOMEPAGE}#partial-analysis",
            help=om.MultiformatMessageString(text=_gap_text(kind), markdown=_gap_text(kind)),
        )
        for kind in sorted({gap.kind for gap in gaps})
    ]


def _gap_text(kind: str) -> str:
    return GAP_TEXTS.get(kind, "Something was not understood.")


def _properties(doc: RuleDoc) -> dict[str, object]:
    tags = ["correctness", "networking", *(["security"] if doc.rule.security is not None else [])]
    if doc.rule.cwe is not None:
        tags.append(f"external/cwe/cwe-{doc.rule.cwe:03d}")
    properties: dict[str, object] = {
        "precision": doc.rule.precision,
        "problem.severity": PROBLEM_SEVERITY[doc.rule.severity],
        "tags": tags,
    }
    if doc.rule.security is not None:
        properties["security-severity"] = f"{doc.rule.security:.1f}"  # GitHub reads a string, not a number
    return properties


def _plain_help(doc: RuleDoc) -> str:
    parts = [f"{heading}\n{text}" for heading, text in doc.sections.items()]
    return "\n\n".join([doc.summary, *parts])
