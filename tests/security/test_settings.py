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
