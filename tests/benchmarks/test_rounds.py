"""Rows in; runs in turns, each noted before the next one begins."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "benchmarks"))
measuring: Any = pytest.importorskip("measuring")
records: Any = pytest.importorskip("records")
rounds: Any = pytest.importorskip("rounds")

SERIES = records.Series("tree", "abc", 2)
Ends = Callable[[str], str]


class Log:
    """Rows that are not run but noted."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.ran: list[str] = []
        self.ends: Ends = lambda row: ""
        monkeypatch.setattr(rounds, "measured", self.measured)

    def measured(self, command: list[str], *_: object) -> object:
        self.ran += command
        return measuring.Cost(60.1, 2.0, 3.0, 4.0, 5.0, self.ends(command[0]))


@pytest.fixture
def log(monkeypatch: pytest.MonkeyPatch) -> Log:
    return Log(monkeypatch)


def run(
    path: Path,
    names: str = "ab",
    times: int = 2,
    tables: tuple[str, ...] = ("t",),
    limit: float = 60,
    **more: Any,
) -> bool:
    rows = [rounds.Row(name, lambda name=name: [name], tables, **more) for name in names]
    sound: bool = rounds.in_rounds(rows, times, SERIES, records.Results(path), limit)
    return sound


def noted(path: Path) -> list[tuple[int, str]]:
    return [(run.round, run.row) for run in records.Results(path).runs]


def test_every_row_once_a_round(log: Log, tmp_path: Path) -> None:
    assert run(tmp_path / "results")
    assert log.ran == ["a", "b", "a", "b"]
    assert noted(tmp_path / "results") == [(1, "a"), (1, "b"), (2, "a"), (2, "b")]


def test_quick_ones_first_run_in_vain(log: Log, tmp_path: Path) -> None:
    run(tmp_path / "results", quick=True)
    assert log.ran == ["a", "a", "b", "b", "a", "b"]


def test_who_is_stopped_goes_on(log: Log, tmp_path: Path) -> None:
    def stop(row: str) -> str:
        if log.ran == ["a", "b", "a", "b"]:
            raise KeyboardInterrupt
        return ""

    log.ends = stop
    with pytest.raises(KeyboardInterrupt):
        run(tmp_path / "results")
    assert noted(tmp_path / "results") == [(1, "a"), (1, "b"), (2, "a")]
    log.ran.clear()
    run(tmp_path / "results", times=3)
    assert log.ran == ["b", "a", "b"]


def test_what_took_too_long_is_not_run_again(log: Log, tmp_path: Path) -> None:
    log.ends = lambda row: "over 60 s" if row == "a" else ""
    assert run(tmp_path / "results")
    assert log.ran == ["a", "b", "b"]
    run(tmp_path / "results", limit=90)
    assert log.ran[3:] == ["a", "a"]


def test_what_fails_is_noted_and_run_again(log: Log, tmp_path: Path) -> None:
    log.ends = lambda row: "exit code 1" if row == "a" else ""
    assert not run(tmp_path / "results", times=1)
    run(tmp_path / "results", times=1)
    assert log.ran == ["a", "b", "a"]


def test_another_table_needs_runs_of_its_own(log: Log, tmp_path: Path) -> None:
    run(tmp_path / "results", "a", 1, ("t", "u"))
    run(tmp_path / "results", "a", 1, ("u",))
    assert log.ran == ["a"]
    run(tmp_path / "results", "a", 1, ("u", "v"))
    assert log.ran == ["a", "a"]
