"""Runs in; medians, and ratios of what was run in the same round."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "benchmarks"))
measuring: Any = pytest.importorskip("measuring")
records: Any = pytest.importorskip("records")
tabulate: Any = pytest.importorskip("tabulate")


def run(row: str, number: int, wall: float, end: str = "", commit: str = "abc", workers: float = 0) -> Any:
    cost = measuring.Cost(wall, 2 * wall, 100.0, workers, workers / 2, end)
    series = records.Series("tree", commit, 2, (0, 1))
    facts = {"files": 10, "drivers": 2, "bytes": 3_000_000}
    tables = ("others", "growth")
    return records.Run(series, row, number, f"run {row}", cost, (0.5, 2.0), tables, facts)


def lines(*runs: Any, table: str = "others") -> dict[str, list[str]]:
    """The cells of each row by its name."""
    rows = [line[1:-1].split("|") for line in tabulate.tabulated(runs, table) if line.startswith("|")]
    return {row[0].strip(): [cell.strip() for cell in row[1:]] for row in rows[2:]}


def test_ratios_are_those_of_a_round_not_of_medians() -> None:
    walls = {"cold": (10, 40, 20), "spatch": (20, 40, 60)}
    runs = [run(row, number, wall) for row, of in walls.items() for number, wall in enumerate(of, 1)]
    table = lines(*runs)
    assert table["cold"][:3] == ["3", "20.000 s", "40.000 s"]
    assert table["spatch"][1] == "40.000 s"
    assert table["spatch"][6] == "2.00 (1.00-3.00)"


def test_a_round_without_the_base_gives_no_ratio() -> None:
    runs = [run("cold", 2, 10), run("spatch", 1, 70), run("spatch", 2, 30)]
    assert lines(*runs)["spatch"][6] == "3.00"
    assert lines(run("spatch", 1, 70))["spatch"][6] == ""


def test_peaks_are_the_largest() -> None:
    table = lines(run("cold", 1, 10, workers=50), run("cold", 2, 10, workers=90), run("cold", 3, 10))
    assert table["cold"][3:6] == ["100 MiB", "90 MiB", "45 MiB"]


def test_what_took_too_long_says_so() -> None:
    table = lines(run("cold", 1, 10), run("cppcheck", 1, 60, "over 60 s"))
    assert table["cppcheck"] == ["1", "over 60 s"]


def test_what_failed_and_then_did_not_counts_as_it_did() -> None:
    table = lines(run("cold", 1, 10, "exit code 1"), run("cold", 1, 30))
    assert table["cold"][:2] == ["1", "30.000 s"]


def test_only_the_commit_that_was_measured_last() -> None:
    table = lines(run("cold", 1, 10), run("cold", 1, 30, commit="def"))
    assert table["cold"][:2] == ["1", "30.000 s"]


def test_growth() -> None:
    table = lines(run("100 files or more", 1, 10), run("cold", 1, 30), table="growth")
    assert table["100 files or more"][-4:] == ["10", "2", "3.0", "2000"]


def test_commands_and_circumstances_stand_with_the_table() -> None:
    text = "\n".join(tabulate.tabulated([run("cold", 1, 10)], "others"))
    assert "Commit abc, 2 processes, held to processors 0, 1; load averages 0.5 to 2.0." in text
    assert "- cold: `run cold`" in text


def test_results_survive_a_line_that_was_cut_off(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "results"
    records.Results(path).add(run("cold", 1, 10))
    path.write_bytes(path.read_bytes() + b'{"series":')
    records.Results(path).add(run("cold", 2, 20))
    assert [one.round for one in records.Results(path).runs] == [1, 2]
    assert "results:2:" in capsys.readouterr().err
