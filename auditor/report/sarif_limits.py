"""Findings in, those that GitHub's code scanning accepts out, with a gap for what was left out.

https://docs.github.com/code-security/code-scanning, "SARIF results exceed one or more limits".
"""

from __future__ import annotations

import gzip

import msgspec

from auditor.model import NOWHERE, Confidence, Finding, Gap, Severity
from auditor.report.wording import level_of

MOST_RESULTS = 25_000
MOST_PACKED = 10_000_000  # bytes of the log, compressed by gzip
MOST_STEPS = 10_000  # of a code flow
MOST_RELATED = 1_000  # locations of one result
SPARE = 0.9  # what is cut to fit shall fit at once
RANKS = {level: number for number, level in enumerate((Severity.ERROR, Severity.WARNING, Severity.NOTE))}
SURENESS = {sure: number for number, sure in enumerate((Confidence.HIGH, Confidence.MEDIUM, Confidence.LOW))}


def worst(findings: tuple[Finding, ...], keep: int) -> tuple[Finding, ...]:
    """The ``keep`` worst and surest of ``findings``, in their order, each cut to what one result may hold."""
    numbers = range(len(findings))
    ranked = sorted(numbers, key=lambda n: (RANKS[level_of(findings[n])], SURENESS[findings[n].confidence]))
    return tuple(_cut(findings[number]) for number in sorted(ranked[:keep]))


def packed_size(text: str) -> int:
    """Bytes of ``text`` as it is uploaded; a text that is short enough as it is needs no packing."""
    return len(text) if len(text) <= MOST_PACKED else len(gzip.compress(text.encode(), compresslevel=6))


def cut_gaps(kept: tuple[Finding, ...], found: int) -> tuple[Gap, ...]:
    """One gap where findings were left out."""
    if len(kept) == found:
        return ()
    message = f"{found - len(kept)} of {found} findings, the mildest, were left out to keep GitHub's limits"
    return (Gap("truncated", message, NOWHERE),)


def _cut(finding: Finding) -> Finding:
    """Of a path that is too long the start and the end, which tell the most."""
    path, related = finding.path, finding.related
    if len(path) <= MOST_STEPS and len(related) <= MOST_RELATED:
        return finding
    half = MOST_STEPS // 2
    short = path if len(path) <= MOST_STEPS else (*path[:half], *path[-half:])
    return msgspec.structs.replace(finding, path=short, related=related[: MOST_RELATED // 2])
