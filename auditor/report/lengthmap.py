"""A length policy in, its map for a terminal out: frame classes down, lengths across, outcomes as glyphs.

Every length at which something changes, in any class, starts a column of its own; the columns' widths follow
the logarithm of what they span, so that 14..34 stays visible beside 1519..65535.
"""

from __future__ import annotations

import math
import textwrap
from collections.abc import Iterator

import msgspec

from auditor.model import LengthPolicy
from auditor.report.fates import ALL_GLYPHS, LEGAL, LONGEST, Glyph, Group, grouped, lost
from auditor.report.wording import layer_words, mode_of

Line = list[tuple[str, str]]
"""One printed line: pieces of text, each with the name of its style."""

WIDEST_BARS = 100
SOME_PATHS = "paths can drop a frame for reasons that are not its length"


class Segment(msgspec.Struct, frozen=True):
    """Lengths ``low..high`` (bytes, both inclusive) that each group treats alike, and their cells."""

    low: int
    high: int
    width: int


def draw(policy: LengthPolicy, width: int, unicode: bool = True) -> Iterator[Line]:
    """The lines of the map of one policy, each at most ``width`` cells (at least 40)."""
    yield from title(policy, width)
    groups = grouped(policy.rows)
    yield from bars([(label(group, policy), group) for group in groups], width, unicode)
    for names, lengths in lost(policy.rows):
        text = f"{', '.join(names)}: legal but dropped at {lengths} bytes"
        yield from ([(line, "fate-lost-words")] for line in wrapped(text, width, "  "))
    for note in (*(() if policy.complete else ("incomplete: some paths were not explored",)), *policy.notes):
        yield from ([(line, "fate-unsure")] for line in wrapped(note, width, "  ! "))


def bars(labelled: list[tuple[str, Group]], width: int, unicode: bool) -> Iterator[Line]:
    """The axis, one bar per group behind its label, and the legend."""
    room = min(width // 3, max((len(name) for name, _ in labelled), default=0))
    used: list[Glyph] = []
    for band in _bands(segments([group for _, group in labelled]), width - room - 4):
        yield [(" " * (room + 4) + _axis(band), "faint")]
        for name, group in labelled:
            yield from _row(name, group, band, room, unicode, used)
    yield from _legend(used, width, unicode)


def title(policy: LengthPolicy, width: int) -> Iterator[Line]:
    """The entry point's name, where and what it is, and the mode."""
    yield [(policy.entry, "strong")]
    origin = " ".join(word for word in (policy.platform, policy.role) if word)
    facts = f"{policy.at.file}:{policy.at.line}, {origin}, {layer_words(policy.layer)}"
    mode = f"when {mode_of(policy)}" if policy.mode else mode_of(policy)
    for line in (*wrapped(facts, width, "  "), *wrapped(mode, width, "  ")):
        yield [(line, "faint")]


def label(group: Group, policy: LengthPolicy) -> str:
    """The classes by name, or the ones left out where that is shorter."""
    others = [row.frame_class for row in policy.rows if row.frame_class not in group.names]
    if not others and len(group.names) > 1:
        return "every class"
    listed, rest = ", ".join(group.names), f"all but {', '.join(others)}"
    return min((listed, rest), key=len) if others else listed


def segments(groups: list[Group]) -> list[Segment]:
    """One segment between any two lengths where a glyph of any group changes."""
    edges = sorted({0, *(edge for group in groups for edge in group.edges())})
    kept = [low for low in edges if low == 0 or any(g.glyph(low) != g.glyph(low - 1) for g in groups)]
    return [
        Segment(low, high, len(str(low)) + 1)
        for low, high in zip(kept, [*(edge - 1 for edge in kept[1:]), LONGEST], strict=True)
    ]


def _bands(cut: list[Segment], room: int) -> Iterator[list[Segment]]:
    """``cut`` in as few bands as fit side by side into ``room`` cells, each stretched to fill it."""
    band: list[Segment] = []
    for segment in cut:
        if band and sum(s.width for s in band) + segment.width > room:
            yield _stretched(band, room)
            band = []
        band.append(segment)
    yield _stretched(band, room)


def _stretched(band: list[Segment], room: int) -> list[Segment]:
    """Spare cells given out by the logarithm of what each segment spans."""
    weights = [math.log2((s.high + 2) / (s.low + 1)) for s in band]
    spare = max(0, min(room, WIDEST_BARS) - sum(s.width for s in band))
    return [
        msgspec.structs.replace(s, width=s.width + int(spare * weight / sum(weights)))
        for s, weight in zip(band, weights, strict=True)
    ]


def _axis(band: list[Segment]) -> str:
    return "".join(str(s.low).ljust(s.width) for s in band).rstrip()


def _row(
    name: str, group: Group, band: list[Segment], room: int, unicode: bool, used: list[Glyph]
) -> Iterator[Line]:
    first, *more = textwrap.wrap(name, room, break_long_words=True, break_on_hyphens=False) or [""]
    cells: Line = []
    for segment in band:
        glyph = group.glyph(segment.low)
        if glyph not in used:
            used.append(glyph)
        cells.append(((glyph.unicode if unicode else glyph.ascii) * segment.width, glyph.style))
    yield [(f"  {first:<{room + 2}}", "plain"), *cells]
    for line in more:
        yield [(f"  {line}", "plain")]


def _legend(used: list[Glyph], width: int, unicode: bool) -> Iterator[Line]:
    """The glyphs in use, as many to a line as fit, and the hint that some of them need."""
    line: Line = [("  ", "plain")]
    for glyph in (g for g in ALL_GLYPHS if g in used):
        entry = f" {glyph.meaning}   "
        if len(line) > 1 and sum(len(text) for text, _ in line) + len(entry.rstrip()) + 1 > width:
            yield line
            line = [("  ", "plain")]
        line += [(glyph.unicode if unicode else glyph.ascii, glyph.style), (entry, "plain")]
    yield line
    if LEGAL["some paths"] in used:
        yield from ([(text, "faint")] for text in wrapped(f"({SOME_PATHS})", width, "  "))


def wrapped(text: str, width: int, lead: str) -> list[str]:
    """``text`` in lines of at most ``width`` cells behind ``lead``, further ones indented."""
    return textwrap.wrap(text, width, initial_indent=lead, subsequent_indent=" " * (len(lead) + 2))
