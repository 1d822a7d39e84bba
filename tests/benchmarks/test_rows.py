"""A tree in; whole drivers, in an order that is the same every time, out."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "benchmarks"))
rows: Any = pytest.importorskip("rows")


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """Seven drivers of thirty files each."""
    for driver in "abcdefg":
        (tmp_path / driver).mkdir()
        for number in range(30):
            (tmp_path / driver / f"{number}.c").touch()
    return tmp_path


def test_sizes_are_whole_drivers_and_a_larger_one_holds_the_smaller(tree: Path) -> None:
    smaller, larger = (rows.grown(tree, size) for size in (50, 100))
    assert (len(smaller[0]), *smaller[1:]) == (60, 2, False)
    assert (len(larger[0]), *larger[1:]) == (120, 4, False)
    assert set(smaller[0]) < set(larger[0])
    assert rows.grown(tree, 50) == smaller


@pytest.mark.parametrize("size", [181, 210, 5000])
def test_the_whole_tree(tree: Path, size: int) -> None:
    files, count, whole = rows.grown(tree, size)
    assert (len(files), count, whole) == (210, 7, True)
