"""A report in, GitLab's code quality JSON out.

https://docs.gitlab.com/ci/testing/code_quality/, "Code Quality report format".
"""

from __future__ import annotations

import json

from auditor.model import Finding, Report, Severity
from auditor.report.wording import level_of, shown

SEVERITIES = {Severity.ERROR: "critical", Severity.WARNING: "major", Severity.NOTE: "info"}


def render(report: Report) -> str:
    """A list with one object per finding, in order; paths from the top of the checkout."""
    return json.dumps([_issue(finding) for finding in shown(report.findings)], indent=2) + "\n"


def _issue(finding: Finding) -> dict[str, object]:
    return {
        "description": finding.message,
        "check_name": finding.rule,
        "fingerprint": finding.fingerprint,
        "severity": SEVERITIES[level_of(finding)],
        "location": {
            "path": finding.at.file,
            "lines": {"begin": finding.at.line, "end": finding.at.end_line or finding.at.line},
        },
    }
