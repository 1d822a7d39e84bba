"""Findings and source text in, fingerprints that survive edits elsewhere out."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable

from auditor.model.finding import Finding
from auditor.model.sources import Sources


def identities(findings: Iterable[Finding], sources: Sources) -> list[str]:
    """One fingerprint per finding, from its rule, file, function and code without blanks, not from its line.

    Findings that agree in all of these are told apart by their order.
    """
    seen: defaultdict[str, int] = defaultdict(int)
    result = []
    for finding in findings:
        code = "".join(_code(finding, sources).split())
        parts = (finding.rule, finding.at.file, finding.function, code)
        digest = hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:32]
        seen[digest] += 1
        result.append(f"{digest}:{seen[digest]}")
    return result


def _code(finding: Finding, sources: Sources) -> str:
    """The text the finding spans, or its whole first line where the end is not known."""
    line = sources.line(finding.at.file, finding.at.line)
    one_line = finding.at.end_line == finding.at.line and finding.at.end_column > finding.at.column
    return line[finding.at.column - 1 : finding.at.end_column - 1] if one_line else line
