"""Counted frames in; limits drawn around the lengths that arrive, and what of the loss they explain, out."""

from __future__ import annotations

import pytest

from auditor.capture.thresholds import LENGTH, NOTHING, OTHER, PARTLY, explain
from auditor.model import Cell, Threshold

IPV4, PPPOE = "ipv4", "pppoe-session"


def cell(length: int, arrived: int, lost: int, name: str = IPV4, aside: str = "") -> Cell:
    return Cell(name, length, arrived + lost, arrived, lost, 0, 1 if lost else 0, aside)


BELOW, ABOVE = cell(33, 0, 5), cell(1519, 0, 5)
THROUGH = cell(34, 5, 0), cell(1000, 5, 0), cell(1518, 5, 0)


def minimum(low: int, high: int, frames: int, *classes: str) -> Threshold:
    return Threshold("minimum", low, high, classes, frames)


def maximum(low: int, high: int, frames: int, *classes: str) -> Threshold:
    return Threshold("maximum", low, high, classes, frames)


LIMITS: dict[str, tuple[list[Cell], list[Threshold], int, str]] = {
    "no frame": ([], [], 0, NOTHING),
    "all arrive": ([*THROUGH], [], 0, NOTHING),
    "none arrives": ([cell(60, 0, 9)], [], 9, OTHER),
    "a minimum": ([BELOW, *THROUGH], [minimum(34, 34, 5)], 0, LENGTH),
    "a maximum": ([*THROUGH, ABOVE], [maximum(1519, 1519, 5)], 0, LENGTH),
    "both": ([BELOW, *THROUGH, ABOVE], [minimum(34, 34, 5), maximum(1519, 1519, 5)], 0, LENGTH),
    "of one lost frame": ([cell(33, 0, 1), *THROUGH], [minimum(34, 34, 1)], 0, LENGTH),
    "some lost at the shortest that arrives": (
        [BELOW, cell(34, 50, 1), cell(60, 5, 0)], [minimum(34, 34, 5)], 1, PARTLY),
    "some lost at the ends": ([cell(34, 50, 1), cell(60, 5, 0), cell(90, 50, 1)], [], 2, OTHER),
    "a minimum somewhere between": (
        [cell(20, 0, 2), cell(32, 0, 3), cell(60, 5, 0)], [minimum(33, 60, 5)], 0, LENGTH),
    "a maximum somewhere between": (
        [cell(1000, 5, 0), cell(1400, 0, 2), cell(1500, 0, 2)], [maximum(1001, 1400, 4)], 0, LENGTH),
    "losses inside": ([cell(60, 5, 0), cell(100, 0, 3), cell(900, 5, 0)], [], 3, OTHER),
    "a minimum, and losses inside": (
        [BELOW, cell(34, 5, 0), cell(100, 4, 1), cell(900, 50, 0)], [minimum(34, 34, 5)], 1, PARTLY),
    "as many lost inside": ([cell(33, 0, 3), cell(34, 1, 0), cell(100, 0, 4), cell(900, 1, 0)], [], 7, OTHER),
    "a minimum of one class": (
        [cell(33, 0, 5, PPPOE), cell(60, 5, 0, PPPOE), cell(20, 5, 0), *THROUGH],
        [minimum(34, 60, 5, PPPOE)], 0, LENGTH),
    "of one class, of which nothing arrives": (
        [cell(33, 0, 5, PPPOE), cell(20, 5, 0), *THROUGH], [], 5, OTHER),
    "of all, and a higher one of one": (
        [cell(13, 0, 5), cell(14, 5, 0), *THROUGH, cell(33, 0, 5, PPPOE), cell(34, 5, 0, PPPOE)],
        [minimum(14, 14, 5), minimum(34, 34, 5, PPPOE)], 0, LENGTH),
}  # fmt: skip


@pytest.mark.parametrize(("cells", "limits", "unexplained", "verdict"), LIMITS.values(), ids=LIMITS)
def test_limits(cells: list[Cell], limits: list[Threshold], unexplained: int, verdict: str) -> None:
    found = explain(cells)
    assert list(found.thresholds) == limits
    assert (found.unexplained, found.verdict) == (unexplained, verdict)
    assert found.doubtful == {}


@pytest.mark.parametrize(
    ("lost", "limited"), [(1, False), (3, False), (6, False), (7, True)], ids=lambda value: str(value)
)
def test_what_chance_explains_implies_no_limit(lost: int, limited: bool) -> None:
    """Half of the frames inside are lost: six in a row by chance once in 64 times, seven once in 128."""
    cells = [cell(33, 0, lost), cell(34, 1, 0), cell(60, 0, 2), cell(61, 1, 0)]
    assert bool(explain(cells).thresholds) == limited


ASIDE: dict[str, tuple[list[Cell], list[Threshold], int, dict[str, int], bool]] = {
    "explained with the rest": (
        [BELOW, cell(20, 0, 4, aside="before"), *THROUGH], [minimum(34, 34, 9)], 0, {}, False),
    "inside": (
        [BELOW, cell(100, 0, 4, aside="after"), *THROUGH], [minimum(34, 34, 5)], 0, {"after": 4}, False),
    "all there is": (
        [cell(33, 0, 5, aside="silent"), *THROUGH], [minimum(34, 34, 5)], 0, {"silent": 5}, True),
    "all there is, and inside": (
        [cell(33, 0, 5, aside="silent"), cell(100, 0, 1, aside="after"), *THROUGH],
        [minimum(34, 34, 5)], 1, {"silent": 5, "after": 1}, True),
    "of an adapter": ([cell(3000, 0, 5, aside="offload"), *THROUGH], [], 0, {"offload": 5}, False),
    "of an adapter, beyond a limit": (
        [*THROUGH, ABOVE, cell(3000, 0, 5, aside="offload")],
        [maximum(1519, 1519, 5)], 0, {"offload": 5}, False),
    "nothing lost": ([cell(33, 5, 0, aside="before"), *THROUGH], [], 0, {}, False),
}  # fmt: skip


@pytest.mark.parametrize(("cells", "limits", "unexplained", "doubtful", "rests"), ASIDE.values(), ids=ASIDE)
def test_losses_that_may_have_another_cause(
    cells: list[Cell], limits: list[Threshold], unexplained: int, doubtful: dict[str, int], rests: bool
) -> None:
    found = explain(cells)
    assert list(found.thresholds) == limits
    assert (found.unexplained, found.doubtful, found.rests_aside) == (unexplained, doubtful, rests)
