"""Matched frames in, the limits that their losses imply out, and how much of the loss length explains.

What arrives is hard evidence: a length check never lets a shorter frame pass. What is lost is not, since
frames get lost for other reasons too. So the limits are drawn around the lengths that arrive, and losses
inside them stay unexplained.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

import msgspec

from auditor.model import Cell, Threshold

NOTHING, LENGTH, PARTLY, OTHER = "nothing lost", "length", "partly length", "not length"
UNLIKELY = 0.01
"""Losses that chance alone explains with at least this probability imply no limit."""


class Explanation(msgspec.Struct, frozen=True):
    """The limits, how many losses lie outside them, and the verdict in one word of ``Observation``.

    ``doubtful`` are losses by why they were set aside: those that no limit explains, or, when
    ``rests_aside``, those that the limits rest on.
    """

    thresholds: tuple[Threshold, ...]
    unexplained: int
    verdict: str
    doubtful: dict[str, int]
    rests_aside: bool = False


def explain(cells: Sequence[Cell]) -> Explanation:
    """Limits for all classes together; for a class with losses inside them, limits of its own."""
    usable = [cell for cell in cells if cell.aside != "offload"]
    plain = [cell for cell in usable if not cell.aside]
    limits = _thresholds(plain)
    rests_aside = not limits and bool(limits := _thresholds(usable))
    counted = usable if rests_aside else plain
    unexplained = sum(cell.lost for cell in counted if not _explained(cell, limits))
    doubtful: Counter[str] = Counter()
    for cell in (cell for cell in cells if cell.aside and cell.lost):
        if rests_aside or cell.aside == "offload" or not _explained(cell, limits):
            doubtful[cell.aside] += cell.lost
    if limits:
        verdict = PARTLY if unexplained else LENGTH
    else:
        verdict = OTHER if any(cell.lost for cell in usable) else NOTHING
    return Explanation(tuple(_counted(limits, usable)), unexplained, verdict, doubtful, rests_aside)


def _thresholds(cells: list[Cell]) -> list[Threshold]:
    thresholds = list(_limits(cells, ()))
    for name in dict.fromkeys(cell.frame_class for cell in cells):
        own = [cell for cell in cells if cell.frame_class == name]
        rest = [cell for cell in own if cell.lost and not _explained(cell, thresholds)]
        if rest and any(cell.arrived for cell in own):
            thresholds += [t for t in _limits(own, (name,)) if any(_explains(t, cell) for cell in rest)]
    return thresholds


def _limits(cells: list[Cell], classes: tuple[str, ...]) -> Iterable[Threshold]:
    """The minimum and the maximum that the losses outside the lengths that arrive imply."""
    arriving = [cell.length for cell in cells if cell.arrived]
    if not arriving:
        return
    low, high = min(arriving), max(arriving)
    inside = [cell for cell in cells if low <= cell.length <= high]
    rate = sum(cell.lost for cell in inside) / max(1, sum(cell.sent for cell in inside))
    below = [cell for cell in cells if cell.lost and cell.length < low]
    above = [cell for cell in cells if cell.lost and cell.length > high]
    if _beyond_chance(below, rate):
        yield Threshold("minimum", max(cell.length for cell in below) + 1, low, classes, 0)
    if _beyond_chance(above, rate):
        yield Threshold("maximum", high + 1, min(cell.length for cell in above), classes, 0)


def _beyond_chance(lost: list[Cell], rate: float) -> bool:
    """Whether so many frames in a row would hardly be lost at the ``rate`` of lengths that also arrive."""
    number = sum(cell.lost for cell in lost)
    return number > 0 and bool(rate**number < UNLIKELY)


def _explains(threshold: Threshold, cell: Cell) -> bool:
    if threshold.classes and cell.frame_class not in threshold.classes:
        return False
    return cell.length < threshold.low if threshold.kind == "minimum" else cell.length >= threshold.high


def _explained(cell: Cell, thresholds: list[Threshold]) -> bool:
    return any(_explains(threshold, cell) for threshold in thresholds)


def _counted(thresholds: list[Threshold], cells: list[Cell]) -> Iterable[Threshold]:
    for one in thresholds:
        frames = sum(cell.lost for cell in cells if _explains(one, cell))
        yield msgspec.structs.replace(one, frames=frames)
