"""A length policy in, its map for a terminal out: frame classes down, lengths across, outcomes as glyphs.

Every length at which something changes, in any class, starts a column of its own; the columns' widths follow
the logarithm of what they span, so that 14..34 stays visible beside 1519..65535.
"""

from __future__ import annotations

import math
import textwrap
from collections.abc import Iterable, Iterator

import msgspec

from auditor.model import ClassRow, LengthPolicy, Outcome
from auditor.report.wording import mode_of

Line = list[tuple[str, str]]
"""One printed line: pieces of text, each with the name of its style."""

LONGEST = 65535
MIXED = "mixed"
STYLES = {
    "fate-ok": "green", "fate-lost": "bold white on red", "fate-lost-words": "bold red",
    "fate-shaded": "dim", "fate-other": "cyan",
    "fate-mixed": "bold yellow", "strong": "bold", "faint": "dim", "plain": "",
}  # fmt: skip


class Glyph(msgspec.Struct, frozen=True):
    """How one fate of a length is drawn: in Unicode, in ASCII, in which style, and what the legend says."""

    unicode: str
    ascii: str
    style: str
    meaning: str


LEGAL = {
    "handed on": Glyph("█", "#", "fate-ok", "handed on"),
    "dropped": Glyph("X", "X", "fate-lost", "LEGAL BUT DROPPED"),
    "padded": Glyph("P", "P", "fate-other", "padded"),
    "answered": Glyph("A", "A", "fate-other", "answered by the driver"),
    MIXED: Glyph("%", "%", "fate-mixed", "legal, dropped on some paths"),
    "unknown": Glyph("?", "?", "fate-mixed", "unknown"),
}
ILLEGAL = {
    "handed on": Glyph("▒", ":", "fate-shaded", "not a legal length, handed on"),
    "dropped": Glyph("░", ".", "fate-shaded", "not a legal length, dropped"),
    "padded": Glyph("p", "p", "fate-shaded", "not a legal length, padded"),
    "answered": Glyph("a", "a", "fate-shaded", "not a legal length, answered"),
    MIXED: Glyph("~", "~", "fate-shaded", "not a legal length, dropped on some paths"),
    "unknown": Glyph("'", "'", "fate-shaded", "not a legal length, unknown"),
}


class Segment(msgspec.Struct, frozen=True):
    """Lengths ``low..high`` (bytes, both inclusive) that each class treats alike, and their width."""

    low: int
    high: int
    width: int


def draw(policy: LengthPolicy, width: int, unicode: bool = True) -> Iterator[Line]:
    """The lines of the map of one policy, each at most ``width`` cells (at least 40)."""
    yield from _title(policy, width)
    label = min(26, width // 3)
    groups = _groups(policy.rows)
    used: list[Glyph] = []
    for band in _bands(_segments(policy.rows), width - label - 2):
        yield [(" " * (label + 2) + _axis(band), "faint")]
        for names, row in groups:
            yield from _row(names, row, band, label, unicode, used)
    yield from _legend(used, width, unicode)
    yield from _lost(groups, width)
    for note in (*(() if policy.complete else ("incomplete: some paths were not explored",)), *policy.notes):
        yield from ([(line, "fate-mixed")] for line in _wrap(note, width, "  ! "))


def _title(policy: LengthPolicy, width: int) -> Iterator[Line]:
    yield [(policy.entry, "strong")]
    facts = f"{policy.at}, {policy.platform} {policy.role}, bytes from {policy.layer}"
    for line in (*_wrap(facts, width, "  "), *_wrap(f"when {mode_of(policy)}", width, "  ")):
        yield [(line, "faint")]


def _groups(rows: Iterable[ClassRow]) -> list[tuple[str, ClassRow]]:
    """Classes that are drawn alike, under one label."""
    alike: dict[tuple[object, ...], list[ClassRow]] = {}
    total = 0
    for row in rows:
        total += 1
        key = (row.legal_minimum, row.legal_maximum, row.spans)
        alike.setdefault(key, []).append(row)
    return [
        ("every class" if 1 < total == len(same) else ", ".join(r.frame_class for r in same), same[0])
        for same in alike.values()
    ]


def _segments(rows: Iterable[ClassRow]) -> list[Segment]:
    starts = {0}
    for row in rows:
        starts |= {span.low for span in row.spans}
        starts |= {bound for bound in (row.legal_minimum,) if bound is not None}
        starts |= {bound + 1 for bound in (row.legal_maximum,) if bound is not None and bound < LONGEST}
    edges = sorted(starts)
    return [
        Segment(low, high, len(str(low)) + 1)
        for low, high in zip(edges, [*(edge - 1 for edge in edges[1:]), LONGEST], strict=True)
    ]


def _bands(segments: list[Segment], room: int) -> Iterator[list[Segment]]:
    """``segments`` in as few bands as fit side by side into ``room`` cells, each stretched to fill it."""
    band: list[Segment] = []
    for segment in segments:
        if band and sum(s.width for s in band) + segment.width > room:
            yield _stretched(band, room)
            band = []
        band.append(segment)
    yield _stretched(band, room)


def _stretched(band: list[Segment], room: int) -> list[Segment]:
    """Spare cells given out by the logarithm of what each segment spans."""
    weights = [math.log2((s.high + 2) / (s.low + 1)) for s in band]
    spare = max(0, min(room, 100) - sum(s.width for s in band))
    return [
        msgspec.structs.replace(s, width=s.width + int(spare * weight / sum(weights)))
        for s, weight in zip(band, weights, strict=True)
    ]


def _axis(band: list[Segment]) -> str:
    return "".join(str(s.low).ljust(s.width) for s in band).rstrip()


def _row(
    names: str, row: ClassRow, band: list[Segment], label: int, unicode: bool, used: list[Glyph]
) -> Iterator[Line]:
    first, *more = textwrap.wrap(names, label, break_long_words=True) or [""]
    cells: Line = []
    for segment in band:
        glyph = _glyph(row, segment.low)
        if glyph not in used:
            used.append(glyph)
        cells.append(((glyph.unicode if unicode else glyph.ascii) * segment.width, glyph.style))
    yield [(first.ljust(label + 2), "plain"), *cells]
    for line in more:
        yield [(f"  {line}"[: label + 2], "plain")]


def _glyph(row: ClassRow, length: int) -> Glyph:
    outcomes = next(
        (s.outcomes for s in row.spans if s.low <= length <= s.high), frozenset({Outcome.UNKNOWN})
    )
    return (LEGAL if _is_legal(row, length) else ILLEGAL)[_fate(outcomes)]


def _is_legal(row: ClassRow, length: int) -> bool:
    if row.legal_minimum is None or length < row.legal_minimum:
        return False  # where the protocols give no minimum, a drop cannot be called wrong
    return row.legal_maximum is None or length <= row.legal_maximum


def _fate(outcomes: frozenset[Outcome]) -> str:
    if len(outcomes) == 1:
        return next(iter(outcomes)).value
    if Outcome.DROPPED in outcomes:
        return MIXED
    return "unknown" if Outcome.UNKNOWN in outcomes or not outcomes else "handed on"


def _legend(used: list[Glyph], width: int, unicode: bool) -> Iterator[Line]:
    """The glyphs in use, as many to a line as fit."""
    line: Line = [("  ", "plain")]
    for glyph in (g for g in (*LEGAL.values(), *ILLEGAL.values()) if g in used):
        entry = f" {glyph.meaning}   "
        if len(line) > 1 and sum(len(text) for text, _ in line) + len(entry) + 1 > width:
            yield line
            line = [("  ", "plain")]
        line += [(glyph.unicode if unicode else glyph.ascii, glyph.style), (entry, "plain")]
    yield line


def _lost(groups: list[tuple[str, ClassRow]], width: int) -> Iterator[Line]:
    """In words, what the map marks as lost: the legal lengths that are always dropped."""
    for names, row in groups:
        spans = [f"{low}..{high}" for low, high in _lost_spans(row)]
        if spans:
            text = f"{names}: legal but dropped at {', '.join(spans)} bytes"
            yield from ([(line, "fate-lost-words")] for line in _wrap(text, width, "  "))


def _lost_spans(row: ClassRow) -> Iterator[tuple[int, int]]:
    if row.legal_minimum is None:
        return
    for span in row.spans:
        low, high = max(span.low, row.legal_minimum), min(span.high, row.legal_maximum or LONGEST)
        if span.outcomes == {Outcome.DROPPED} and low <= high:
            yield low, high


def _wrap(text: str, width: int, lead: str) -> list[str]:
    return textwrap.wrap(text, width, initial_indent=lead, subsequent_indent=" " * (len(lead) + 2))
