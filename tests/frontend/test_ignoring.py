"""Gitignore patterns match what git's match, in no time worth naming, whatever a stranger wrote."""

from __future__ import annotations

import shutil
import subprocess
import time
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as some

from auditor.frontend.discover import discover
from auditor.frontend.ignoring import LONGEST_LINE, MOST_LINES, ignores
from auditor.model import UsageError

FOLDER = some.sampled_from(["a", "b", "ab", "c"])
FILE = some.sampled_from(["a.c", "b.c", "ab.c"])
TREES = some.lists(some.tuples(some.lists(FOLDER, max_size=3), FILE), min_size=1, max_size=8)
GLOB = (
    some.sampled_from(["**", "***", "[ab]*a", "[!a]*b*", "?", "*?", "*.c", "\\a", "*", "[^b]"])
    | FOLDER
    | FILE
)
LINES = some.builds(
    lambda bang, slash, names, end: bang + slash + "/".join(names) + end,
    some.sampled_from(["", "", "!"]), some.sampled_from(["", "/"]),
    some.lists(GLOB, min_size=1, max_size=4), some.sampled_from(["", "", "/", "/**", " "]),
)  # fmt: skip


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    top = tmp_path_factory.mktemp("checkout")
    subprocess.run(["git", "init", "--quiet", top], check=True)
    return top


def made(top: Path, tree: list[tuple[list[str], str]], ignored: dict[str, list[str]]) -> None:
    for entry in top.iterdir():
        if entry.is_file():
            entry.unlink()
        elif entry.name != ".git":
            shutil.rmtree(entry)
    for folders, file in tree:
        path = top.joinpath(*folders, file)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    for folder, lines in ignored.items():
        if (top / folder).is_dir():
            (top / folder / ".gitignore").write_text("\n".join(lines), encoding="utf-8")


@pytest.mark.skipif(shutil.which("git") is None, reason="git knows best")
@settings(deadline=None, max_examples=150)
@example([(["a", "b"], "a.c")], ["*", "!*/", "!*.c"], [])
@example([(["a"], "a.c"), (["a"], "b.c"), ([], "a.c")], ["a/**", "!a/b.c"], [])
@example([([], "a.c"), (["b"], "a.c")], ["**/**", "!b", "!/b/*"], [])
@example([(["a", "a"], "a.c")], ["a.c"], ["a", "!a"])
@given(TREES, some.lists(LINES, min_size=1, max_size=4), some.lists(LINES, max_size=2))
def test_a_tree_without_what_git_ignores(checkout: Path, tree, outer: list[str], inner: list[str]) -> None:
    made(checkout, tree, {".": outer, "a": inner})
    listed = subprocess.run(
        ["git", "-C", checkout, "ls-files", "--others", "--exclude-standard", "*.c"],
        check=True, capture_output=True, text=True,
    )  # fmt: skip
    found = [Path(source).relative_to(checkout).as_posix() for source in discover((checkout,)).sources]
    assert sorted(found) == sorted(listed.stdout.split())


def test_a_set_without_an_end_matches_nothing() -> None:
    assert ignores(["[", "[ab", "a/[b"]).verdict("a/[b") is None


@pytest.mark.parametrize("root", ["build", "build/deep"])
def test_what_is_in_an_ignored_folder_is_ignored(root: str, tmp_path: Path) -> None:
    (tmp_path / "build" / "deep").mkdir(parents=True)
    (tmp_path / ".git").mkdir()
    (tmp_path / "build" / "deep" / "a.c").touch()
    assert len(discover((tmp_path / root,)).sources) == 1
    assert discover((tmp_path / root,), exclude=["build/"]).sources == ()
    (tmp_path / ".gitignore").write_text("build/\n", encoding="utf-8")
    assert discover((tmp_path / root,)).sources == ()


SLOW = {
    "stars": ("*a" * 30 + "b", "a" * 250),
    "stars in a row": ("*" * 200 + "b", "a" * 250),
    "stars and classes": ("*[ab]" * 30 + "c", "ab" * 120),
    "any number of folders": ("**/a/" * 40 + "b", "a/" * 1000),
    "folders and stars": ("**/*a*a/" * 20 + "b", "aaa/" * 500),
}


@pytest.mark.parametrize(("line", "name"), SLOW.values(), ids=SLOW)
def test_time_does_not_explode(line: str, name: str) -> None:
    mine = ignores([line])
    begun = time.monotonic()
    assert not mine.verdict(name)
    assert time.monotonic() - begun < 1


@pytest.mark.parametrize("line", ["!", "\\", "[z-a]", "a" * (LONGEST_LINE + 1)])
def test_what_is_no_pattern_is_counted(line: str) -> None:
    found = ignores([line, "*.o", "# a comment", ""])
    assert found.unused == 1
    assert found.verdict("a.o")


def test_so_is_what_is_too_much() -> None:
    assert ignores(["a"] * (MOST_LINES + 3)).unused == 3


@pytest.mark.parametrize("line", ["", "#", "!"])
def test_lines_that_say_nothing_take_no_time(line: str) -> None:
    begun = time.monotonic()
    assert ignores([line] * 200_000).verdict("a") is None
    assert time.monotonic() - begun < 2


def test_a_bad_ignore_file_of_a_tree_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.c").touch()
    (tmp_path / ".gitignore").write_text("[z-a]\n!\na.c\n", encoding="utf-8")
    found = discover((tmp_path,))
    assert found.sources == ()
    assert any("no patterns, or too many: 2" in gap.message for gap in found.gaps)


def test_a_bad_pattern_of_the_user_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"\[z-a\]"):
        discover((tmp_path,), ("*.o", "[z-a]"))
