"""The other commands, and what the process as a whole does: start-up time, broken pipes, odd encodings."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from pathlib import Path

import pytest

from auditor import __version__
from auditor.commands import CLEAN, WRONG_USAGE
from tests.report import made

ROOT = Path(__file__).resolve().parents[2]
START = [sys.executable, "-m", "auditor"]


def test_version(lenaudit):
    assert lenaudit("--version") == (CLEAN, f"lenaudit {__version__}\n", "")


def test_help_tells_the_exit_codes(lenaudit):
    code, out, _ = lenaudit("--help")
    assert code == CLEAN
    assert "Exit codes: 0" in out


def test_rules_are_listed_and_explained(lenaudit):
    code, out, _ = lenaudit("rules")
    assert (code, made.RULE_ID in out.split()) == (CLEAN, True)
    code, out, _ = lenaudit("rules", made.RULE_ID)
    assert code == CLEAN
    assert "## Why it matters" in out
    assert "expect: " + made.RULE_ID in out


def test_policy_draws_every_mode(lenaudit):
    code, out, _ = lenaudit("policy", "src")
    assert code == CLEAN
    assert "when !device->tun" in out
    assert "\n  always\n" in out


def test_policy_draws_a_page(lenaudit, tmp_path):
    code, out, _ = lenaudit("policy", "src", "--html", tmp_path / "x.html")
    assert (code, out) == (CLEAN, "")
    text = (tmp_path / "x.html").read_text(encoding="utf-8")
    assert text.startswith("<!DOCTYPE html>")
    assert "when !device-&gt;tun" in text
    assert "Findings" not in text


def test_policy_of_an_unknown_entry_names_those_there_are(lenaudit):
    code, out, err = lenaudit("policy", "src", "--entry", "device_sent")
    assert (code, out) == (WRONG_USAGE, "")
    assert "entry points: device_send" in err


def test_maps_are_ascii_where_the_terminal_is(lenaudit, monkeypatch):
    monkeypatch.setattr("auditor.report.terminal.has_blocks", lambda output: False)
    assert lenaudit("policy", "src")[1].isascii()


@pytest.mark.parametrize("arguments", [["--version"], ["scan"]], ids=["version", "wrong usage"])
def test_start_up_imports_nothing_heavy(arguments):
    script = (
        "import sys; from auditor.cli import run; run(sys.argv[1:]); "
        "print(sorted(set(sys.modules) & {'clang', 'networkx', 'sarif_om', 'rich', 'msgspec', 'attrs'}))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, *arguments], cwd=ROOT, check=True, capture_output=True, text=True
    )
    assert done.stdout.endswith("[]\n")


def test_version_takes_less_than_150_ms_of_cpu():
    def seconds():
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([*START, "--version"], cwd=ROOT, check=True, capture_output=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime

    assert min(seconds() for _ in range(5)) < 0.15


def test_a_reader_that_goes_away_is_no_error():
    read, write = os.pipe()
    os.close(read)
    done = subprocess.run(
        [*START, "rules", made.RULE_ID],
        cwd=ROOT,
        check=False,
        stdout=write,
        stderr=subprocess.PIPE,
        text=True,
    )
    os.close(write)
    assert (done.returncode, done.stderr) == (CLEAN, "")


def test_a_terminal_that_knows_ascii_only_gets_replacements_not_errors():
    environment = os.environ | {"PYTHONIOENCODING": "ascii"}
    done = subprocess.run([*START, "rules"], cwd=ROOT, check=False, capture_output=True, env=environment)
    assert done.returncode == CLEAN
