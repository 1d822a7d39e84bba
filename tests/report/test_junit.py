"""JUnit XML, read back with its library: failures, passes, files in error."""

from __future__ import annotations

import msgspec
from junitparser import JUnitXml

from auditor.report import junit
from tests.report import made


def suites(folder, *findings, gaps=()):
    document = JUnitXml.fromstring(junit.render(made.report(folder, *findings, gaps=gaps)))
    return {suite.name: suite for suite in document}


def test_a_finding_is_a_failed_case(tmp_path):
    suite = suites(tmp_path, made.finding())[made.RULE_ID]
    assert (suite.tests, suite.failures, suite.errors) == (1, 1, 0)
    (case,) = suite
    assert case.name == f"{made.FILE}:7:6 frame_ok"
    (failure,) = case.result
    assert failure.type == "error"
    assert "PPPoE IPCP Configure-Ack" in failure.text


def test_a_rule_without_findings_passes(tmp_path):
    suite = suites(tmp_path)[made.RULE_ID]
    assert (suite.tests, suite.failures) == (1, 0)


def test_a_file_that_was_not_analysed_is_an_error(tmp_path):
    suite = suites(tmp_path, gaps=made.gaps())["analysis"]
    assert (suite.tests, suite.errors) == (1, 1)
    assert [case.name for case in suite] == ["src/secret.c"]


def test_bytes_that_xml_cannot_hold(tmp_path):
    odd = msgspec.structs.replace(made.finding(), message="a\x00b <c> & \x1b[31m\ud800")
    (case,) = suites(tmp_path, odd)[made.RULE_ID]
    assert case.result[0].message == "a\ufffdb <c> & \ufffd[31m\ufffd"


def test_gaps_that_xml_cannot_hold(tmp_path):
    (gap,) = (gap for gap in made.gaps() if gap.level == "error")
    odd = msgspec.structs.replace(gap, kind="a\x00", message="b\x1b")
    (case,) = suites(tmp_path, gaps=(odd,))["analysis"]
    assert case.result[0].type == "a\ufffd"
