"""Every driver of ``fixtures/`` in: its markers and the findings of the whole line must agree exactly."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache
from pathlib import Path

import pytest

from auditor.model import Confidence, Finding, LengthPolicy, Outcome, Report
from auditor.pipeline import scan
from auditor.settings import Settings
from tests.matcher import expectations, mismatches

FIXTURES = Path(__file__).resolve().parents[1] / "fixtures"
RULE = "l3-minimum-on-l2-path"
PLATFORMS = ("linux", "ndis", "plain")
LOW_OK = re.compile(r"/\*\s*low-ok:\s*\S[^*]*\*/")
"""Marks a line where a finding of low confidence may stand, with the reason."""

CASES = [path for name in PLATFORMS for path in sorted((FIXTURES / name).iterdir())] + [FIXTURES / "sample"]
each_case = pytest.mark.parametrize("path", CASES, ids=lambda p: p.relative_to(FIXTURES).as_posix())


@cache
def scanned(path: Path) -> Report:
    """The report on one driver: a file, or a folder of files that belong together."""
    return scan(Settings(paths=(path,), select=(RULE,), min_confidence=Confidence.LOW)).report


def texts(path: Path) -> dict[Path, str]:
    """The driver's files and what they say."""
    files = [path] if path.is_file() else sorted(path.glob("*.[ch]"))
    return {file: file.read_text(encoding="utf-8") for file in files}


@each_case
def test_findings_agree_with_markers(path: Path) -> None:
    report = scanned(path)
    found: dict[Path, list[Finding]] = defaultdict(list)
    for finding in report.findings:
        found[(Path(report.base) / finding.at.file).resolve()].append(finding)

    wrong = []
    for file, text in texts(path).items():
        counted = [f for f in found.pop(file, []) if not tolerated(f, text)]
        wrong += [f"{file.name} {problem}" for problem in mismatches(expectations(text), counted)]
    wrong += [f"finding outside of the driver: {f.at}" for rest in found.values() for f in rest]

    assert not wrong, "\n".join(wrong)


@each_case
def test_everything_was_understood(path: Path) -> None:
    """Silence counts only where nothing was skipped, and where some frame of usual length gets through."""
    report = scanned(path)

    assert [str(gap.at) + " " + gap.message for gap in report.gaps if gap.level != "note"] == []
    assert [c for c in report.coverage if c.understood < c.in_text] == []
    assert any(gets_through(policy) for policy in report.policies)
    assert [p.entry for p in report.policies if not p.complete] == []


@pytest.mark.parametrize("platform", PLATFORMS)
def test_each_platform_has_bad_and_good_drivers(platform: str) -> None:
    """The table above is not empty, and neither kind of driver is missing anywhere."""
    drivers = [path for path in CASES if path.parent.name == platform]
    bad = [path for path in drivers if any("/* expect: " in text for text in texts(path).values())]

    assert len(drivers) >= 20
    assert 8 <= len(bad) <= len(drivers) - 8


def gets_through(policy: LengthPolicy) -> bool:
    """Whether frames of some class are handed on at 100 bytes."""
    spans = [span for row in policy.rows for span in row.spans if span.low <= 100 <= span.high]
    return any(Outcome.HANDED_ON in span.outcomes for span in spans)


def tolerated(finding: Finding, text: str) -> bool:
    """A finding of low confidence on a line that allows one."""
    line = text.splitlines()[finding.at.line - 1]
    return finding.confidence is Confidence.LOW and LOW_OK.search(line) is not None
