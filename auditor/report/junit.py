"""A report in, JUnit XML out: a suite per rule that ran, a failed case per finding."""

from __future__ import annotations

import re

from junitparser import Error, Failure, JUnitXml, TestCase, TestSuite

from auditor.model import Finding, Gap, Report
from auditor.report.wording import gap_what, hex_dump, lengths_lost, level_of, shown

NOT_XML = re.compile(r"[^\t\n\r\x20-\uD7FF\uE000-\uFFFD\U00010000-\U0010FFFF]")  # XML 1.0, production 2


def render(report: Report) -> str:
    """The XML as text; a rule without findings has one case that passes, a file not analysed one in error."""
    document = JUnitXml("lenaudit")
    findings = shown(report.findings)
    for rule in report.rules:
        cases = [_failed(finding) for finding in findings if finding.rule == rule]
        document.add_testsuite(_suite(rule, cases or [TestCase("nothing found", rule)]))
    if broken := [_broken(gap) for gap in report.gaps if gap.level == "error"]:
        document.add_testsuite(_suite("analysis", broken))
    text: str = document.tostring().decode("utf-8")  # type: ignore[no-untyped-call]
    return text.rstrip() + "\n"


def _suite(name: str, cases: list[TestCase]) -> TestSuite:
    suite = TestSuite(name)
    suite.add_testcases(cases)
    return suite


def _failed(finding: Finding) -> TestCase:
    case = TestCase(_clean(f"{finding.at} {finding.function}".rstrip()), finding.rule)
    failure = Failure(_clean(finding.message), str(level_of(finding)))
    lost = lengths_lost(finding.losses)
    lines = [str(finding.at), finding.message, *([f"lost: {lost} bytes"] if lost else [])]
    for witness in finding.witnesses[:1]:
        lines += [f"witness: {witness.name}, {witness.length} bytes", *hex_dump(witness)]
    lines += [f"{step.at.file}:{step.at.line} {step.message}" for step in finding.path]
    failure.text = _clean("\n".join(lines))
    case.result = [failure]
    return case


def _broken(gap: Gap) -> TestCase:
    case = TestCase(_clean(gap.at.file or gap.kind), "analysis")
    case.result = [Error(_clean(gap_what(gap)), _clean(gap.kind))]
    return case


def _clean(text: str) -> str:
    """``text`` without what XML cannot hold: scanned code is not trusted."""
    return NOT_XML.sub("\N{REPLACEMENT CHARACTER}", text)
