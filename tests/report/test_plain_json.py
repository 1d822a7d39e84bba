"""The JSON format: the report's own fields, reproducible, readable without lenaudit."""

from __future__ import annotations

import json

import msgspec

from auditor.report import plain_json
from tests.report import made


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
