"""A comparison and the analysis in, what becomes of frames because of it out, in sentences."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

import msgspec

from auditor.constants import Site
from auditor.ir import Program
from auditor.model import ETHERNET_HEADER, LengthPolicy, Outcome
from auditor.policy import Analysis, Bound, EntryAnalysis, mode_text
from auditor.policy.entry_points.index import ProgramIndex
from auditor.policy.expressions.branching import HOLDS
from auditor.policy.numbers.intervals import contains
from auditor.policy.paths.trail import Wanted, told
from auditor.report.fates import GETS_THROUGH
from auditor.report.wording import mode_of, span_text


class Decision(msgspec.Struct, frozen=True):
    """A drop that a comparison decides: from which entry point, when, at which lengths (L2 bytes)."""

    entry: str
    mode: str
    low: int
    high: int


def sentences(site: Site, analysis: Analysis, program: Program) -> Iterator[str]:
    """What the comparison decides, per entry point, mode and range of lengths; else why it is nothing."""
    classes: dict[Decision, list[str]] = defaultdict(list)
    for analysed in analysis.entries:
        for bound in (b for b in analysed.bounds if b.fork.at == site.at):
            for mode in _modes(bound, analysed):
                low, high = bound.low + bound.shift, bound.high + bound.shift
                names = classes[Decision(analysed.entry.function.name, mode, low, high)]
                if bound.frame_class.title not in names:
                    names.append(bound.frame_class.title)
    for decision, names in classes.items():
        lengths = f"{span_text(decision.low, decision.high)} bytes of {_listed(names, analysis)}"
        yield f"DECIDES A DROP, {decision.mode}: {lengths}, entering at {decision.entry}"
    if not classes:
        yield from _nothing(site, analysis, program)


def _modes(bound: Bound, analysed: EntryAnalysis) -> Iterator[str]:
    """The modes of the entry point in which the class's policy does change at the bound's threshold."""
    if bound.mode is not None:
        yield f"when {mode_text(bound)}"
        return
    modes = [mode_of(policy) for policy in analysed.policies if _changes(policy, bound)]
    if not modes or len(analysed.policies) == 1:
        yield "always"
    else:
        yield from (f"when {mode}" for mode in modes)


def _changes(policy: LengthPolicy, bound: Bound) -> bool:
    start = ETHERNET_HEADER if policy.layer == "L3" else 0
    threshold = bound.threshold + bound.shift - start
    row = next((row for row in policy.rows if row.frame_class == bound.frame_class.id), None)
    if row is None:
        return False
    outcomes = [
        next((span.outcomes for span in row.spans if span.low <= length <= span.high), frozenset())
        for length in (threshold - 1, threshold)
    ]
    lost, kept = outcomes if bound.kind == "minimum" else reversed(outcomes)
    return lost == {Outcome.DROPPED} and bool(kept & GETS_THROUGH)


def _nothing(site: Site, analysis: Analysis, program: Program) -> Iterator[str]:
    if site.is_assert:
        yield "decides nothing: an assertion, which a release build leaves out"
        return
    found = list(reaching(site, analysis, program))
    if not found:
        yield "decides nothing: no entry point leads to it"
    for analysed in found:
        entry = analysed.entry.function.name
        earlier = next((b for b in analysed.bounds if _keeps_away(b, site, analysed)), None)
        if earlier is None:
            yield f"decides nothing: no length that enters at {entry} is dropped by it alone"
        else:
            yield (
                f"decides nothing: no frame of less than {earlier.threshold} bytes that enters at {entry}"
                f" gets here, {earlier.fork.at.file}:{earlier.fork.at.line} drops them all"
            )


def reaching(site: Site, analysis: Analysis, program: Program) -> Iterator[EntryAnalysis]:
    """The entry points from which calls lead to the function that holds the comparison."""
    index = ProgramIndex(program)
    holders = {id(f) for f in index.functions if f.name == site.function and f.file == site.at.file}
    for analysed in analysis.entries:
        start = id(analysed.entry.function)
        if analysed.policies and holders & {start, *index.reachable([start])}:
            yield analysed


def _keeps_away(bound: Bound, site: Site, analysed: EntryAnalysis) -> bool:
    """Whether all frames below the comparison's threshold are lost by the bound, outside its function."""
    if bound.kind != "minimum" or bound.mode is not None or bound.threshold < site.threshold:
        return False
    side = (bound.fork.number, contains(bound.fork.true, bound.low))
    lost = [leaf.state.trail for leaf in analysed.run.leaves if side in leaf.state.history]
    entered = {mark.text for trail in lost for mark in told(trail, Wanted(side[0], HOLDS[side[1]]))}
    return site.function not in entered | {analysed.entry.function.name}


def _listed(names: list[str], analysis: Analysis) -> str:
    every = {row.frame_class for policy in analysis.policies for row in policy.rows}
    return "every class" if len(names) >= max(2, len(every)) else ", ".join(names)
