"""A constant's provenance in, its graph out as boxes and lines for the template: sums left, parts right."""

from __future__ import annotations

import msgspec

from auditor.model import Term, describe
from auditor.report.wording import UNNAMED

CHARACTER, PADDING, GAP, ROW = 8, 12, 46, 46
"""Width of a character, space around the text of a box, space between columns, height of a row."""

MOST_TEXT = 44  # characters of a box
MOST_BOXES = 40
BOX = 36  # height


class Box(msgspec.Struct, frozen=True):
    """One node: its text, its value and layer below it, where it is defined.

    ``operator`` joins its parts; ``named`` tells what a definition can be looked up for.
    """

    x: int
    y: int
    width: int
    text: str
    detail: str
    layer: str
    place: str
    operator: str
    named: bool


class Line(msgspec.Struct, frozen=True):
    """From a sum to one of its parts."""

    x1: int
    y1: int
    x2: int
    y2: int


class Graph(msgspec.Struct, frozen=True):
    """The drawing of one constant, and the same in one sentence."""

    id: str
    sentence: str
    width: int
    height: int
    boxes: tuple[Box, ...]
    lines: tuple[Line, ...]
    left_out: int


class Graphs:
    """Collects constants; the same one is drawn once."""

    def __init__(self) -> None:
        self._drawn: dict[Term, Graph] = {}

    def add(self, term: Term) -> str:
        """The id of the constant's graph."""
        if term not in self._drawn:
            self._drawn[term] = _Layout(term).graph(f"graph-{len(self._drawn) + 1}")
        return self._drawn[term].id

    def all(self) -> tuple[Graph, ...]:
        """Every graph, in order."""
        return tuple(self._drawn.values())


class _Layout:
    """Columns by depth, one row per leaf, a sum in the middle of its parts."""

    def __init__(self, term: Term) -> None:
        self.term = term
        self.widths: list[int] = []
        self.count = self.left_out = 0
        self._measure(term, 0)
        self.starts = [0]
        for width in self.widths:
            self.starts.append(self.starts[-1] + width + GAP)
        self.boxes: list[Box] = []
        self.lines: list[Line] = []
        self.rows = 0

    def graph(self, name: str) -> Graph:
        self._place(self.term, 0, [MOST_BOXES])
        total = sum(1 for _ in self.term.walk())
        width = self.starts[-1] - GAP
        return Graph(
            name, describe(self.term), width, max(1, self.rows) * ROW, tuple(self.boxes), tuple(self.lines),
            total - len(self.boxes),
        )  # fmt: skip

    def _measure(self, term: Term, depth: int) -> None:
        width = max(len(_text(term)), len(_detail(term))) * CHARACTER + PADDING
        if depth == len(self.widths):
            self.widths.append(width)
        self.widths[depth] = max(self.widths[depth], width)
        for part in term.parts:
            self._measure(part, depth + 1)

    def _place(self, term: Term, depth: int, room: list[int]) -> int:
        """Put the term and what it is made of; returns the height of its middle."""
        room[0] -= 1
        placed = [self._place(part, depth + 1, room) for part in term.parts if room[0] > 0]
        if placed:
            middle = (placed[0] + placed[-1]) // 2
        else:
            middle = self.rows * ROW + ROW // 2
            self.rows += 1
        x, width = self.starts[depth], self.widths[depth]
        at = f"{term.at.file}:{term.at.line}" if term.at is not None and term.at.file else ""
        operator = term.operator if placed else ""
        named = term.kind not in UNNAMED
        place = f"{term.kind} {at}".strip()
        self.boxes.append(
            Box(x, middle - BOX // 2, width, _text(term), _detail(term), term.layer, place, operator, named)
        )
        for y in placed:
            self.lines.append(Line(x + width, middle, self.starts[depth + 1], y))
        return middle


def _text(term: Term) -> str:
    return (
        term.text if len(term.text) <= MOST_TEXT else f"{term.text[: MOST_TEXT - 1]}\N{HORIZONTAL ELLIPSIS}"
    )


def _detail(term: Term) -> str:
    value = "?" if term.value is None else str(term.value)
    certainty = "" if term.status == "exact" else f", {term.status}"
    return f"= {value}{f' {term.layer}' if term.layer else ''}{certainty}"
