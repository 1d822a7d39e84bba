"""Trees of names and sizes in; the same drivers on every machine out, each source in one of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from auditor.frontend.discover import discover
from auditor.frontend.drivers import drivers, holding

TREE = ("one.c", "a/x.c", "a/y.c", "a/deep/z.c", "b/u.c", "b/v.c")


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    for name in TREE:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(b"int x;\n" * 10)
    return tmp_path


def made(tree: Path) -> dict[str, list[str]]:
    found = discover((tree,))
    return {d.name: [str(Path(s).relative_to(tree)) for s in d.sources] for d in drivers(found)}


def test_a_small_tree_is_one_driver(tree: Path) -> None:
    assert made(tree) == {".": sorted(TREE)}


@pytest.mark.parametrize(("limit", "value"), [("MOST_FILES", 3), ("MOST_BYTES", 210)])
def test_a_large_tree_falls_into_folders(
    tree: Path, limit: str, value: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(drivers.__globals__, limit, value)
    assert made(tree) == {".": ["one.c"], "a": ["a/deep/z.c", "a/x.c", "a/y.c"], "b": ["b/u.c", "b/v.c"]}


def test_files_of_one_folder_stay_together(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(drivers.__globals__, "MOST_FILES", 1)
    assert made(tree) == {
        ".": ["one.c"], "a/.": ["a/x.c", "a/y.c"], "a/deep": ["a/deep/z.c"], "b/.": ["b/u.c", "b/v.c"],
    }  # fmt: skip


def test_a_driver_is_the_same_scanned_alone_or_with_others(
    tree: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tree / ".git").mkdir()
    monkeypatch.setitem(drivers.__globals__, "MOST_FILES", 3)
    whole = {d.name: d for d in drivers(discover((tree,)))}
    (alone,) = drivers(discover((tree / "b",)))
    assert alone.sources == whole["b"].sources


@pytest.mark.parametrize(
    ("paths", "names"),
    [
        (["b/u.c"], ["b"]),
        (["b/u.c", "a/x.c"], ["a", "b"]),
        (["b/u.c", "b/u.h"], [".", "a", "b"]),
        (["b"], [".", "a", "b"]),
        ([], [".", "a", "b"]),
    ],
    ids=["one", "two", "a header may be anybody's", "a folder", "nothing asked"],
)
def test_who_is_asked_about(
    tree: Path, paths: list[str], names: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(drivers.__globals__, "MOST_FILES", 3)
    found = holding(drivers(discover((tree,))), [tree / path for path in paths])
    assert [driver.name for driver in found] == names
