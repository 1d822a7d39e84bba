"""All findings of a scan in; out: each once, in order, suppressed ones marked, weak ones left out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec

from auditor.findings.suppress import suppress
from auditor.model import Confidence, Finding, Gap, Severity, Sources
from auditor.model.identity import identities

STRENGTH = {Confidence.LOW: 0, Confidence.MEDIUM: 1, Confidence.HIGH: 2}


def settle(
    findings: Iterable[Finding],
    sources: Sources,
    files: Iterable[str],
    ran: frozenset[str],
    minimum: Confidence = Confidence.MEDIUM,
    severities: dict[str, Severity] | None = None,
    known: frozenset[str] = frozenset(),
) -> tuple[tuple[Finding, ...], tuple[Gap, ...]]:
    """``findings`` at ``minimum`` confidence or above, by file, line and rule; and gaps for suppression
    comments in ``files`` that lack a reason or suppress nothing. ``ran`` are the rules that ran, ``known``
    all that there are.

    Suppressed findings are kept, with the reason in ``suppressed``. ``severities`` stand for those of the
    rules they name. Fingerprints are given before weak findings are left out, so that they do not depend on
    ``minimum``.
    """
    own = _finished(_once(findings), sources, severities or {})
    marked, gaps = suppress(own, sources, files, ran, known)
    return tuple(f for f in marked if STRENGTH[f.confidence] >= STRENGTH[minimum]), gaps


def _once(findings: Iterable[Finding]) -> list[Finding]:
    """One finding per rule and place, the surest; several entries may lead to one comparison."""
    best: dict[tuple[str, int, int, str], Finding] = {}
    for finding in findings:
        key = (finding.at.file, finding.at.line, finding.at.column, finding.rule)
        if key not in best or STRENGTH[finding.confidence] > STRENGTH[best[key].confidence]:
            best[key] = finding
    return [best[key] for key in sorted(best)]


def _finished(
    findings: list[Finding], sources: Sources, severities: dict[str, Severity]
) -> Iterator[Finding]:
    for finding, fingerprint in zip(findings, identities(findings, sources), strict=True):
        severity = severities.get(finding.rule, finding.severity)
        yield msgspec.structs.replace(finding, fingerprint=fingerprint, severity=severity)
