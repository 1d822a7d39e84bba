"""A baseline knows its findings wherever their lines move, and says when one of them is gone."""

from __future__ import annotations

import json

import pytest

from auditor.cli import run
from auditor.commands import CLEAN, FOUND, WRONG_USAGE
from auditor.findings.known import against_baseline, baseline_text, mark_known, read_baseline
from auditor.knowledge import sample_folder
from auditor.model import Confidence, ConfigError
from tests.report import made


@pytest.fixture
def baseline(tmp_path):
    def write(*findings):
        file = tmp_path / "known.json"
        file.write_text(baseline_text(findings), encoding="utf-8")
        return file

    return write


def marked(report, file, files=(made.FILE,), minimum=Confidence.MEDIUM):
    found = against_baseline(report, file, files, minimum)
    return [f.known for f in found.findings], [gap.message for gap in found.gaps]


def test_known_findings_are_marked_and_others_not(tmp_path, baseline):
    report = made.report(tmp_path, made.finding(7), made.finding(9))
    assert marked(report, baseline(made.finding(7))) == (["in known.json", ""], [])


def test_the_first_reason_stays(tmp_path):
    report = made.report(tmp_path, made.finding(7))
    twice = mark_known(
        mark_known(report, [made.finding(7).fingerprint], "a"), [made.finding(7).fingerprint], "b"
    )
    assert [f.known for f in twice.findings] == ["a"]


@pytest.mark.parametrize(
    ("old", "files", "minimum", "said"),
    [
        (made.finding(3), (made.FILE,), "medium", True),
        (made.finding(3), ("src/elsewhere.c",), "medium", False),
        (made.finding(3, Confidence.LOW), (made.FILE,), "medium", False),
        (made.finding(3, Confidence.LOW), (made.FILE,), "low", True),
    ],
    ids=["gone", "file not scanned", "not looked for", "looked for"],
)
def test_what_is_found_no_more_is_said_where_it_was_looked_for(tmp_path, baseline, old, files, minimum, said):
    _, gaps = marked(made.report(tmp_path), baseline(old), files, Confidence(minimum))
    assert [made.FILE in message and "no longer found" in message for message in gaps] == [True] * said


@pytest.mark.parametrize("text", ["{", "[]", '{"findings": [{}]}', '{"findings": [], "format": 9}'])
def test_what_is_no_baseline_is_refused(tmp_path, text):
    file = tmp_path / "known.json"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError, match=r"known\.json"):
        read_baseline(file)


def test_a_scan_with_a_baseline_shows_what_is_new(tmp_path, monkeypatch, capsys):
    for file in sample_folder().iterdir():
        (tmp_path / file.name).write_bytes(file.read_bytes())
    monkeypatch.chdir(tmp_path)
    assert run(["scan", ".", "--baseline", "lenaudit-baseline.json"]) == WRONG_USAGE
    assert "lenaudit baseline write -o lenaudit-baseline.json" in capsys.readouterr().err
    assert run(["baseline", "write", "."]) == CLEAN
    assert "1 known finding in lenaudit-baseline.json" in capsys.readouterr().err
    code = (tmp_path / "send.c").read_text(encoding="utf-8")
    (tmp_path / "send.c").write_text("/* moved */\n\n" + code, encoding="utf-8")
    assert run(["scan", ".", "--baseline", "lenaudit-baseline.json"]) == CLEAN
    assert capsys.readouterr().out.startswith("0 findings, 1 in lenaudit-baseline.json")
    (tmp_path / "send.c").write_text(code.replace("bytes <", "(bytes) <"), encoding="utf-8")
    assert run(["scan", ".", "--baseline", "lenaudit-baseline.json"]) == FOUND
    assert "no longer found: l3-minimum-on-l2-path in send.c" in capsys.readouterr().err


def test_a_baseline_is_readable(baseline):
    (entry,) = json.loads(baseline(made.finding()).read_text(encoding="utf-8"))["findings"]
    assert entry["file"] == made.FILE
    assert entry["rule"] == made.RULE_ID
