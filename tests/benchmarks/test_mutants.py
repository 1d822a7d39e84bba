"""``benchmarks/mutants.py`` on four drivers: what it makes, what it finds, and that it writes to no file."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

pytest.importorskip("resource", reason="the benchmark limits memory as Unix does")

ROOT = Path(__file__).resolve().parents[2]
MINIMUM = ROOT / "fixtures/linux/eth_hlen_minimum.c"
MAXIMUM = ROOT / "fixtures/ndis/maximum_only.c"
READ = ROOT / "fixtures/qemu/receive_trailer_checked.c"
"""The one read behind the guard is `buf[size - TRAILER]`, in the next statement."""

WRONG = ROOT / "fixtures/linux/bare_34.c"
"""A driver whose only guard is a fault already: nothing in it is right, so nothing is mutated."""


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, list[dict[str, object]]]:
    """What one run over the four drivers prints, and its record."""
    record = tmp_path_factory.mktemp("mutants") / "record.json"
    files = (MINIMUM, MAXIMUM, READ, WRONG)
    before = [file.read_bytes() for file in files]
    command = [sys.executable, str(ROOT / "benchmarks/mutants.py"), *map(str, files), "--json", str(record)]
    done = subprocess.run(
        command, capture_output=True, text=True, cwd=ROOT, check=False, timeout=120,
        env={"PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert [file.read_bytes() for file in files] == before
    return done.stdout, json.loads(record.read_text(encoding="utf-8"))


def made(run: tuple[str, list[dict[str, object]]], driver: Path) -> dict[str, Mapping[str, object]]:
    """The mutants of one driver by operator."""
    (record,) = (d for d in run[1] if d["driver"] == str(driver))
    assert record["failed"] == ""
    return {m["operator"]: m for m in record["mutants"]}  # type: ignore[attr-defined]


def test_a_raised_minimum_is_found_at_its_line(run: tuple[str, list[dict[str, object]]]) -> None:
    mutants = made(run, MINIMUM)
    spelled = {operator: m["after"] for operator, m in mutants.items() if "flip" not in operator}
    assert spelled == {
        "add an L3 header: + 20": "skb->len < ETH_HLEN + 20",
        "literal of the constant + 20": "skb->len < 34",
        "14 raised to 34 as a literal": "skb->len < 34",
        "operands swapped, with + 20": "ETH_HLEN + 20 > skb->len",
        "operands swapped (same meaning)": "ETH_HLEN > skb->len",
        "remove the guard": "0",
    }
    raised = [m for operator, m in mutants.items() if "20" in operator or "34" in operator]
    assert len(raised) == 5
    assert all(m["changed"] and m["loses"] and m["confidence"] == "high" for m in raised)


def test_what_loses_no_frame_in_use_is_not_counted_as_missed(
    run: tuple[str, list[dict[str, object]]],
) -> None:
    mutants = made(run, MINIMUM)
    same, by_one = mutants["operands swapped (same meaning)"], mutants["flip < and <="]
    assert (same["changed"], same["loses"], same["confidence"]) == (False, False, "")
    assert (by_one["changed"], by_one["loses"], by_one["confidence"]) == (True, False, "")


def test_a_maximum_without_the_tag_is_found_at_its_line(run: tuple[str, list[dict[str, object]]]) -> None:
    mutants = made(run, MAXIMUM)
    assert set(mutants) == {"maximum without the tag: - 4", "maximum lowered to the literal of 1514"}
    assert all(m["loses"] and m["confidence"] in ("medium", "high") for m in mutants.values())
    assert not any(m["elsewhere"] for m in mutants.values())


def test_a_guard_that_is_a_fault_is_left_alone(run: tuple[str, list[dict[str, object]]]) -> None:
    assert made(run, WRONG) == {}


def test_a_guard_behind_the_read_is_found_where_the_byte_is_read(
    run: tuple[str, list[dict[str, object]]],
) -> None:
    moved = made(run, READ)["move the guard behind the read"]
    assert (moved["changed"], moved["confidence"], moved["elsewhere"]) == (True, "medium", [])


@pytest.mark.parametrize("driver", [MINIMUM, MAXIMUM], ids=["no read behind it", "a maximum"])
def test_a_guard_without_a_read_behind_it_is_not_moved(
    run: tuple[str, list[dict[str, object]]], driver: Path
) -> None:
    assert "move the guard behind the read" not in made(run, driver)


def test_the_table_names_every_operator(run: tuple[str, list[dict[str, object]]]) -> None:
    printed = run[0]
    assert "4 of 4 drivers, 3 guards" in printed
    assert "missed: 0" in printed
    assert "remove the guard" in printed
    assert "moved behind a read and not found: 0" in printed
