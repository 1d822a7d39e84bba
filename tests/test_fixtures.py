"""Every driver of ``fixtures/`` in: its markers and the findings of the whole line must agree exactly.

Every rule runs over every driver. A rule that a driver's markers name is held to them at any confidence, and
so is the first rule, which the drivers were first written for; any other rule must not report it at medium
or high.
"""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache
from pathlib import Path

import pytest

from auditor.knowledge import rules_folder
from auditor.model import Confidence, Finding, LengthPolicy, Outcome, Report
from auditor.pipeline import scan
from auditor.rules import load_rules
from auditor.settings import Settings
from tests.matcher import expectations, mismatches

FIXTURES = Path(__file__).resolve().parents[1] / "fixtures"
FIRST_RULE = "l3-minimum-on-l2-path"
RULES = {rule.id: rule.doc.rule.default_on for rule in load_rules([rules_folder()])}
PLATFORMS = ("linux", "ndis", "plain")
SMALLER = ("dpdk", "embedded", "freebsd", "linux-io", "ndis5", "qemu")
"""Packs and parts of packs that share the engine with the ones above, and need fewer drivers of their own."""
LOW_OK = re.compile(r"/\*\s*low-ok:\s*\S[^*]*\*/")
"""Marks a line where a finding of low confidence may stand, with the reason."""

CASES = [path for name in (*PLATFORMS, *SMALLER) for path in sorted((FIXTURES / name).iterdir())] + [
    FIXTURES / "sample"
]
each_case = pytest.mark.parametrize("path", CASES, ids=lambda p: p.relative_to(FIXTURES).as_posix())


@cache
def scanned(path: Path) -> Report:
    """The report of all rules on one driver: a file, or a folder of files that belong together."""
    return scan(Settings(paths=(path,), select=tuple(RULES), min_confidence=Confidence.LOW)).report


def judged(path: Path) -> frozenset[str]:
    """The rules that a driver's markers speak about."""
    markers = (m for text in texts(path).values() for m in expectations(text))
    return frozenset({FIRST_RULE} | {marker.rule for marker in markers if marker.rule})


def texts(path: Path) -> dict[Path, str]:
    """The driver's files and what they say."""
    files = [path] if path.is_file() else sorted(path.glob("*.[ch]"))
    return {file: file.read_text(encoding="utf-8") for file in files}


@each_case
def test_findings_agree_with_markers(path: Path) -> None:
    report = scanned(path)
    rules = judged(path)
    assert rules <= RULES.keys(), "a marker names a rule that does not exist"
    found: dict[Path, list[Finding]] = defaultdict(list)
    for finding in report.findings:
        sure = RULES[finding.rule] and finding.confidence is not Confidence.LOW
        if finding.rule not in rules and not sure:
            continue
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


@pytest.mark.parametrize("platform", SMALLER)
def test_each_smaller_platform_has_a_bad_and_two_good_drivers(platform: str) -> None:
    drivers = [path for path in CASES if path.parent.name == platform]
    bad = [path for path in drivers if any("/* expect: " in text for text in texts(path).values())]

    assert bad
    assert len(drivers) - len(bad) >= 2


def gets_through(policy: LengthPolicy) -> bool:
    """Whether frames of some class are handed on at 100 bytes."""
    spans = [span for row in policy.rows for span in row.spans if span.low <= 100 <= span.high]
    return any(Outcome.HANDED_ON in span.outcomes for span in spans)


def tolerated(finding: Finding, text: str) -> bool:
    """A finding of low confidence on a line that allows one."""
    line = text.splitlines()[finding.at.line - 1]
    return finding.confidence is Confidence.LOW and LOW_OK.search(line) is not None
