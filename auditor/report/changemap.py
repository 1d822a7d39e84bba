"""What changed between two trees' policies in, drawings of it out: for a terminal, and as markdown.

Each map has the bars of both sides, so that the eye finds what moved; sentences below say it in numbers.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from auditor.model import LengthPolicy, Outcome
from auditor.report import lengthmap
from auditor.report.changes import Change, Outcomes
from auditor.report.fates import LONGEST, Group, grouped
from auditor.report.lengthmap import Line
from auditor.report.wording import layer_words, mode_of, span_text

WIDTH_IN_MARKDOWN = 80
NAMES = {
    Outcome.HANDED_ON: "handed on", Outcome.PADDED: "padded", Outcome.ANSWERED: "answered by the driver",
    Outcome.UNKNOWN: "unknown", Outcome.DROPPED: "dropped",
}  # fmt: skip


def draw(change: Change, width: int, unicode: bool = True) -> Iterator[Line]:
    """The lines of one changed policy: its title, both sides' bars, and what moved in words."""
    if change.before is None or change.after is None:
        yield [("new" if change.before is None else "gone", "strong")]
        yield from lengthmap.draw(change.policy, width, unicode)
        return
    yield from lengthmap.title(change.after, width)
    labelled = [*_labelled("before", change.before, change), *_labelled("after", change.after, change)]
    yield from lengthmap.bars(labelled, width, unicode)
    for sentence in sentences(change):
        yield from ([(line, "strong")] for line in lengthmap.wrapped(sentence, width, "  "))


def sentences(change: Change) -> Iterator[str]:
    """``every class: 14..33 bytes: dropped -> handed on``, classes with the same differences together."""
    alike: dict[tuple[tuple[int, int, Outcomes, Outcomes], ...], list[str]] = defaultdict(list)
    by_class: dict[str, list[tuple[int, int, Outcomes, Outcomes]]] = defaultdict(list)
    for d in change.differences:
        by_class[d.frame_class].append((d.low, d.high, d.before, d.after))
    for name, found in by_class.items():
        alike[tuple(found)].append(name)
    for spans, names in alike.items():
        who = _classes(names, change.policy)
        for edge, was, now in _bounds(names[0], change):
            yield f"{who}: {edge} {was} -> {now} bytes"
        for low, high, before, after in spans:
            yield f"{who}: {_lengths(low, high)}: {_fate(before)} -> {_fate(after)}"


def markdown(changes: Iterable[Change]) -> str:
    """Each changed policy for a review comment: what moved as a list, the map between fences."""
    lines: list[str] = []
    for change in changes:
        policy = change.policy
        what = "new: " if change.before is None else "gone: " if change.after is None else ""
        mode = f"when {code(mode_of(policy))}" if policy.mode else "always"
        lines += [f"#### {what}{code(policy.entry)}, {mode}", ""]
        lines += [f"{code(f'{policy.at.file}:{policy.at.line}')}, {layer_words(policy.layer)}", ""]
        lines += [f"- {sentence}" for sentence in sentences(change)] + [""] * bool(change.differences)
        drawn = ["".join(text for text, _ in line).rstrip() for line in _bars_of(change)]
        lines += ["```text", *drawn, "```", ""]
    return "".join(f"{line}\n" for line in lines)


def code(text: str) -> str:
    """Between backticks, as many as the text needs (CommonMark 6.1), on one line."""
    text = " ".join(text.split())
    longest = max((len(run) for run in "".join(c if c == "`" else " " for c in text).split()), default=0)
    fence = "`" * (longest + 1)
    blank = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{fence}{blank}{text}{blank}{fence}"


def _bars_of(change: Change) -> Iterator[Line]:
    labelled = []
    for name, policy in (("before", change.before), ("after", change.after)):
        if policy is not None:
            labelled += _labelled(name, policy, change)
    yield from lengthmap.bars(labelled, WIDTH_IN_MARKDOWN, True)


def _labelled(side: str, policy: LengthPolicy, change: Change) -> list[tuple[str, Group]]:
    """One side's bars: of the classes that changed, all of them where the policy is new or gone."""
    changed = {d.frame_class for d in change.differences} or {row.frame_class for row in policy.rows}
    rows = [row for row in policy.rows if row.frame_class in changed]
    return [(f"{side} {lengthmap.label(group, policy)}", group) for group in grouped(rows, apart=False)]


def _bounds(name: str, change: Change) -> Iterator[tuple[str, int, int]]:
    """How the smallest and the largest length that gets through moved, for one class."""
    if change.before is None or change.after is None:
        return
    was, now = _ends(name, change.before), _ends(name, change.after)
    if was and now:
        for edge, a, b in (("minimum", was[0], now[0]), ("maximum", was[1], now[1])):
            if a != b:
                yield edge, a, b


def _ends(name: str, policy: LengthPolicy) -> tuple[int, int] | None:
    row = next((row for row in policy.rows if row.frame_class == name), None)
    kept = [s for s in row.spans if s.outcomes - {Outcome.DROPPED}] if row is not None else []
    return (kept[0].low, kept[-1].high) if kept else None


def _classes(names: list[str], policy: LengthPolicy) -> str:
    every = [row.frame_class for row in policy.rows]
    if len(names) == len(every) > 1:
        return "every class"
    others = [name for name in every if name not in names]
    return f"all but {', '.join(others)}" if len(others) < len(names) else ", ".join(names)


def _lengths(low: int, high: int) -> str:
    return f"from {low} bytes" if high >= LONGEST else f"{span_text(low, high)} bytes"


def _fate(outcomes: Outcomes) -> str:
    """In words; a frame that gets through on one path may be dropped on another."""
    words = [words for outcome, words in NAMES.items() if outcome in outcomes]
    if Outcome.DROPPED in outcomes and len(words) > 1:
        return f"{' or '.join(words[:-1])}, on some paths"
    return " or ".join(words) or "nothing"
