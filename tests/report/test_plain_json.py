"""The JSON format: the report's own fields, reproducible, readable without lenaudit.

``python -m tests.report.test_plain_json`` writes its schema anew.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import jsonschema_rs
import msgspec
import pytest

from auditor.report import plain_json
from tests.report import made

SCHEMA = Path(__file__).resolve().parents[2] / f"docs/report-{plain_json.FORMAT}.schema.json"


def test_fields(tmp_path):
    content = json.loads(plain_json.render(made.report(tmp_path, made.finding(), gaps=made.gaps())))
    assert content["format"] == 1
    (finding,) = content["findings"]
    assert finding["at"] == {"file": made.FILE, "line": 7, "column": 6, "end_line": 7, "end_column": 38}
    assert finding["witnesses"][0]["data"] == made.FRAME.hex()
    assert finding["policies"][0]["rows"][0]["spans"][0] == {"low": 0, "high": 33, "outcomes": ["dropped"]}


def test_run_time_does_not_show(tmp_path):
    report = made.report(tmp_path, made.finding())
    assert plain_json.render(report) == plain_json.render(msgspec.structs.replace(report, seconds=9.0))


def test_the_schema_in_the_documentation_is_the_formats():
    assert SCHEMA.read_text(encoding="utf-8") == plain_json.schema()


@pytest.mark.parametrize("findings", [(), (made.finding(),)], ids=["clean", "one"])
def test_a_report_keeps_the_schema(tmp_path, findings):
    report = json.loads(plain_json.render(made.report(tmp_path, *findings, gaps=made.gaps())))
    validator = jsonschema_rs.validator_for(json.loads(plain_json.schema()))
    assert [error.message for error in validator.iter_errors(report)] == []


def test_the_schema_refuses_what_is_not_written(tmp_path):
    report = json.loads(plain_json.render(made.report(tmp_path, made.finding())))
    validator = jsonschema_rs.validator_for(json.loads(plain_json.schema()))
    for change in ({"format": 2}, {"findings": [{}]}, {"base": None}):
        assert not validator.is_valid(report | change)


if __name__ == "__main__":
    SCHEMA.write_text(plain_json.schema(), encoding="utf-8")
    sys.exit(0)
