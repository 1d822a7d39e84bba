"""What a change brought: findings that an earlier revision did not have."""

from __future__ import annotations

import subprocess

import pytest

from auditor.cli import run
from auditor.commands import CLEAN, FOUND, WRONG_USAGE
from auditor.knowledge import sample_folder


@pytest.fixture
def checkout(tmp_path, monkeypatch):
    """A repository: first the sample without its faulty check, then with it; run inside."""
    monkeypatch.chdir(tmp_path)
    for name in ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"):
        monkeypatch.delenv(name, raising=False)
    git("init", "-q")
    (tmp_path / "drv").mkdir()
    for file in sample_folder().iterdir():
        (tmp_path / "drv" / file.name).write_bytes(file.read_bytes())
    faulty = (tmp_path / "drv/send.c").read_text(encoding="utf-8")
    right = faulty.replace("ETHER_HEADER_BYTES + IP_HEADER_BYTES", "ETHER_HEADER_BYTES")
    (tmp_path / "drv/send.c").write_text(right, encoding="utf-8")
    commit("right")
    git("tag", "right")
    (tmp_path / "drv/send.c").write_text(faulty, encoding="utf-8")
    commit("faulty")
    return tmp_path


def git(*arguments):
    who = ["-c", "user.name=x", "-c", "user.email=x@example.com", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", *who, *arguments], check=True, capture_output=True)


def commit(message):
    git("add", "-A")
    git("commit", "-q", "-m", message)


def test_a_change_that_brought_the_fault(checkout, capsys):
    assert run(["scan", ".", "--changed-since", "right", "-q"]) == FOUND
    assert "[l3-minimum-on-l2-path] drv/send.c" in capsys.readouterr().out


def test_a_change_elsewhere(checkout, capsys):
    (checkout / "drv/send.c").write_text("\n" + (checkout / "drv/send.c").read_text(), encoding="utf-8")
    assert run(["scan", "drv", "--changed-since", "HEAD", "-q"]) == CLEAN
    assert capsys.readouterr().out.startswith("0 findings, 1 already there at HEAD")


def test_a_tree_that_was_not_there(checkout, capsys):
    (checkout / "new").mkdir()
    for file in sample_folder().iterdir():
        (checkout / "new" / file.name).write_bytes(file.read_bytes())
    assert run(["scan", "new", "--changed-since", "HEAD", "-q"]) == FOUND


@pytest.mark.parametrize("revision", ["no-such", "--all", "HEAD~9"])
def test_no_such_revision(checkout, capsys, revision):
    assert run(["scan", ".", f"--changed-since={revision}", "-q"]) == WRONG_USAGE
    assert revision in capsys.readouterr().err


def test_outside_of_git(tmp_path, capsys):
    (tmp_path / "a.c").write_text("int a;\n", encoding="utf-8")
    assert run(["scan", str(tmp_path), "--changed-since", "HEAD"]) == WRONG_USAGE
    assert "not in one git checkout" in capsys.readouterr().err
