"""The action's shell, step by step as GitHub runs it; the hooks and workflows as their linters read them."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from auditor.cli import run
from auditor.knowledge import sample_folder

ROOT = Path(__file__).resolve().parents[1]
WORKFLOWS = [*(ROOT / ".github/workflows").glob("*.yml"), *(ROOT / "docs/workflows").glob("*.yml")]
HOOKS = (ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8")
TOOLS = Path(sys.executable).parent


@pytest.fixture
def step(tmp_path):
    """Run ``.ci/NAME`` with variables in a folder with the sample; gives exit code, outputs and stdout."""
    tree = tmp_path / "a tree"
    tree.mkdir()
    for file in sample_folder().iterdir():
        (tree / file.name).write_bytes(file.read_bytes())
    binary = tmp_path / "installed/bin/lenaudit"
    binary.parent.mkdir(parents=True)
    binary.write_text(f'#!/bin/sh\nPYTHONPATH="{ROOT}" exec "{sys.executable}" -m auditor "$@"\n')
    binary.chmod(0o755)

    def run(name, **variables):
        outputs = tmp_path / "outputs"
        outputs.write_text("", encoding="utf-8")
        fixed = {
            "PATH": os.environ["PATH"], "HOME": str(tmp_path), "GITHUB_OUTPUT": str(outputs),
            "GITHUB_STEP_SUMMARY": str(tmp_path / "summary.md"), "FOLDER": str(tmp_path / "installed"),
        }  # fmt: skip
        usual = {"PATHS": ".", "ARGS": "", "FAIL_ON": "error", "CATEGORY": "lenaudit"}
        done = subprocess.run(
            ["bash", ROOT / ".ci" / name], cwd=tmp_path, env=fixed | usual | variables, check=False,
            capture_output=True, text=True, timeout=60,
        )  # fmt: skip
        said = dict(line.split("=", 1) for line in outputs.read_text(encoding="utf-8").splitlines())
        return done.returncode, said, done.stdout + done.stderr

    run.folder = tmp_path
    return run


def test_a_scan_with_findings(step):
    code, outputs, said = step("action-scan")
    assert (code, outputs["status"]) == (0, "1")
    assert "::error file=a tree/send.c," in said
    run = json.loads(Path(outputs["sarif-file"]).read_text(encoding="utf-8"))["runs"][0]
    assert run["automationDetails"]["id"] == "lenaudit/"
    assert len(run["results"]) == 1
    assert "Length map of" in (step.folder / "summary.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("variables", "status"),
    [
        ({"FAIL_ON": "never"}, "0"),
        ({"ARGS": "--ignore\nl3-minimum-on-l2-path\n"}, "0"),
        ({"PATHS": "a tree\r\n\n  \n"}, "1"),
        ({"PATHS": "no such folder"}, "2"),
        ({"PATHS": "--version"}, "2"),
        ({"PATHS": "$(touch made)`touch made`"}, "2"),
        ({"ARGS": "$(touch made)"}, "2"),
        ({"CATEGORY": '"; touch made; "'}, "1"),
    ],
    ids=lambda value: str(value) if isinstance(value, dict) else "",
)
def test_inputs_are_words_and_never_code(step, variables, status):
    code, outputs, _ = step("action-scan", **variables)
    assert (code, outputs["status"]) == (0, status)
    assert not (step.folder / "made").exists()


def test_a_scan_that_could_not_run_gives_no_file_to_upload(step):
    step("action-scan")
    _, outputs, _ = step("action-scan", PATHS="no such folder")
    assert "sarif-file" not in outputs


@pytest.mark.parametrize("version", ["0.1; touch made", "latest", "--pre", "git+https://example.com/x"])
def test_only_a_version_can_be_asked_for(step, version):
    code, _, said = step("action-install", VERSION=version, SOURCE=str(ROOT))
    assert code == 2
    assert "::error::lenaudit: version" in said


@pytest.mark.parametrize("file", [ROOT / "action.yml", *WORKFLOWS], ids=lambda file: file.name)
def test_expressions_never_stand_in_shell(file):
    text = file.read_text(encoding="utf-8")
    blocks = re.findall(r"run: *\|?(.*?)(?=\n *(?:- |\w[\w-]*:)|\Z)", text, re.DOTALL)
    assert not [block for block in blocks if "${{" in block]


@pytest.mark.parametrize("file", [ROOT / "action.yml", *WORKFLOWS], ids=lambda file: file.name)
def test_the_schema_is_kept(file):
    schema = "vendor.github-actions" if file.name == "action.yml" else "vendor.github-workflows"
    command = [TOOLS / "check-jsonschema", "--builtin-schema", schema, file]
    done = subprocess.run(command, check=False, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stdout


def test_zizmor_finds_nothing():
    command = [TOOLS / "zizmor", "--offline", "--persona=pedantic", "--no-progress", ROOT / "action.yml"]
    done = subprocess.run([*command, *WORKFLOWS], check=False, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stdout


def test_the_hooks_manifest_is_valid():
    command = [TOOLS / "pre-commit", "validate-manifest", ROOT / ".pre-commit-hooks.yaml"]
    subprocess.run(command, check=True, capture_output=True, timeout=60)


@pytest.mark.parametrize("words", re.findall(r"entry: lenaudit (.*)\n  args: \[(.*)\]", HOOKS), ids=str)
def test_the_hooks_run_what_exists(words, tmp_path, monkeypatch):
    for file in sample_folder().iterdir():
        (tmp_path / file.name).write_bytes(file.read_bytes())
    monkeypatch.chdir(tmp_path)
    entry, args = words
    command = [*entry.split(), *args.split(", "), "-q"]
    files = [] if "--context" not in command else ["frame.h"]
    assert run([*command, *files]) == 1
    if files:
        assert run([*command, "queue.c"]) == 0
