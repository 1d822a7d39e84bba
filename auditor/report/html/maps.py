"""Length policies in, their drawings out as numbers for the template: equal drawings once.

Lengths run along a scale like a logarithm, each one where something changes has its mark; units are those of
the drawing's own coordinates.
"""

from __future__ import annotations

import math
from collections.abc import Iterable

import msgspec

from auditor.model import LengthPolicy
from auditor.report.fates import ILLEGAL, LEGAL, LONGEST, NOT_CARRIED, Glyph, Group, grouped, lost
from auditor.report.lengthmap import Segment, label, segments
from auditor.report.wording import layer_words, mode_of, span_text

LABEL, ROOM, ROW, AXIS = 190, 760, 28, 24
"""Widths of the labels and of the bars, heights of a row and of the axis."""

DIGIT = 8  # width of one digit on the axis
LETTER = 8  # width of one letter of a word on a bar
WORDS = {"dropped": "LOST", "padded": "padded", "answered": "answered", "unknown": "?"}
"""What is written on bars of legal lengths, so that no colour is needed to tell them apart."""

KINDS: dict[Glyph, str] = {
    **{glyph: f"legal-{fate.replace(' ', '-')}" for fate, glyph in LEGAL.items()},
    **{glyph: f"illegal-{fate.replace(' ', '-')}" for fate, glyph in ILLEGAL.items()},
    NOT_CARRIED: "not-carried",
}  # fmt: skip
"""The style of each fate in the style sheet."""


class Bar(msgspec.Struct, frozen=True):
    """One rectangle: where, in which style, and what it means (``14..33 bytes: legal but dropped``)."""

    x: int
    width: int
    kind: str
    meaning: str
    word: str


class Row(msgspec.Struct, frozen=True):
    """One group of classes that fare alike: its label, shortened to its room, and its bars."""

    label: str
    whole: str
    y: int
    bars: tuple[Bar, ...]


class Place(msgspec.Struct, frozen=True):
    """An entry point and mode that has a map."""

    entry: str
    at: str
    origin: str
    mode: str
    notes: tuple[str, ...]


class Map(msgspec.Struct, frozen=True):
    """One drawing and all policies that look like it."""

    id: str
    unit: str
    width: int
    height: int
    marks: tuple[tuple[int, int], ...]  # x, and the length that starts there
    rows: tuple[Row, ...]
    lost: tuple[str, ...]
    places: tuple[Place, ...]


class Maps:
    """Collects policies; equal drawings become one map. ``kind`` starts the maps' ids."""

    def __init__(self, kind: str = "map") -> None:
        self._kind = kind
        self._drawn: dict[object, Map] = {}
        self._ids: dict[LengthPolicy, str] = {}

    def add(self, policy: LengthPolicy) -> str:
        """The id of the policy's map, which is made when there is none yet."""
        if policy in self._ids:
            return self._ids[policy]
        groups = grouped(policy.rows)
        labels = tuple(label(group, policy) for group in groups)
        gone = tuple(f"{', '.join(names)}: {lengths} bytes" for names, lengths in lost(policy.rows))
        key = (policy.layer, labels, tuple(groups), gone)
        known = self._drawn.get(key) or _drawn(
            f"{self._kind}-{len(self._drawn) + 1}", policy, groups, labels, gone
        )
        self._drawn[key] = msgspec.structs.replace(known, places=(*known.places, _place(policy)))
        self._ids[policy] = known.id
        return known.id

    def all(self) -> tuple[Map, ...]:
        """Every map, in the order of their first policies."""
        return tuple(self._drawn.values())


def _place(policy: LengthPolicy) -> Place:
    incomplete = () if policy.complete else ("incomplete: some paths were not explored",)
    return Place(
        entry=policy.entry,
        at=f"{policy.at.file}:{policy.at.line}",
        origin=" ".join(word for word in (policy.platform, policy.role) if word),
        mode=f"when {mode_of(policy)}" if policy.mode else "always",
        notes=(*incomplete, *policy.notes),
    )


def _drawn(
    name: str, policy: LengthPolicy, groups: list[Group], labels: tuple[str, ...], gone: tuple[str, ...]
) -> Map:
    cut = _stretched(segments(groups))
    starts = [LABEL]
    for segment in cut:
        starts.append(starts[-1] + segment.width)
    rows = tuple(
        Row(_short(text), text, AXIS + number * ROW, tuple(_bars(group, cut, starts)))
        for number, (group, text) in enumerate(zip(groups, labels, strict=True))
    )
    marks = tuple((x, segment.low) for x, segment in zip(starts, cut, strict=False))
    height = AXIS + ROW * len(rows)
    return Map(name, layer_words(policy.layer), starts[-1], height, marks, rows, gone, ())


def _stretched(cut: list[Segment]) -> list[Segment]:
    """Each wide enough for its number; what is left is given out by the logarithm of what it spans."""
    least = [DIGIT * len(str(s.low)) + DIGIT for s in cut]
    weights = [math.log2((s.high + 2) / (s.low + 1)) for s in cut]
    spare = max(0, ROOM - sum(least))
    return [
        msgspec.structs.replace(s, width=width + round(spare * weight / sum(weights)))
        for s, width, weight in zip(cut, least, weights, strict=True)
    ]


def _bars(group: Group, cut: list[Segment], starts: list[int]) -> Iterable[Bar]:
    """The bars of one row, neighbours of the same fate joined."""
    joined: list[tuple[int, int, int, int, Glyph]] = []
    for segment, x in zip(cut, starts, strict=False):
        glyph = group.glyph(segment.low)
        if joined and joined[-1][4] == glyph:
            low, _, left, width, _ = joined.pop()
            joined.append((low, segment.high, left, width + segment.width, glyph))
        else:
            joined.append((segment.low, segment.high, x, segment.width, glyph))
    for low, high, x, width, glyph in joined:
        lengths = f"from {low} bytes" if high >= LONGEST else f"{span_text(low, high)} bytes"
        word = next((word for fate, word in WORDS.items() if glyph is LEGAL[fate]), "")
        fits = width >= LETTER * len(word) + 2
        yield Bar(x, width, KINDS[glyph], f"{lengths}: {glyph.meaning.lower()}", word if fits else "")


def _short(text: str) -> str:
    most = (LABEL - 10) // 7
    return text if len(text) <= most else f"{text[: most - 1]}\N{HORIZONTAL ELLIPSIS}"
