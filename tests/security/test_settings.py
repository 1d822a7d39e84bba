"""A settings file in a scanned tree: it may choose among what there is, and must not bring code."""

from __future__ import annotations

from pathlib import Path

import pytest

from auditor.cli import run
from auditor.commands import CLEAN, WRONG_USAGE

RULE = "import pathlib\npathlib.Path(__file__).with_name('ran').touch()\nraise SystemExit\n"


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A checkout with a rule of its own, which leaves a trace when it runs."""
    (tmp_path / ".git").mkdir()
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "some-rule.py").write_text(RULE, encoding="utf-8")
    (tmp_path / "a.c").write_text("int x;\n", encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("folder", ["own", "./own", "../{name}/own", "{whole}/own"])
def test_rules_of_a_settings_file_that_was_found_do_not_run(
    folder: str, tree: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    named = folder.format(name=tree.name, whole=tree)
    (tree / "lenaudit.toml").write_text(f"rules = ['{named}']\n", encoding="utf-8")
    assert run(["scan", str(tree)]) == WRONG_USAGE
    assert "--config" in capsys.readouterr().err
    assert not (tree / "own" / "ran").exists()


def test_rules_of_a_settings_file_that_the_user_names_run(tree: Path) -> None:
    (tree / "lenaudit.toml").write_text("rules = ['own']\n", encoding="utf-8")
    with pytest.raises(SystemExit):
        run(["scan", str(tree), "--config", str(tree / "lenaudit.toml")])
    assert (tree / "own" / "ran").exists()


def test_platforms_of_a_settings_file_are_data(tree: Path) -> None:
    (tree / "own" / "some-rule.py").unlink()
    (tree / "lenaudit.toml").write_text("rules = ['own']\n", encoding="utf-8")
    assert run(["scan", "-q", str(tree)]) == CLEAN


@pytest.mark.parametrize(
    "content", ["rules = 3", "= =", "\x00", "rules = ['/dev/zero']", "exclude = ['[', '**/' ]"]
)
def test_odd_settings(content: str, tree: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tree / "lenaudit.toml").write_text(content, encoding="utf-8")
    assert run(["scan", "-q", str(tree)]) in {CLEAN, WRONG_USAGE}
    assert "internal error" not in capsys.readouterr().err


def test_an_error_about_a_strangers_file_is_no_terminal_escape(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.c").touch()
    (tmp_path / "lenaudit.toml").write_text('"\\u001b]0;forged\\u0007\\u202e" = 1\n', encoding="utf-8")
    assert run(["scan", str(tmp_path)]) == WRONG_USAGE
    said = capsys.readouterr().err
    assert "there is no such key" in said
    assert not any(mark in said for mark in ("\x1b", "\x07", "\u202e"))


def test_a_baseline_that_the_settings_of_a_tree_name_is_a_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.c").write_text("int f(int n) { return n < 34; }\n", encoding="utf-8")
    (tmp_path / "lenaudit.toml").write_text("baseline = '/dev/zero'\n", encoding="utf-8")
    assert run(["scan", str(tmp_path)]) == WRONG_USAGE
    assert "is not a regular file" in capsys.readouterr().err
