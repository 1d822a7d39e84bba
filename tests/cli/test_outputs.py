"""``lenaudit scan``: several outputs in one run, job summaries, what is shown of hidden findings, context."""

from __future__ import annotations

import json
from pathlib import Path

import msgspec
import pytest

from auditor.commands import CLEAN, FOUND
from auditor.report import FORMS
from tests.report import made

FILES = sorted(set(FORMS) - {"text", "github"})


def test_every_form_goes_to_its_file_beside_the_text(lenaudit, tmp_path):
    lenaudit.findings = (made.finding(),)
    wanted = [word for form in FILES for word in (f"--{form}", tmp_path / form)]
    code, out, _ = lenaudit("scan", "src", *wanted)
    assert code == FOUND
    assert out.startswith(f"error[{made.RULE_ID}]")
    for form in FILES:
        assert (tmp_path / form).read_text(encoding="utf-8") == lenaudit("scan", "src", "-f", form)[1]


def test_a_file_that_cannot_be_written_is_wrong_usage(lenaudit, tmp_path):
    code, _, err = lenaudit("scan", "src", "--sarif", tmp_path / "no/such/x.sarif")
    assert code == 2
    assert "cannot be written" in err


def test_githubs_job_summary_gets_the_markdown_after_what_is_there(lenaudit, tmp_path, monkeypatch):
    summary = tmp_path / "summary.md"
    summary.write_text("before\n", encoding="utf-8")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(summary))
    _, out, _ = lenaudit("scan", "src", "--format", "github")
    assert out == "::warning file=src/secret.c,title=not analysed::permission denied\n0 findings in 2 files\n"
    text = summary.read_text(encoding="utf-8")
    assert text.startswith("before\n## lenaudit: 0 findings")
    assert "Length map of device_send" in text
    lenaudit("scan", "src")
    assert summary.read_text(encoding="utf-8") == text


@pytest.mark.parametrize(("field", "said"), [("suppressed", "suppressed: why"), ("known", "why")])
def test_hidden_findings_are_counted_and_shown_on_request(lenaudit, field, said):
    lenaudit.findings = (msgspec.structs.replace(made.finding(), **{field: "why"}),)
    code, out, _ = lenaudit("scan", "src")
    assert (code, made.RULE_ID in out) == (CLEAN, False)
    assert out.startswith("0 findings, 1 ")
    code, out, _ = lenaudit("scan", "src", "--show-suppressed")
    assert code == CLEAN
    assert out.splitlines()[:2] == [f"error[{made.RULE_ID}] {made.FILE}:7:6 in frame_ok", f"  {said}"]
    assert json.loads(lenaudit("scan", "src", "-f", "sarif")[1])["runs"][0]["results"] == []


def test_statistics_follow_the_text_and_stay_beside_other_forms(lenaudit):
    assert "rule" in lenaudit("scan", "src", "--statistics")[1].splitlines()[-3]
    _, out, err = lenaudit("scan", "src", "--statistics", "-f", "json")
    assert json.loads(out)["format"] == 1
    assert "2 files, 1 entry point, 7 comparisons" in err


def test_context_is_what_is_read_and_paths_what_is_asked_about(lenaudit):
    here, there = Path(__file__), Path(__file__).parent / "conftest.py"
    lenaudit("scan", "--context", "tree", here, there)
    assert lenaudit.settings.paths == (Path("tree"),)
    assert lenaudit.settings.only == (here, there)


def test_a_path_that_does_not_exist_is_no_clean_one(lenaudit):
    code, _, err = lenaudit("scan", "--context", ".", "nowhere.c")
    assert (code, err) == (2, "lenaudit: nowhere.c: no such file or folder\n")


def test_settings_are_those_of_the_context(lenaudit, tmp_path):
    for folder in ("one", "two"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "lenaudit.toml").touch()
        (tmp_path / folder / "a.c").touch()
    (tmp_path / "lenaudit.toml").write_text("platform = 'linux'", encoding="utf-8")
    files = [tmp_path / folder / "a.c" for folder in ("one", "two")]
    assert lenaudit("scan", "--context", tmp_path, *files)[0] == CLEAN
    assert lenaudit.settings.platform == "linux"


def test_revision_and_baseline_reach_the_settings(lenaudit):
    lenaudit("scan", "src", "--changed-since", "main", "--baseline", "known.json")
    assert (lenaudit.settings.since, lenaudit.settings.baseline) == ("main", Path("known.json"))
