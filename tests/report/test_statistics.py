"""Numbers by rule and confidence; what is hidden is counted apart."""

from __future__ import annotations

import msgspec

from auditor.model import Confidence
from auditor.report import statistics
from tests.report import made


def test_counts(tmp_path):
    known = msgspec.structs.replace(made.finding(3), known="in x")
    findings = (made.finding(5), known, made.finding(7), made.finding(8, Confidence.LOW))
    _, head, row, read = statistics.render(made.report(tmp_path, *findings)).splitlines()
    assert head.split() == ["rule", "high", "medium", "low", "hidden"]
    assert row.split() == [made.RULE_ID, "2", "0", "1", "1"]
    assert read == "2 files, 1 entry point, 7 comparisons, 0.0 s"
