"""What the code did with lengths in, arithmetic out that wrapped and came to a size, an index or a test."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from auditor.ir import Expression, Function, walk
from auditor.ir import expressions as e
from auditor.ir import statements as s
from auditor.model import Confidence, Location
from auditor.policy import Entry, EntryAnalysis, Fork
from auditor.policy.intervals import Intervals, intersect
from auditor.policy.machine import Run
from auditor.policy.observations import ASTRAY, MISJUDGED, UNBOUNDED, Observation
from auditor.policy.solving import lengths_where
from auditor.policy.values import BEYOND, LONGEST, Int, Length
from auditor.policy.wrapping import astray, misjudged, too_large
from auditor.rules.context import RuleContext
from auditor.rules.guards import guard_of
from auditor.rules.overreads import origin_of

DOES = {
    "copy": "copies", "allocate": "allocates", "allocate-frame": "allocates", "put": "adds to the frame",
    "push": "puts before the frame", "lend": "hands over", "hand-on": "hands on",
}  # fmt: skip


class Wrap(msgspec.Struct, frozen=True, eq=False):
    """A value that wrapped, used on a path whose frames can be of ``lengths`` bytes then.

    ``value`` is what wrapped, ``arithmetic`` the expression that did it, None where it is not known. ``use``
    says what the value is at ``seen.expr``; ``memory`` whether memory is read or written by it. ``guard`` is
    the comparison that keeps shorter frames away, ``holds`` how it turned out.
    """

    analysed: EntryAnalysis
    seen: Observation
    value: Length
    lengths: Intervals
    use: str
    memory: bool
    origin: str
    guaranteed: int | None
    guard: Fork | None
    holds: bool
    confidence: Confidence

    @property
    def arithmetic(self) -> Expression:
        """The arithmetic that wrapped, or the place of use where it is not known."""
        return self.value.made.expr if self.value.made is not None else self.seen.expr

    @property
    def length(self) -> int:
        """The shortest frame for which the value wraps, in bytes as the entry point counts them."""
        return self.lengths[0][0]

    @property
    def sum(self) -> str:
        """The arithmetic in numbers: ``3 - 14 = 4294967285``."""
        piece = next(p for p in self.value.pieces if p.low <= self.length <= p.high)
        held, rest = piece.slope * self.length + piece.offset, piece.offset + piece.lost
        if piece.slope == -1:
            return f"{rest} - {self.length} = {held}"
        first = str(self.length) if piece.slope == 1 else f"{piece.slope} * {self.length}"
        return f"{first} {'-' if rest < 0 else '+'} {abs(rest)} = {held}"


def wraps(context: RuleContext) -> Iterator[tuple[Wrap, ...]]:
    """Arithmetic that wraps and is used, all uses of one expression together, the surest first."""
    groups: dict[Location, list[Wrap]] = {}
    for analysed in context.analysis.entries:
        for found in _uses(context, analysed):
            groups.setdefault(found.arithmetic.at, []).append(found)
    for group in groups.values():
        yield tuple(sorted(group, key=_rank))


def _rank(found: Wrap) -> tuple[int, bool, bool, Location]:
    """Surest first; of those, uses of memory, and those behind a check."""
    sure = list(Confidence).index(found.confidence)
    return (sure, not found.memory, found.guard is None, found.seen.expr.at)


def _uses(context: RuleContext, analysed: EntryAnalysis) -> Iterator[Wrap]:
    origin, guaranteed = origin_of(context, analysed.entry)
    for run, wide in ((analysed.run, False), (analysed.wide, True)):
        here: dict[int, list[Observation]] = {}
        for seen in run.observations if run is not None else ():
            here.setdefault(id(seen.expr), []).append(seen)
        for found in here.values():
            for seen in found:
                made = _use(context, analysed, seen, found, wide, (origin, guaranteed))
                if made is not None:
                    yield made


def _use(
    context: RuleContext, analysed: EntryAnalysis, seen: Observation, here: list[Observation], wide: bool,
    sender: tuple[str, int | None],
) -> Wrap | None:  # fmt: skip
    origin, guaranteed = sender
    value, lengths = _wrapped(seen, wide)
    lengths = intersect(lengths, ((guaranteed or 0, BEYOND),))
    if value is None or not lengths:
        return None
    run = analysed.wide if wide and analysed.wide is not None else analysed.run
    guard, holds = guard_of(run, seen, here)
    use, memory = _purpose(context, analysed.entry, seen)
    sure = _confidence(analysed.entry, run, memory, guard, origin)
    if sure is None:
        return None
    return Wrap(analysed, seen, value, lengths, use, memory, origin, guaranteed, guard, holds, sure)


def _wrapped(seen: Observation, wide: bool) -> tuple[Length | None, Intervals]:
    """The value that wrapped and for which lengths of the path; beyond all frames only sums are looked at."""
    first, *rest = seen.values
    if seen.kind == UNBOUNDED and wide and isinstance(rest[0], Length) and isinstance(first, Length):
        large = lengths_where(">", first, Int(LONGEST))
        return rest[0], intersect(too_large(rest[0], seen.lengths), large)
    if seen.kind == ASTRAY and isinstance(first, Length):
        return first, too_large(first, seen.lengths) if wide else astray(first, seen.lengths)
    if seen.kind == MISJUDGED and not wide and isinstance(seen.expr, e.Binary):
        lost = [v for v in seen.values if isinstance(v, Length) and any(p.lost for p in v.pieces)]
        return next(iter(lost), None), misjudged(seen.expr.op, first, rest[0], seen.lengths)
    return None, ()


def _purpose(context: RuleContext, entry: Entry, seen: Observation) -> tuple[str, bool]:
    """What the value is where it is used, and whether memory is read or written by it."""
    match seen.expr:
        case e.Call(callee=callee, args=args):
            name = callee.name if isinstance(callee, e.Name) else str(callee)
            known = entry.platform.effect(name)
            what = f"the number of bytes that {name}() {DOES[known.effect] if known is not None else 'takes'}"
            if seen.kind == UNBOUNDED and known is not None and isinstance(known.size, int):
                return f"checked in place of {_bare(args[known.size])}, {what}", True
            return what, True
        case e.Index():
            return f"the index in {seen.expr}", True
        case e.Assign(target=target):
            own = _is_frame_length(entry, target)
            return f"stored in {target}" + (", the frame's length" if own else ""), own
        case e.Binary() if seen.kind == MISJUDGED:
            if _bounds_indexing(context, seen):
                return f"the bound of a loop: {seen.expr}", True
            return f"compared: {seen.expr}", False
        case _:
            return f"the offset in {seen.expr}", True


def _confidence(entry: Entry, run: Run, memory: bool, guard: Fork | None, origin: str) -> Confidence | None:
    """How sure a use is a fault; None where nothing shows that frames for which it wraps can come.

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


def _is_frame_length(entry: Entry, target: Expression) -> bool:
    """Whether an lvalue is the member of a frame record that holds the frame's length."""
    if not isinstance(target, e.Member):
        return False
    last = {f.length.rpartition(".")[2] for f in entry.platform.frames if f.record == target.record}
    return target.field in last


def _bounds_indexing(context: RuleContext, seen: Observation) -> bool:
    """Whether a comparison is the test of a loop that indexes by what is compared."""
    function = next((f for f in context.program.functions() if f.symbol == seen.function), None)
    return function is not None and any(_indexes(loop, seen.expr) for loop in _loops(function, seen.expr))


def _loops(function: Function, test: Expression) -> Iterator[s.Loop]:
    for node in walk(function.body):
        if isinstance(node, s.Loop) and node.test is not None and any(x is test for x in walk(node.test)):
            yield node


def _indexes(loop: s.Loop, test: Expression) -> bool:
    counters = {x.symbol for x in walk(test) if isinstance(x, e.Name)}
    return any(
        isinstance(x, e.Index) and any(isinstance(i, e.Name) and i.symbol in counters for i in walk(x.index))
        for x in walk(loop.body)
    )


def _bare(expr: Expression) -> Expression:
    while isinstance(expr, e.Cast) and expr.implicit:
        expr = expr.operand
    return expr
