"""Gitignore patterns match what pathspec's match, in no time worth naming, whatever a stranger wrote."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from pathspec import GitIgnoreSpec

from auditor.frontend.discover import discover
from auditor.frontend.ignoring import LONGEST_LINE, MOST_LINES, ignores
from auditor.model import UsageError

NAME = some.text("ab.", min_size=1, max_size=4)
GLOB = some.text("ab*?.", min_size=1, max_size=6) | some.sampled_from(["**", "*", "[ab]*a", "[!a]b*", "a**b"])
LINES = some.builds(
    lambda bang, slash, names, end: bang + slash + "/".join(names) + end,
    some.sampled_from(["", "", "!"]), some.sampled_from(["", "/"]),
    some.lists(GLOB, min_size=1, max_size=5), some.sampled_from(["", "", "/"]),
)  # fmt: skip
PATHS = some.builds(lambda names, end: "/".join(names) + end, some.lists(NAME, min_size=1, max_size=6),
                    some.sampled_from(["", "/"]))  # fmt: skip


@settings(deadline=None)
@given(some.lists(LINES, min_size=1, max_size=3), some.lists(PATHS, min_size=1, max_size=8))
def test_matches_what_pathspec_matches(lines: list[str], paths: list[str]) -> None:
    mine, theirs = ignores(lines), GitIgnoreSpec.from_lines(lines, backend="simple")
    assert [mine.verdict(p) for p in paths] == [theirs.check_file(p).include for p in paths]


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
