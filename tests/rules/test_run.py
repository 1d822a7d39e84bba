"""Findings come out once, in order, sure enough, and an exception says which rule raised it."""

from __future__ import annotations

import msgspec
import pytest

from auditor.findings import settle
from auditor.ir import Program
from auditor.model import Confidence, Severity, Sources
from auditor.rules import LoadedRule, RuleContext, check_rules
from tests.report import made


def rule(*findings, error: Exception | None = None) -> LoadedRule:
    def check(context):
        yield from findings
        if error:
            raise error

    return LoadedRule(made.doc(), check)


def run(folder, *rules, minimum=Confidence.MEDIUM, severities=None):
    program = Program(str(folder), ())
    context = RuleContext(
        analysis=None,
        program=program,
        knowledge=None,
        sites=lambda: (),
        provenance=lambda e: None,
        witnesses=lambda losses: (),
    )
    found = check_rules(rules, context)
    return settle(found, Sources(str(folder)), (), frozenset(), minimum, severities)[0]


def test_in_order_of_place(tmp_path):
    findings = run(tmp_path, rule(made.finding(9), made.finding(3)), rule(made.finding(5)))
    assert [f.at.line for f in findings] == [3, 5, 9]


def test_once_per_place_the_surest(tmp_path):
    weak, sure = made.finding(confidence=Confidence.MEDIUM), made.finding(confidence=Confidence.HIGH)
    assert [f.confidence for f in run(tmp_path, rule(weak, sure, weak))] == [Confidence.HIGH]


def test_severities_of_the_user_stand_for_the_rules_own(tmp_path):
    wanted = {made.RULE_ID: Severity.NOTE}
    assert [f.severity for f in run(tmp_path, rule(made.finding()), severities=wanted)] == [Severity.NOTE]


def test_a_fingerprint_does_not_depend_on_what_is_left_out(tmp_path):
    weak, sure = made.finding(3, Confidence.LOW), made.finding(9)
    every = {f.at.line: f.fingerprint for f in run(tmp_path, rule(weak, sure), minimum=Confidence.LOW)}
    (only,) = run(tmp_path, rule(weak, sure))
    assert only.fingerprint == every[9] != every[3]


@pytest.mark.parametrize(("minimum", "kept"), [("high", 1), ("medium", 2), ("low", 3)])
def test_weak_findings_are_left_out(tmp_path, minimum, kept):
    findings = [made.finding(line, level) for line, level in enumerate(Confidence, 3)]
    assert len(run(tmp_path, rule(*findings), minimum=Confidence(minimum))) == kept


def test_an_exception_names_its_rule(tmp_path):
    with pytest.raises(RuntimeError) as caught:
        run(tmp_path, rule(error=RuntimeError("no")))
    assert caught.value.__notes__ == [f"in rule {made.RULE_ID}"]


def test_two_rules_may_speak_about_one_place(tmp_path):
    other = msgspec.structs.replace(made.finding(), rule="other-rule")
    assert len(run(tmp_path, rule(made.finding(), other))) == 2
