"""For all tests: nothing is remembered unless one asks for it; the figures of the oracle at the end."""

from __future__ import annotations

import os
from collections import Counter

import pytest

from tests.oracle.totals import lines

os.environ["LENAUDIT_NO_CACHE"] = "1"  # for the commands that tests start, too


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """What the oracle compared, on however many workers."""
    reports = terminalreporter.stats.get("passed", []) + terminalreporter.stats.get("failed", [])
    found: Counter[str] = Counter()
    for report in reports:
        for name, value in getattr(report, "user_properties", ()):
            if name == "oracle" and report.when == "call":
                found.update(value)
    if found:
        terminalreporter.section("the oracle: policies held against compiled and executed drivers")
        for line in lines(found):
            terminalreporter.write_line(line)
