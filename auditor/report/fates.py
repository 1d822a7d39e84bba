"""The rows of a length policy in, what is drawn of them out: classes treated alike, their fates, the glyphs.

A class is *carried* when some length of it gets through. What a driver does not carry at any length it does
not drop because of its length: only carried classes have lengths that are lost.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

import msgspec

from auditor.model import ClassRow, Outcome, Span
from auditor.report.wording import span_text

LONGEST = 65535
STYLES = {
    "fate-ok": "green", "fate-lost": "bold white on red", "fate-lost-words": "bold red",
    "fate-shaded": "dim", "fate-other": "cyan", "fate-unsure": "bold yellow",
    "strong": "bold", "faint": "dim", "plain": "",
}  # fmt: skip


class Glyph(msgspec.Struct, frozen=True):
    """How one fate of a length is drawn: in Unicode, in ASCII, in which style, and what the legend says."""

    unicode: str
    ascii: str
    style: str
    meaning: str


LEGAL = {
    "handed on": Glyph("█", "#", "fate-ok", "handed on"),
    "some paths": Glyph("▓", "+", "fate-ok", "handed on, on some paths"),
    "dropped": Glyph("X", "X", "fate-lost", "LEGAL BUT DROPPED"),
    "padded": Glyph("P", "P", "fate-other", "padded"),
    "answered": Glyph("A", "A", "fate-other", "answered by the driver"),
    "unknown": Glyph("?", "?", "fate-unsure", "unknown"),
}
ILLEGAL = {
    "handed on": Glyph("▒", ":", "fate-shaded", "handed on, not a legal length"),
    "padded": Glyph("p", "p", "fate-shaded", "padded, not a legal length"),
    "answered": Glyph("a", "a", "fate-shaded", "answered, not a legal length"),
    "unknown": Glyph("'", "'", "fate-shaded", "unknown, not a legal length"),
    "dropped": Glyph("░", ".", "fate-shaded", "dropped, not a legal length"),
}
NOT_CARRIED = Glyph("·", "-", "fate-shaded", "dropped at every length: not carried")
ALL_GLYPHS = (*LEGAL.values(), *ILLEGAL.values(), NOT_CARRIED)
GETS_THROUGH = frozenset({Outcome.HANDED_ON, Outcome.PADDED, Outcome.ANSWERED})

Runs = tuple[tuple[int, str], ...]
"""From which length on which fate holds, in order; fates are the keys of ``LEGAL``."""


class Group(msgspec.Struct, frozen=True):
    """Classes that the driver treats alike; ``legal_low`` and ``legal_high`` enclose the lengths that are
    legal for any of them (None when the protocols give no minimum: then no drop can be called wrong).
    """

    names: tuple[str, ...]
    runs: Runs
    carried: bool
    legal_low: int | None
    legal_high: int

    def glyph(self, length: int) -> Glyph:
        """What is drawn at ``length`` (bytes, the rows' unit)."""
        fate = next((fate for start, fate in reversed(self.runs) if start <= length), "unknown")
        if not self.carried and fate == "dropped":
            return NOT_CARRIED
        if self.legal_low is not None and self.legal_low <= length <= self.legal_high:
            return LEGAL[fate]
        return ILLEGAL["handed on" if fate == "some paths" else fate]

    def edges(self) -> Iterator[int]:
        """The lengths at which another glyph may start."""
        yield from (start for start, _ in self.runs)
        if self.legal_low is not None:
            yield self.legal_low
            if self.legal_high < LONGEST:
                yield self.legal_high + 1


def grouped(rows: Iterable[ClassRow], apart: bool = True) -> list[Group]:
    """``rows`` of equal fates together, in the order of each group's first.

    Classes of which legal lengths are lost stand ``apart`` unless the same lengths are legal: a length must
    not look lost for one class because it is legal for another.
    """
    alike: dict[object, list[ClassRow]] = defaultdict(list)
    for row in rows:
        carried = _is_carried(row)
        loses = apart and carried and any(_lost_spans(row))
        legal = (row.legal_minimum, row.legal_maximum) if loses else ()
        alike[_runs(row.spans), carried, legal].append(row)
    return [_group(same) for same in alike.values()]


def _group(same: list[ClassRow]) -> Group:
    return Group(
        names=tuple(row.frame_class for row in same),
        runs=_runs(same[0].spans),
        carried=_is_carried(same[0]),
        legal_low=min((row.legal_minimum for row in same if row.legal_minimum is not None), default=None),
        legal_high=max(LONGEST if row.legal_maximum is None else row.legal_maximum for row in same),
    )


def lost(rows: Iterable[ClassRow]) -> list[tuple[tuple[str, ...], str]]:
    """The legal lengths that are always dropped, classes with the same ones together, shortest first."""
    found: dict[tuple[tuple[int, int], ...], list[str]] = defaultdict(list)
    for row in rows:
        if _is_carried(row) and (spans := tuple(_lost_spans(row))):
            found[spans].append(row.frame_class)
    return [
        (tuple(names), ", ".join(span_text(low, high) for low, high in spans))
        for spans, names in sorted(found.items())
    ]


def _runs(spans: tuple[Span, ...]) -> Runs:
    runs: list[tuple[int, str]] = []
    for span in spans or (Span(0, LONGEST, frozenset()),):
        fate = _fate(span.outcomes)
        if not runs or runs[-1][1] != fate:
            runs.append((span.low, fate))
    return tuple(runs)


def _fate(outcomes: frozenset[Outcome]) -> str:
    """What gets through on any path counts; paths may drop a frame for reasons that are not its length."""
    if Outcome.HANDED_ON in outcomes:
        return "some paths" if Outcome.DROPPED in outcomes else "handed on"
    for outcome in (Outcome.PADDED, Outcome.ANSWERED):
        if outcome in outcomes:
            return outcome.value
    return "dropped" if outcomes == {Outcome.DROPPED} else "unknown"


def _is_carried(row: ClassRow) -> bool:
    return any(span.outcomes & GETS_THROUGH for span in row.spans)


def _lost_spans(row: ClassRow) -> Iterator[tuple[int, int]]:
    if row.legal_minimum is None:
        return
    legal_high = LONGEST if row.legal_maximum is None else row.legal_maximum
    for span in row.spans:
        low, high = max(span.low, row.legal_minimum), min(span.high, legal_high)
        if span.outcomes == {Outcome.DROPPED} and low <= high:
            yield low, high
