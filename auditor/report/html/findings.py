"""Findings in, what the template says about each out."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from auditor.model import Finding, Fix, Location, Sources, Witness
from auditor.report import changemap
from auditor.report.changes import changes
from auditor.report.codeframe import TAB, changed, span
from auditor.report.html.frames import Field, dissect
from auditor.report.html.graphs import Graphs
from auditor.report.html.maps import Maps
from auditor.report.wording import grouped_losses, lengths_lost, level_of, mode_of

CONTEXT = 3  # lines of code above and below
MOST_CODE = 200  # characters of one line


class CodeLine(msgspec.Struct, frozen=True):
    """One line of code; ``marked`` is the part that the finding is about, empty on the lines around it."""

    number: int
    before: str
    marked: str
    after: str


class Frame(msgspec.Struct, frozen=True):
    """A real frame and its fields."""

    id: str
    name: str
    length: int
    source: str
    fields: tuple[Field, ...]


class FixView(msgspec.Struct, frozen=True):
    """A suggested change: what, whether it is proved, its lines, and what changes with it."""

    description: str
    proof: str
    state: str
    lines: tuple[tuple[str, str, str], ...]  # place, sign, text
    see: tuple[str, ...]


class View(msgspec.Struct, frozen=True):
    """One finding, ready to be put into the page."""

    id: str
    level: str
    confidence: str
    rule: str
    place: str
    function: str
    message: str
    lost: str
    hidden: str
    code: tuple[CodeLine, ...]
    graph: str
    losses: tuple[tuple[str, str], ...]
    frames: tuple[Frame, ...]
    steps: tuple[tuple[str, str, str], ...]  # place, message, importance
    related: tuple[tuple[str, str], ...]
    fixes: tuple[FixView, ...]
    maps: tuple[tuple[str, str], ...]  # id, entry and mode
    after: tuple[tuple[str, str], ...]  # id of the map, what changed
    evidence: tuple[str, ...]


class Frames:
    """Collects witnesses; the same frame is dissected once."""

    def __init__(self) -> None:
        self._made: dict[Witness, Frame] = {}

    def add(self, witness: Witness) -> Frame:
        """The frame, made when it is not known yet."""
        if witness not in self._made:
            name = f"frame-{len(self._made) + 1}"
            fields = dissect(witness.data)
            self._made[witness] = Frame(name, witness.name, witness.length, witness.source, fields)
        return self._made[witness]

    def all(self) -> tuple[Frame, ...]:
        """Every frame, in order."""
        return tuple(self._made.values())


class Shared(msgspec.Struct, frozen=True):
    """What several findings show and the page holds once."""

    maps: Maps
    after: Maps
    graphs: Graphs
    frames: Frames


def view(number: int, finding: Finding, sources: Sources, shared: Shared) -> View:
    """The finding as number ``number`` of the page; what it shares with others goes into ``shared``."""
    steps = (step for step in finding.path if step.importance != "unimportant")
    return View(
        id=f"finding-{number}",
        level=str(level_of(finding)),
        confidence=str(finding.confidence),
        rule=finding.rule,
        place=f"{finding.at.file}:{finding.at.line}",
        function=finding.function,
        message=finding.message,
        lost=lengths_lost(finding.losses),
        hidden=finding.suppressed or finding.known,
        code=tuple(_code(finding.at, sources)),
        graph=shared.graphs.add(finding.constant) if finding.constant is not None else "",
        losses=grouped_losses(finding),
        frames=tuple(shared.frames.add(witness) for witness in finding.witnesses),
        steps=tuple((_place(s.at), s.message, s.importance) for s in steps),
        related=tuple((_place(r.at), r.message) for r in finding.related),
        fixes=tuple(_fix(fix, sources) for fix in finding.fixes),
        maps=tuple((shared.maps.add(p), f"{p.entry}, {_mode(mode_of(p))}") for p in finding.policies),
        after=tuple(_after(finding, shared.after)),
        evidence=finding.evidence,
    )


def _place(at: Location) -> str:
    return f"{at.file}:{at.line}"


def _mode(mode: str) -> str:
    return mode if mode == "always" else f"when {mode}"


def _code(at: Location, sources: Sources) -> Iterator[CodeLine]:
    lines = sources.lines(at.file)
    if not 0 < at.line <= len(lines):
        return
    first, last = max(1, at.line - CONTEXT), min(len(lines), at.line + CONTEXT)
    shown = [line.expandtabs(TAB) for line in lines[first - 1 : last]]
    indent = min((len(line) - len(line.lstrip()) for line in shown if line.strip()), default=0)
    for number, text in enumerate(shown, first):
        if number != at.line:
            yield CodeLine(number, _cut(text[indent:]), "", "")
            continue
        start, end = span(at, lines[number - 1])
        yield CodeLine(number, text[indent:start], text[start:end], _cut(text[end:]))


def _cut(text: str) -> str:
    return text if len(text) <= MOST_CODE else f"{text[:MOST_CODE]} ..."


def _fix(fix: Fix, sources: Sources) -> FixView:
    lines = [
        (_place(edit.at), sign, text)
        for edit in fix.edits
        for sign, text in changed(edit, sources, MOST_CODE)
    ]
    proof, state = "not tried", "untried"
    if fix.verified:
        proof, state = "proved: the finding goes, no other policy changes, no new finding appears", "proved"
    elif fix.doubt:
        proof, state = f"tried, and not safe: {fix.doubt}", "refused"
    return FixView(
        fix.description, proof, state, tuple(lines), tuple(f"{_place(s.at)}: {s.message}" for s in fix.see)
    )


def _after(finding: Finding, maps: Maps) -> Iterator[tuple[str, str]]:
    if not finding.policies_after:
        return
    for change in changes(finding.policies, finding.policies_after):
        if change.after is not None:
            said = "; ".join(changemap.sentences(change))
            yield maps.add(change.after), f"{change.after.entry}, {_mode(mode_of(change.after))}: {said}"
