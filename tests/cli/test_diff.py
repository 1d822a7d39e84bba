"""``lenaudit diff`` from the command line: folders and revisions, text and markdown."""

from __future__ import annotations

import pytest

from auditor import cli
from auditor.commands import CLEAN, FOUND, WRONG_USAGE
from tests.cli.test_fix import FIXED
from tests.repair.test_verify import GOES
from tests.test_revisions import git


@pytest.fixture
def trees(tmp_path):
    for name, code in (("before", GOES), ("after", FIXED)):
        (tmp_path / name).mkdir()
        (tmp_path / name / "link.c").write_text(code, encoding="utf-8")
    return tmp_path


def diff(capsys, *arguments):
    code = cli.run(["diff", *map(str, arguments)])
    out, err = capsys.readouterr()
    return code, out, err


def test_two_folders(trees, capsys):
    code, out, _ = diff(capsys, trees / "before", trees / "after")
    assert code == CLEAN
    assert "link.c:8, " in out
    assert "every class: minimum 34 -> 14 bytes" in out
    assert "finding gone: l3-minimum-on-l2-path at link.c:10:9, 14..33 bytes" in out
    assert out.endswith("1 length policy changed, 0 did not\n")


def test_the_other_way_the_finding_is_new(trees, capsys):
    out = diff(capsys, trees / "after", trees / "before")[1]
    assert "new finding: l3-minimum-on-l2-path" in out


@pytest.mark.parametrize(("new", "code"), [("after", FOUND), ("before", CLEAN)])
def test_an_exit_code_on_request(trees, capsys, new, code):
    assert diff(capsys, "--exit-code", trees / "before", trees / new)[0] == code


def test_two_revisions(trees, capsys, monkeypatch):
    folder = trees / "before"
    git(folder, "init", "-q", "-b", "main")
    for name, code in (("one", GOES), ("two", FIXED)):
        (folder / "link.c").write_text(code, encoding="utf-8")
        git(folder, "add", "-A")
        git(folder, "commit", "-q", "-m", name)
        git(folder, "tag", name)
    monkeypatch.chdir(folder)
    code, out, _ = diff(capsys, "-f", "markdown", "one", "two")
    assert code == CLEAN
    assert out.startswith("### Length policies, `one` to `two`\n\n1 length policy changed, 0 did not.\n")
    assert "- every class: minimum 34 -> 14 bytes" in out
    assert diff(capsys, "one", ".")[1].endswith("1 length policy changed, 0 did not\n")


def test_settings_hold_for_revisions_too(trees, capsys, monkeypatch):
    folder = trees / "before"
    git(folder, "init", "-q", "-b", "main")
    for name, code in (("one", GOES), ("two", FIXED)):
        for file in ("link.c", "left_out.c"):
            (folder / file).write_text(code, encoding="utf-8")
        git(folder, "add", "-A")
        git(folder, "commit", "-q", "-m", name)
        git(folder, "tag", name)
    (folder / "lenaudit.toml").write_text("exclude = ['/left_out.c']\n", encoding="utf-8")
    monkeypatch.chdir(folder)
    assert diff(capsys, "one", "two")[1].endswith("1 length policy changed, 0 did not\n")
    assert diff(capsys, "--no-config", "one", "two")[1].endswith("2 length policies changed, 0 did not\n")


def test_a_bare_repository(trees, capsys, monkeypatch):
    folder = trees / "before"
    git(folder, "init", "-q", "-b", "main")
    for name, code in (("one", GOES), ("two", FIXED)):
        (folder / "link.c").write_text(code, encoding="utf-8")
        git(folder, "add", "-A")
        git(folder, "commit", "-q", "-m", name)
        git(folder, "tag", name)
    git(trees, "clone", "-q", "--bare", "before", "bare.git")
    monkeypatch.chdir(trees / "bare.git")
    assert diff(capsys, "one", "two")[1].endswith("1 length policy changed, 0 did not\n")


def test_neither_folder_nor_revision(trees, capsys):
    code, out, err = diff(capsys, trees / "before", "nowhere")
    assert (code, out) == (WRONG_USAGE, "")
    assert "nowhere: is neither a folder nor a git revision" in err
