"""``lenaudit scan``: exit codes, formats, streams, and what its options ask the pipeline for."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from types import SimpleNamespace

import msgspec
import pytest

from auditor.commands import CLEAN, FAILED, FOUND, WRONG_USAGE
from auditor.model import Confidence, ConfigError, NothingAnalysed, Severity, UsageError
from tests.report import made


def test_clean(lenaudit):
    code, out, _ = lenaudit("scan", "src")
    assert code == CLEAN
    assert out.startswith("0 findings")


def test_found(lenaudit):
    lenaudit.findings = (made.finding(),)
    code, out, _ = lenaudit("scan", "src")
    assert code == FOUND
    assert out.startswith(f"error[{made.RULE_ID}] {made.FILE}:7:6")


def test_suppressed_findings_do_not_count(lenaudit):
    lenaudit.findings = (msgspec.structs.replace(made.finding(), suppressed="known"),)
    assert lenaudit("scan", "src")[0] == CLEAN


@pytest.mark.parametrize(
    ("severity", "confidence", "fails_at"),
    [
        ("error", "high", ["note", "warning", "error"]),
        ("warning", "high", ["note", "warning"]),
        ("note", "high", ["note"]),
        ("error", "low", ["note"]),  # reported as a note
    ],
)
@pytest.mark.parametrize("level", ["note", "warning", "error", "never"])
def test_fail_on(lenaudit, severity, confidence, fails_at, level):
    finding = made.finding(confidence=Confidence(confidence))
    lenaudit.findings = (msgspec.structs.replace(finding, severity=Severity(severity)),)
    assert lenaudit("scan", "src", "--fail-on", level)[0] == (FOUND if level in fails_at else CLEAN)


def test_partly_analysed_files_are_named_on_stderr_only(lenaudit):
    _, out, err = lenaudit("scan", "src", "--format", "json")
    assert "src/other.c: partly analysed: 4 of 5 comparisons understood" in err
    assert "src/secret.c: unreadable: permission denied" in err
    json.loads(out)


def test_verbose_names_every_gap_and_quiet_none(lenaudit):
    assert "src/gen.c: skipped" not in lenaudit("scan", "src")[2]
    assert "src/gen.c: skipped" in lenaudit("scan", "src", "-v")[2]
    assert lenaudit("scan", "src", "-q")[2] == ""


@pytest.mark.parametrize("form", ["text", "sarif", "json"])
def test_output_goes_to_the_file_as_it_would_to_stdout(lenaudit, tmp_path, form):
    lenaudit.findings = (made.finding(),)
    _, out, _ = lenaudit("scan", "src", "--format", form)
    code, rest, _ = lenaudit("scan", "src", "--format", form, "-o", tmp_path / "out")
    assert (code, rest) == (FOUND, "")
    assert (tmp_path / "out").read_text(encoding="utf-8") == out


def test_machine_formats_are_json(lenaudit):
    lenaudit.findings = (made.finding(),)
    assert json.loads(lenaudit("scan", "src", "--format", "sarif")[1])["version"] == "2.1.0"
    assert json.loads(lenaudit("scan", "src", "--format", "json")[1])["format"] == 1


def test_options_reach_the_settings(lenaudit, tmp_path):
    lenaudit(
        "scan", "a", "b", "--confidence", "low", "--select", "x-y", "--select", "z", "--ignore", "w",
        "--platform", "linux", "--rules", tmp_path, "-D", "A=1", "-D", "B", "--exclude", "gen/*",
    )  # fmt: skip
    got = lenaudit.settings
    assert got.paths == (Path("a"), Path("b"))
    assert got.min_confidence is Confidence.LOW
    assert (got.select, got.ignore) == (("x-y", "z"), ("w",))
    assert (got.platform, got.rules_folders) == ("linux", (tmp_path,))
    assert (got.defines, got.exclude) == (("A=1", "B"), ("gen/*",))


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (UsageError("no such path: x"), WRONG_USAGE),
        (ConfigError("rules/x.toml", "name", "expected a name"), WRONG_USAGE),
        (NothingAnalysed("no C files under x"), FAILED),
    ],
)
def test_expected_errors_are_one_sentence(lenaudit, error, code):
    lenaudit.error = error
    got, out, err = lenaudit("scan", "src")
    assert (got, out, err) == (code, "", f"lenaudit: {error.message}\n")


def test_an_internal_error_is_a_line_and_a_hint(lenaudit):
    lenaudit.error = ZeroDivisionError("oops")
    lenaudit.error.add_note("in rule some-rule")
    code, out, err = lenaudit("scan", "src")
    assert (code, out) == (FAILED, "")
    assert "internal error: ZeroDivisionError: oops (in rule some-rule)" in err
    assert "-v" in err
    assert "Traceback" not in err
    assert "Traceback" in lenaudit("scan", "src", "-v")[2]


@pytest.mark.parametrize(
    "arguments",
    [
        ["scan"],
        ["scan", "src", "--format", "xml"],
        ["scan", "src", "--confidence", "certain"],
        ["scan", "src", "--no-such-option"],
        ["scan", "src", "--rules", "no-such-folder"],
        ["scan", "src", "-o", "no-such-folder/out.sarif"],
        ["where", "many", "src"],
        ["no-such-command"],
        ["rules", "no-such-rule"],
    ],
    ids=" ".join,
)
def test_wrong_usage(lenaudit, arguments):
    code, out, err = lenaudit(*arguments)
    assert (code, out) == (WRONG_USAGE, "")
    assert err.strip()
    assert "Traceback" not in err


@pytest.mark.parametrize(
    ("environment", "colored"),
    [({}, False), ({"FORCE_COLOR": "1"}, True), ({"FORCE_COLOR": "1", "NO_COLOR": "1"}, False)],
)
def test_colour_follows_the_environment(lenaudit, monkeypatch, environment, colored):
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    lenaudit.findings = (made.finding(),)
    assert ("\x1b[" in lenaudit("scan", "src")[1]) is colored


@pytest.mark.parametrize("columns", [60, 80, 200])
def test_width_follows_the_terminal_up_to_what_reads_well(lenaudit, monkeypatch, columns):
    monkeypatch.setenv("COLUMNS", str(columns))
    lenaudit.findings = (made.finding(),)
    assert max(map(len, lenaudit("scan", "src")[1].splitlines())) <= min(columns, 120)


@pytest.mark.parametrize(
    ("options", "tried"),
    [
        ((), 0),
        (("-f", "json"), 0),
        (("-f", "html"), 1),
        (("--verify-fixes",), 1),
        (("-f", "html", "--no-verify-fixes"), 0),
    ],
)
def test_fixes_are_tried_for_the_page_and_on_request(lenaudit, monkeypatch, options, tried):
    calls = []
    fake = SimpleNamespace(verified=lambda result, *rest: calls.append(rest) or result)
    monkeypatch.setitem(sys.modules, "auditor.repair", fake)
    lenaudit("scan", "src", *options)
    assert len(calls) == tried
