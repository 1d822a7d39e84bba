"""What clang may see of the disk: files it is given, regular files of the tree when macros name some."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from auditor.frontend import sight
from auditor.frontend.includes import OUTSIDE
from auditor.frontend.sight import Tree, seeing, tree_of, unseen


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    base = tmp_path.resolve() / "tree"
    (base / "deep").mkdir(parents=True)
    (base / ".git").mkdir()
    for file in (base / "a.c", base / "deep" / "a.h", base.parent / "b.h"):
        file.write_text("int x;\n", encoding="utf-8")
    return base


def links(base: Path) -> set[str]:
    (base / "inner.h").symlink_to("deep/a.h")
    (base / "outer.h").symlink_to("../b.h")
    (base / "lost.h").symlink_to("none.h")
    (base / "zero.h").symlink_to("/dev/zero")
    (base / "folder").symlink_to("deep")
    (base / "round").symlink_to(".")
    return {"outer.h", "lost.h", "zero.h", "folder", "round"}


def specials(base: Path) -> set[str]:
    os.mkfifo(base / "deep" / "pipe")
    return {"deep/pipe"}


@pytest.mark.parametrize("made", [lambda base: set(), links, specials], ids=["plain", "links", "special"])
def test_what_is_no_regular_file_of_the_tree_is_hidden(made, tree: Path) -> None:
    hidden = made(tree) | {".git"}
    found = tree_of(str(tree))
    assert found is not None
    assert {os.path.relpath(name, tree) for name in found.hidden} == hidden


@pytest.mark.parametrize("limit", ["MOST_ENTRIES", "MOST_HIDDEN"])
def test_a_tree_that_is_too_large_is_not_seen(
    limit: str, tree: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    links(tree)
    monkeypatch.setattr(sight, limit, 2)
    assert tree_of(str(tree)) is None


def test_a_tree_with_a_name_that_cannot_be_listed_is_not_seen(tree: Path) -> None:
    os.mkfifo(os.fsencode(tree) + b"/\xff")
    assert tree_of(str(tree)) is None


@pytest.mark.parametrize("descriptors", ["/dev/fd", "/no/such/folder"], ids=["pipe", "file"])
@pytest.mark.parametrize("number", [1, 10_000], ids=["short", "longer than a pipe"])
def test_the_list_that_clang_gets(number: int, descriptors: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sight, "_OPENED", descriptors)
    names = [f"/tree/{n}.h" for n in range(number)]
    with seeing([*names, "/tree/\udcff.h"], Tree("/tree", ("/tree/pipe",))) as (option, file):
        listed = json.loads(Path(file).read_bytes())
    assert (option, listed["redirecting-with"]) == ("-ivfsoverlay", "redirect-only")
    assert [root["name"] for root in listed["roots"]] == [*names, "/tree/pipe", "/tree"]
    assert not Path(file).exists()


def test_nobody_waits_when_clang_reads_nothing() -> None:
    with seeing([f"/tree/{n}.h" for n in range(10_000)], None) as arguments:
        assert arguments


@pytest.mark.parametrize(
    ("header", "why"),
    [("deep/a.h", ""), ("none.h", ""), ("deep", ""), ("../b.h", OUTSIDE), ("outer.h", OUTSIDE),
     ("/dev/zero", OUTSIDE), ("deep/../deep/pipe", "is not a regular file")],
)  # fmt: skip
def test_why_a_header_was_not_shown(header: str, why: str, tree: Path) -> None:
    links(tree)
    specials(tree)
    assert unseen(str(tree), str(tree / "a.c"), header)[1] == why
