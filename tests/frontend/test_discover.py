"""Paths in; the sources, headers and projects below them, and what was passed over and why, out."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from auditor.frontend.discover import Found, discover
from auditor.model import UsageError


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """The top of a checkout."""
    base = tmp_path.resolve() / "tree"
    (base / ".git").mkdir(parents=True)
    made(base, "a.c", "a.h", "sub/b.cpp", "sub/b.hpp", "sub/deep/c.C", "notes.txt", "sub/own.vcxproj")
    return base


def made(base: Path, *names: str) -> None:
    for name in names:
        (base / name).parent.mkdir(parents=True, exist_ok=True)
        (base / name).write_text("", encoding="utf-8")


def below(base: Path, paths: tuple[str, ...]) -> list[str]:
    return [os.path.relpath(path, base) for path in paths]


def said(found: Found) -> list[tuple[str, str]]:
    return [(gap.level, gap.message) for gap in found.gaps]


def test_what_lies_in_a_folder(tree: Path) -> None:
    found = discover([tree])
    assert found.base == str(tree)
    assert below(tree, found.sources) == ["a.c", "sub/b.cpp", "sub/deep/c.C"]
    assert below(tree, found.headers) == ["a.h", "sub/b.hpp"]
    assert below(tree, found.projects) == ["sub/own.vcxproj"]
    assert found.gaps == ()


def test_the_base_is_the_top_of_the_checkout(tree: Path) -> None:
    found = discover([tree / "sub" / "deep"])
    assert (found.base, below(tree, found.sources)) == (str(tree), ["sub/deep/c.C"])
    assert below(tree, found.projects) == ["sub/own.vcxproj"], "it may name what is below it"


def test_the_base_of_two_paths_is_what_they_have_in_common(tmp_path: Path) -> None:
    made(tmp_path, "one/a.c", "two/b.c")
    found = discover([tmp_path / "two", tmp_path / "one", tmp_path / "one"])
    assert (found.base, below(tmp_path, found.sources)) == (str(tmp_path.resolve()), ["one/a.c", "two/b.c"])


NAMED = {
    "a source": ("a.c", ["a.c"], []),
    "a header": ("a.h", ["a.h"], []),
    "something else": ("notes.txt", [], [("error", "notes.txt is not a C file")]),
}


@pytest.mark.parametrize(("name", "sources", "gaps"), NAMED.values(), ids=NAMED)
def test_a_file_that_is_named(name: str, sources: list[str], gaps: list[tuple[str, str]], tree: Path) -> None:
    (tree / ".gitignore").write_text("*\n", encoding="utf-8")
    found = discover([tree / name])
    assert (below(tree, found.sources), said(found)) == (sources, gaps)


@pytest.mark.parametrize("paths", [(), ("none",)], ids=["no path", "a path that is none"])
def test_nothing_to_look_into(paths: tuple[str, ...], tree: Path) -> None:
    with pytest.raises(UsageError, match=r"no path was given|none: no such file"):
        discover([tree / path for path in paths])


IGNORED = {
    "a file": ({".gitignore": "a.c"}, ["sub/b.cpp", "sub/deep/c.C"], ["a.c"]),
    "a folder": ({".gitignore": "sub/"}, ["a.c"], ["sub"]),
    "by a folder above": ({"sub/.gitignore": "*.C"}, ["a.c", "sub/b.cpp"], ["sub/deep/c.C"]),
    "not beside that folder": ({"sub/.gitignore": "a.c"}, ["a.c", "sub/b.cpp", "sub/deep/c.C"], []),
    "kept by the innermost": (
        {".gitignore": "*.C", "sub/.gitignore": "!c.C"}, ["a.c", "sub/b.cpp", "sub/deep/c.C"], []),
    "what is no source": ({".gitignore": "*.h\n*.txt"}, ["a.c", "sub/b.cpp", "sub/deep/c.C"], []),
}  # fmt: skip


@pytest.mark.parametrize(("files", "sources", "skipped"), IGNORED.values(), ids=IGNORED)
def test_what_git_ignores(files: dict[str, str], sources: list[str], skipped: list[str], tree: Path) -> None:
    for name, text in files.items():
        (tree / name).write_text(f"{text}\n", encoding="utf-8")
    found = discover([tree])
    assert below(tree, found.sources) == sources
    assert said(found) == [("note", f"{name} is ignored by .gitignore") for name in skipped]


def test_what_folders_above_ignore_holds_below_them(tree: Path) -> None:
    (tree / ".gitignore").write_text("*.C\n", encoding="utf-8")
    assert discover([tree / "sub" / "deep"]).sources == ()


def test_patterns_of_the_settings_come_before_those_of_git(tree: Path) -> None:
    (tree / ".gitignore").write_text("!a.c\n", encoding="utf-8")
    found = discover([tree], exclude=["a.c"], excluded=[(tree / "sub", ["deep/"]), (tree, [])])
    assert below(tree, found.sources) == ["sub/b.cpp"]
    assert said(found) == [("note", f"{name} is excluded by the settings") for name in ("a.c", "sub/deep")]


def test_a_pattern_that_is_none(tree: Path) -> None:
    with pytest.raises(UsageError, match=r"not a gitignore pattern: !$"):
        discover([tree], exclude=["*.o", "!"])


def test_a_project_that_the_settings_exclude(tree: Path) -> None:
    assert discover([tree / "sub" / "deep"], exclude=["*.vcxproj"]).projects == ()


LINKS = {
    "to another file": ("a.c", ["a.c", "sub/b.cpp", "sub/deep/c.C"], []),
    "out of the tree": ("../out.c", ["a.c", "sub/b.cpp", "sub/deep/c.C"],
                        [("note", "link.c is a link out of the scanned tree")]),
    "nowhere": ("none.c", ["a.c", "sub/b.cpp", "sub/deep/c.C"],
                [("error", "link.c is a link that leads nowhere")]),
    "to a folder": ("sub", ["a.c", "sub/b.cpp", "sub/deep/c.C"],
                    [("note", "link.c is a link out of the scanned tree")]),
}  # fmt: skip


@pytest.mark.parametrize(("target", "sources", "gaps"), LINKS.values(), ids=LINKS)
def test_links(target: str, sources: list[str], gaps: list[tuple[str, str]], tree: Path) -> None:
    made(tree.parent, "out.c")
    (tree / "link.c").symlink_to(target)
    found = discover([tree])
    assert (below(tree, found.sources), said(found)) == (sources, gaps)


def test_a_tree_beside_one_of_a_longer_name(tmp_path: Path) -> None:
    """What begins with the base's letters need not lie in it."""
    made(tmp_path, "tree/a.c", "tree-more/b.c")
    (tmp_path / "tree" / "link.c").symlink_to("../tree-more/b.c")
    found = discover([tmp_path / "tree"])
    assert below(tmp_path, found.sources) == ["tree/a.c"]


def test_what_gits_own_folder_holds_is_not_looked_at(tree: Path) -> None:
    made(tree, ".git/hook.c", "sub/.git/hook.c")
    assert below(tree, discover([tree]).sources) == ["a.c", "sub/b.cpp", "sub/deep/c.C"]


def test_what_is_no_source_is_excluded_in_silence(tree: Path) -> None:
    found = discover([tree], exclude=["*.h", "*.txt"])
    assert (below(tree, found.headers), said(found)) == (["sub/b.hpp"], [])


def test_projects_above_the_path(tree: Path) -> None:
    """Regular files of the checkout."""
    made(tree.parent, "outside.vcxproj")
    made(tree, "top.vcxproj")
    (tree / "sub" / "folder.vcxproj").mkdir()
    (tree / "sub" / "link.vcxproj").symlink_to("own.vcxproj")
    found = discover([tree / "sub" / "deep"])
    assert below(tree, found.projects) == ["sub/own.vcxproj", "top.vcxproj"]


@pytest.mark.parametrize(
    ("text", "why"),
    [("!\na.c\n", "lines that are no patterns, or too many: 1"), ("a.c\n" + "#\n" * 2**19, "is too long")],
    ids=["no pattern", "too long"],
)
def test_a_gitignore_that_is_used_in_part(text: str, why: str, tree: Path) -> None:
    (tree / ".gitignore").write_text(text, encoding="utf-8")
    found = discover([tree])
    assert ("note", f".gitignore is not used as a whole: {why}") in said(found)
    assert ("note", "a.c is ignored by .gitignore") in said(found)
