"""A report in, the report with what was known before marked out: by a baseline file or an earlier scan.

A baseline is a JSON file that ``lenaudit baseline write`` makes; findings are compared by fingerprint, so
that moved lines stay known.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import msgspec

from auditor import __version__
from auditor.findings.settle import STRENGTH
from auditor.intake import data_of
from auditor.model import Confidence, ConfigError, Finding, Gap, Location, Report, UsageError

FORMAT = 1
MOST_BYTES = 256 << 20
MOST_NAMED = 3  # entries of a baseline that are no longer found, by name


class Entry(msgspec.Struct, frozen=True):
    """One known finding; only the fingerprint is compared, the rest is for readers and for remarks."""

    fingerprint: str
    rule: str
    file: str
    function: str
    confidence: Confidence
    message: str


class Baseline(msgspec.Struct, frozen=True):
    """The content of a baseline file; ``format`` is this layout's number."""

    findings: tuple[Entry, ...]
    format: int = FORMAT
    version: str = __version__


def baseline_text(findings: Iterable[Finding]) -> str:
    """The findings that no comment suppresses as the text of a baseline file, by place."""
    entries = tuple(
        Entry(f.fingerprint, f.rule, f.at.file, f.function, f.confidence, f.message)
        for f in findings
        if not f.suppressed
    )
    return msgspec.json.format(msgspec.json.encode(Baseline(entries)), indent=2).decode() + "\n"


def read_baseline(file: Path) -> Baseline:
    """Raises UsageError for a file that is not there, ConfigError for one that is no baseline."""
    try:
        found = msgspec.json.decode(data_of(file, MOST_BYTES), type=Baseline)
    except OSError as error:
        hint = f"lenaudit baseline write -o {file} PATH writes it"
        raise UsageError(f"{file}: the baseline cannot be read: {error.strerror}", hint) from error
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise ConfigError(str(file), "baseline", str(error)) from error
    if found.format != FORMAT:
        raise ConfigError(str(file), "format", f"expected {FORMAT}; write the baseline anew")
    return found


def mark_known(report: Report, fingerprints: Iterable[str], why: str) -> Report:
    """``report`` with ``known`` set to ``why`` in the findings that have one of ``fingerprints``."""
    old = frozenset(fingerprints)
    findings = tuple(
        msgspec.structs.replace(f, known=why) if f.fingerprint in old and not f.known else f
        for f in report.findings
    )
    return msgspec.structs.replace(report, findings=findings)


def against_baseline(report: Report, file: Path, files: Iterable[str], minimum: Confidence) -> Report:
    """``report`` with the baseline's findings marked, and a note when some of them are found no more.

    ``files`` were scanned: of others nothing is known. Raises what ``read_baseline`` raises.
    """
    baseline, scanned = read_baseline(file), frozenset(files)
    found = {finding.fingerprint for finding in report.findings}
    gone = [
        entry for entry in baseline.findings
        if entry.fingerprint not in found and entry.file in scanned
        and entry.rule in report.rules and STRENGTH[entry.confidence] >= STRENGTH[minimum]
    ]  # fmt: skip
    marked = mark_known(report, (entry.fingerprint for entry in baseline.findings), f"in {file.name}")
    return msgspec.structs.replace(marked, gaps=(*marked.gaps, *_gone(gone, file)))


def _gone(entries: list[Entry], file: Path) -> list[Gap]:
    if not entries:
        return []
    named = ", ".join(f"{entry.rule} in {entry.file}" for entry in entries[:MOST_NAMED])
    more = f" and {len(entries) - MOST_NAMED} more" if len(entries) > MOST_NAMED else ""
    message = f"{file.name}: no longer found: {named}{more}; write the baseline anew"
    return [Gap("baseline", message, Location("", 0), "note")]
