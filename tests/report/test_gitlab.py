"""GitLab's code quality report: the fields it reads, a fingerprint of its own for each finding."""

from __future__ import annotations

import json

from auditor.report import gitlab
from tests.report import made


def test_fields(tmp_path):
    (issue,) = json.loads(gitlab.render(made.report(tmp_path, made.finding())))
    assert issue == {
        "description": made.finding().message,
        "check_name": made.RULE_ID,
        "fingerprint": made.finding().fingerprint,
        "severity": "critical",
        "location": {"path": made.FILE, "lines": {"begin": 7, "end": 7}},
    }


def test_nothing_found_is_an_empty_list(tmp_path):
    assert gitlab.render(made.report(tmp_path)) == "[]\n"
