"""Rule documentation in, text for a terminal out."""

from __future__ import annotations

from collections.abc import Iterable

from auditor.model import RuleDoc


def overview(docs: Iterable[RuleDoc]) -> str:
    """One line per rule: id, severity, title."""
    return "".join(f"{doc.id:<30} {doc.rule.severity:<8} {doc.rule.title}{_off(doc)}\n" for doc in docs)


def explain(doc: RuleDoc) -> str:
    """Everything a rule says about itself, examples included, in markdown."""
    cwe = f", CWE-{doc.rule.cwe}" if doc.rule.cwe is not None else ""
    parts = [
        f"# {doc.id}",
        f"{doc.rule.title} ({doc.rule.severity}{cwe}, since {doc.rule.since}){_off(doc)}",
        doc.summary,
    ]
    parts += [f"## {heading}\n{text}" for heading, text in doc.sections.items()]
    for title, examples in (("Found", doc.bad), ("Not found", doc.good)):
        parts += [f"## {title}: {name}\n{_indented(code)}" for name, code in examples.items()]
    return "\n\n".join(parts) + "\n"


def _off(doc: RuleDoc) -> str:
    return "" if doc.rule.default_on else " [off by default]"


def _indented(code: str) -> str:
    return "\n".join(f"    {line}".rstrip() for line in code.strip().splitlines())
