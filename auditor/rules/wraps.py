"""What the code did with lengths in, arithmetic out that wrapped and came to a size, an index or a test."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from auditor.ir import expressions as e
from auditor.model import Confidence, Location
from auditor.policy import Entry, EntryAnalysis, Fork
from auditor.policy.calls.effects import TYPED
from auditor.policy.calls.run import Run
from auditor.policy.expressions.observations import UNBOUNDED, Observation
from auditor.rules.context import RuleContext
from auditor.rules.guards import guard_of
from auditor.rules.overreads import origin_of
from auditor.rules.wrap_sources import Source, source
from auditor.rules.wrap_uses import purpose


class Wrap(msgspec.Struct, frozen=True, eq=False):
    """A value that wrapped, and one use of it.

    ``use`` says what the value is at ``seen.expr``; ``memory`` whether memory is read or written by it.
    ``guard`` is the comparison that keeps shorter frames away, ``holds`` how it turned out.
    """

    analysed: EntryAnalysis
    seen: Observation
    source: Source
    use: str
    memory: bool
    origin: str
    guaranteed: int | None
    guard: Fork | None
    holds: bool
    confidence: Confidence

    @property
    def place(self) -> Location:
        """Where to report it: at the check that is too small for a difference, else at the arithmetic."""
        made, guard = self.source.made, self.guard
        if guard is None or self.seen.kind == UNBOUNDED or guard.function != self.seen.function:
            return made.at
        ordered = isinstance(guard.expr, e.Binary) and guard.expr.op in ("<", "<=", ">", ">=")
        return guard.at if ordered and guard.constant is not None else made.at


def wraps(context: RuleContext) -> Iterator[tuple[Wrap, ...]]:
    """Arithmetic that wraps and is used, all uses of one expression together, the surest first."""
    groups: dict[Location, list[Wrap]] = {}
    for analysed in context.analysis.entries:
        for found in _uses(context, analysed):
            groups.setdefault(found.source.made.at, []).append(found)
    for group in groups.values():
        yield tuple(sorted(group, key=_rank))


def _rank(found: Wrap) -> tuple[int, bool, bool, Location]:
    """Surest first; of those, uses of memory, and those behind a check."""
    sure = list(Confidence).index(found.confidence)
    return (sure, not found.memory, found.guard is None, found.seen.expr.at)


def _uses(context: RuleContext, analysed: EntryAnalysis) -> Iterator[Wrap]:
    origin, guaranteed = origin_of(context, analysed.entry)
    if origin == "wire" and not _is_ethernet(analysed):
        guaranteed = None  # no other link has a minimum that we know
    sender = analysed.entry.origin, guaranteed  # what is only likely of descriptors makes nobody untrusted
    for run in (analysed.run, analysed.wide):
        here: dict[int, list[Observation]] = {}
        for seen in run.observations if run is not None else ():
            here.setdefault(id(seen.expr), []).append(seen)
        for found in here.values():
            for seen in found:
                made = None if run is None else _use(context, analysed, run, seen, found, sender)
                if made is not None:
                    yield made


def _is_ethernet(analysed: EntryAnalysis) -> bool:
    """Whether anything shows that the frames of an entry point have an Ethernet header."""
    run = analysed.run
    if analysed.entry.layer == "L2" or run.reads_ethertype:
        return True
    return any(key == TYPED for leaf in run.leaves for _, key in leaf.state.memory)


def _use(
    context: RuleContext, analysed: EntryAnalysis, run: Run, seen: Observation, here: list[Observation],
    sender: tuple[str, int | None],
) -> Wrap | None:  # fmt: skip
    origin, guaranteed = sender
    made = source(context.program, analysed.entry, seen, run is analysed.wide, guaranteed)
    if made is None or seen.tested:  # a check that is not understood may be the one
        return None
    if isinstance(made.made, e.Unary):  # a number is turned round on purpose
        return None
    if any(part.status == "tainted" for part in context.provenance(made.made).walk()):
        return None  # nobody knows the size of what no header defines
    guard, holds = guard_of(run, seen, here)
    use, memory = purpose(context.program, analysed.entry, seen)
    memory = memory and not (made.below and _is_allocation(analysed.entry, seen))
    judged = _of_fields if made.fields else _of_lengths
    sure = judged(analysed.entry, run, memory, guard, origin)
    if sure is None:
        return None
    if made.fields:  # a check of the frame's length says nothing about what its headers declare
        guard, holds = None, False
    return Wrap(analysed, seen, made, use, memory, origin, guaranteed, guard, holds, sure)


def _is_allocation(entry: Entry, seen: Observation) -> bool:
    """Whether a value is the size of new memory: there is none of the size that a difference below 0 is."""
    callee = seen.expr.callee if isinstance(seen.expr, e.Call) else None
    known = entry.platform.effect(callee.name) if isinstance(callee, e.Name) else None
    return known is not None and known.effect in ("allocate", "allocate-frame")


def _of_lengths(entry: Entry, run: Run, memory: bool, guard: Fork | None, origin: str) -> Confidence | None:
    """How sure a use of the frame's own length is a fault; None where nothing shows that such frames come.

    High: a check that is too small, or a sender who is not trusted. Medium: who makes the frames, or that
    the platform calls this entry point, is less sure. Low: the value is only compared or kept.
    """
    known = origin not in ("unknown", "wire")
    if guard is None and not known:
        return None
    if not memory or not run.explored or (guard is None and origin == "stack"):
        return Confidence.LOW
    sure = entry.strong and run.complete and (guard is not None or origin == "untrusted")
    return Confidence.HIGH if sure and known else Confidence.MEDIUM


def _of_fields(entry: Entry, run: Run, memory: bool, guard: Fork | None, origin: str) -> Confidence | None:
    """How sure a use of what header fields say is a fault: low where the system itself wrote them."""
    if origin == "unknown" and guard is None:
        return None
    weak = not memory or not run.explored or origin in ("stack", "unknown")
    return Confidence.LOW if weak else Confidence.MEDIUM
