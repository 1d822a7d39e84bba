"""Length policies as tables: per entry point and mode, what becomes of each class and length."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache
from itertools import pairwise

from auditor.knowledge import FrameClass
from auditor.model import ETHERNET_HEADER, ClassRow, LengthPolicy, Outcome, Span
from auditor.policy.answers.outcomes import PASSING, Fate, Judgement, judge, shares, sink_shift, without_sink
from auditor.policy.answers.verdicts import THROUGH, Bound, unit
from auditor.policy.calls.run import Run
from auditor.policy.entry_points.entry import Entry
from auditor.policy.expressions.reading import APPEARED
from auditor.policy.numbers.intervals import INTEGERS, Intervals, contains, intersect, subtract, unite
from auditor.policy.numbers.lengths import LONGEST
from auditor.policy.numbers.values import Value, show
from auditor.policy.paths.classes import ClassTable
from auditor.policy.paths.knowing import is_mode, tells_of_frame
from auditor.policy.statements.walker import Leaf

Fact = tuple[Value, Intervals]
MOST_MODES = 2
LETS = THROUGH | {Outcome.ANSWERED}
LOST = frozenset({Outcome.DROPPED})


def policies(run: Run, entry: Entry, table: ClassTable) -> tuple[LengthPolicy, ...]:
    """One policy per mode of the entry point; none when no path can hand a frame on."""
    leaves = [leaf for leaf in run.leaves if not entry.introduced or APPEARED in leaf.state.memory]
    how = Judgement(without_sink(run), cancelled=_everywhere(leaves))
    fates = {id(leaf): judge(leaf, entry, how) for leaf in leaves}
    if not any(fates[id(leaf)].outcome in THROUGH for leaf in leaves):
        return ()
    found = []
    for mode in _modes(leaves, fates, table):
        chosen = _open(
            [leaf for leaf in leaves if all(_compatible(leaf, fact) for fact in mode)], fates, table
        )
        _, layer = unit(entry, run, _shift(chosen, fates, entry))
        found.append(
            LengthPolicy(
                entry=entry.function.name,
                at=entry.function.at,
                platform=entry.platform.name,
                role=entry.role.id if entry.role else "",
                layer=layer,
                mode=tuple(fact_text(*fact) for fact in mode),
                rows=tuple(_row(c, table.bit(c.id), chosen, fates, layer) for c in _classes(table, layer)),
                complete=run.complete,
                notes=run.notes,
            )
        )
    return tuple(found)


def _everywhere(leaves: list[Leaf]) -> frozenset[object]:
    """Places of stores that every path passes, where there is a sink besides: they tell nothing."""
    if not any(x.kind in PASSING - {"store"} for leaf in leaves for x in leaf.state.events):
        return frozenset()
    places: list[set[object]] = [{x.at for x in leaf.state.events if x.kind == "store"} for leaf in leaves]
    return frozenset(set.intersection(*places)) if len(places) > 1 else frozenset()


def fact_text(key: Value, values: Intervals) -> str:
    """A mode as C text: ``!adapter->tun``, ``flags & 4``, ``mode == 2``, ``mode > 5``."""
    text = show(key)
    plain = text if " " not in text else f"({text})"
    (least, most), excluded = INTEGERS[0], subtract(INTEGERS, values)
    if values == ((0, 0),):
        return f"!{plain}"
    if excluded == ((0, 0),):
        return text
    if len(values) == 1:
        low, high = values[0]
        if low == high:
            return f"{plain} == {low}"
        bounds = [f"{plain} >= {low}"] * (low != least) + [f"{plain} <= {high}"] * (high != most)
        return " && ".join(bounds) or text
    if len(excluded) == 1 and excluded[0][0] == excluded[0][1]:
        return f"{plain} != {excluded[0][0]}"
    return f"{plain} in {', '.join(f'{a}..{b}' if a < b else str(a) for a, b in values)}"


def mode_text(bound: Bound) -> str:
    """The mode under which a bound holds, as C text; empty when it always does."""
    return fact_text(*bound.mode) if bound.mode is not None else ""


def _classes(table: ClassTable, layer: str) -> tuple[FrameClass, ...]:
    return table.members(table.ip if layer == "L3" else table.all)


def _shift(leaves: list[Leaf], fates: dict[int, Fate], entry: Entry) -> int | None:
    shifts = (
        sink_shift(leaf, fates[id(leaf)], entry) for leaf in leaves if fates[id(leaf)].outcome in THROUGH
    )
    return next((s for s in shifts if s is not None), None)


def _compatible(leaf: Leaf, fact: Fact) -> bool:
    return bool(intersect(leaf.state.facts.get(fact[0], INTEGERS), fact[1]))


def _modes(leaves: list[Leaf], fates: dict[int, Fate], table: ClassTable) -> list[tuple[Fact, ...]]:
    """Facts whose two sides hand on different lengths or classes; at most two of them."""
    chosen: list[tuple[Fact, ...]] = [()]
    for key in _mode_keys(leaves):
        split = []
        for mode in chosen:
            here = [leaf for leaf in leaves if all(_compatible(leaf, fact) for fact in mode)]
            sides = [(key, values) for values in _sides(key, here)]
            maps = [_through_with(side, here, fates, table) for side in sides if len(sides) == 2]
            differs = all(maps) and len(set(maps)) == 2
            split += [(*mode, side) for side in sides] if differs else [mode]
        if len(split[0]) <= MOST_MODES:
            chosen = split
    return chosen


def _through_with(
    side: Fact, leaves: list[Leaf], fates: dict[int, Fate], table: ClassTable
) -> frozenset[tuple[int, Intervals]]:
    """What can get through on the leaves where a fact may hold."""
    return _through(_open([leaf for leaf in leaves if _compatible(leaf, side)], fates, table), fates, table)


def _mode_keys(leaves: list[Leaf]) -> list[Value]:
    return list(dict.fromkeys(k for leaf in leaves for k in leaf.state.facts if is_mode(k)))


def _sides(key: Value, leaves: list[Leaf]) -> list[Intervals]:
    """The two complementary ranges a fact takes on these leaves (fewer or more: no mode)."""
    return sorted({leaf.state.facts[key] for leaf in leaves if key in leaf.state.facts}, reverse=True)


def _open(leaves: list[Leaf], fates: dict[int, Fate], table: ClassTable) -> list[Leaf]:
    """Without the paths of a closed device: nothing gets through while a fact of theirs holds.

    Such are a file that is not open or an adapter that is not running; and paths that drop every frame of
    every class before anything looks at it.
    """
    letting = [leaf for leaf in leaves if fates[id(leaf)].outcome in LETS]
    lets = cache(lambda fact: any(_compatible(leaf, fact) for leaf in letting))
    dropped = (leaf for leaf in leaves if fates[id(leaf)].outcome is Outcome.DROPPED)
    shut = {id(leaf) for leaf in dropped if _shut(leaf, lets, table)}
    return [leaf for leaf in leaves if id(leaf) not in shut] or leaves


def _shut(leaf: Leaf, lets: Callable[[Fact], bool], table: ClassTable) -> bool:
    """Whether a path drops because of a fact with which nothing gets through: none that ``lets`` a frame."""
    facts = leaf.state.facts
    if facts and not leaf.state.history and leaf.state.classes == table.all:
        return not leaf.state.chosen and not any(tells_of_frame(key) for key in facts)
    return any(is_mode(fact[0]) and not lets(fact) for fact in facts.items())


def _through(
    leaves: Iterable[Leaf], fates: dict[int, Fate], table: ClassTable
) -> frozenset[tuple[int, Intervals]]:
    """What can get through: (class bit, lengths) pairs."""
    found: dict[int, Intervals] = {}
    for leaf in leaves:
        if fates[id(leaf)].outcome in THROUGH:
            for frame_class in table.members(leaf.state.classes):
                bit = table.bit(frame_class.id)
                found[bit] = unite(found.get(bit, ()), leaf.state.lengths)
    return frozenset(found.items())


def _row(
    frame_class: FrameClass, bit: int, leaves: list[Leaf], fates: dict[int, Fate], layer: str
) -> ClassRow:
    here = [part for leaf in leaves if leaf.state.classes & bit for part in shares(leaf, fates[id(leaf)])]
    edges = sorted({0, LONGEST + 1} | {e for lengths, _ in here for a, b in lengths for e in (a, b + 1)})
    spans: list[Span] = []
    for low, high in pairwise(edges):
        outcomes = frozenset(outcome for lengths, outcome in here if contains(lengths, low))
        outcomes = outcomes or LOST
        if spans and spans[-1].outcomes == outcomes:
            spans[-1] = Span(spans[-1].low, high - 1, outcomes)
        else:
            spans.append(Span(low, high - 1, outcomes))
    header = ETHERNET_HEADER if layer == "L3" else 0
    return ClassRow(frame_class.id, frame_class.minimum - header, frame_class.maximum - header, tuple(spans))
