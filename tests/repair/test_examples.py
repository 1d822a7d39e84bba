"""The changes suggested for the bad examples of the rules about lost lengths are all proved."""

from __future__ import annotations

import pytest

from auditor.knowledge import rules_folder
from auditor.model import Confidence
from auditor.pipeline import scan
from auditor.repair import verified
from auditor.rules import load_rules
from auditor.settings import Settings

FIXED = ("l3-minimum-on-l2-path", "maximum-ignores-vlan-tag", "wire-minimum-on-virtual-link")
BAD = [
    pytest.param(rule.id, code, id=f"{rule.id}: {title}")
    for rule in load_rules([rules_folder()])
    if rule.id in FIXED
    for title, code in rule.doc.bad.items()
]


@pytest.mark.parametrize(("rule", "code"), BAD)
def test_the_fix_of_a_bad_example_is_proved(tmp_path, rule, code):
    (tmp_path / "example.c").write_text(code, encoding="utf-8")
    settings = Settings(paths=(tmp_path,), min_confidence=Confidence.LOW)
    findings = [f for f in verified(scan(settings), settings).report.findings if f.rule == rule]
    assert findings
    assert [(fix.verified, fix.doubt) for f in findings for fix in f.fixes[:1]] == [(True, "")] * len(
        findings
    )
