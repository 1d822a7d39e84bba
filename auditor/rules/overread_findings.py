"""An overread in, its finding out: what is read, what the path has, the way there, a frame too short."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.ir import expressions as e
from auditor.ir import walk
from auditor.model import Finding, Location, Related, Rule, Step, Term, Witness
from auditor.policy.expressions.branching import HOLDS
from auditor.policy.numbers.intervals import Intervals, contains
from auditor.policy.numbers.values import Bytes, Int
from auditor.policy.numbers.wire_bytes import swap_bytes
from auditor.policy.paths.classes import ClassTable
from auditor.rules.context import RuleContext
from auditor.rules.guards import ignores_length
from auditor.rules.overreads import Overread, Read
from auditor.rules.story import plain, way_to

MOST_RELATED = 8
"""Further reads that a finding lists."""


def overread_finding(context: RuleContext, rule_id: str, rule: Rule, found: Overread) -> Finding:
    """The finding for one overread, reported at its first read."""
    first, entry = found.first, found.analysed.entry
    arguments = (str(first.seen.expr), _bytes(first), entry.function.name, str(first.has))
    return Finding(
        rule=rule_id,
        at=_place(found),
        message=rule.say(*arguments),
        arguments=arguments,
        confidence=first.confidence,
        severity=rule.severity,
        function=plain(first.seen.function),
        threshold=first.has,
        constant=_constant(context, first),
        evidence=tuple(_evidence(found)),
        witnesses=_witnesses(context, first),
        path=tuple(_path(found)),
        related=tuple(_further(found)),
    )


def _place(found: Overread) -> Location:
    """Where the check is missing: where the length is computed from two pointers, else at the read."""
    first, entry = found.first, found.analysed.entry
    frames = (f for f in entry.platform.frames if f.record == entry.record and f.end and not f.length)
    known = next(frames, None)
    if first.guard is not None or known is None or first.seen.function != entry.function.symbol:
        return first.seen.expr.at
    for node in walk(entry.function.body):
        match node:
            case e.Binary(op="-", left=e.Member(field=end), right=e.Member(field=data), at=at):
                if (end, data) == (known.end, known.data):
                    return at
    return first.seen.expr.at


def _bytes(read: Read) -> str:
    return f"{read.start}..{read.end - 1}" if read.size > 1 else str(read.start)


def _constant(context: RuleContext, read: Read) -> Term | None:
    fork = read.guard.fork if read.guard is not None else None
    constant = fork.constant if fork is not None else None
    return (
        context.provenance(constant.source) if constant is not None and constant.source is not None else None
    )


def _evidence(found: Overread) -> Iterator[str]:
    first, entry = found.first, found.analysed.entry
    yield from entry.evidence
    yield f"bytes {first.start}..{first.end - 1}, counted from the frame's first byte, are read"
    if first.guard is not None:
        guard = first.guard
        yield f"{guard.expr} {HOLDS[guard.holds]} at {guard.expr.at}: {first.has} bytes are there for certain"
    else:
        ignored = found.analysed.entry.length if ignores_length(found.analysed.entry) else None
        named = "the length" if ignored is None else f"{ignored.name}, and nothing uses it"
        yield f"nothing on the path checks {named}"
        if found.guaranteed is not None:
            yield f"frames from the {found.origin} may have {first.has} bytes"
    if found.needed > first.end:
        yield f"the reads behind it need {found.needed} bytes altogether"
    complete = found.analysed.run.complete
    yield (
        "every path was explored"
        if complete
        else "some paths were explored without all that was known on them"
    )


def _path(found: Overread) -> Iterator[Step]:
    first = found.first
    guard = first.guard
    fork, holds = (None, False) if guard is None else (guard.fork, guard.holds)
    compared = guard.expr if guard is not None and fork is None else None
    yield from way_to(found.analysed.entry, first.seen.trail, fork, holds, compared)
    text = f"{first.seen.expr} reads bytes {_bytes(first)}; the frame may end after {first.has}"
    yield Step(first.seen.expr.at, text, plain(first.seen.function), "essential")


def _further(found: Overread) -> Iterator[Related]:
    first = found.first
    others = {read.seen.expr.at: read for read in reversed(found.reads)}
    others.pop(first.seen.expr.at)
    for at in sorted(others)[:MOST_RELATED]:
        yield Related(at, f"Bytes {_bytes(others[at])} are read here as well")
    if _place(found) != first.seen.expr.at:
        yield Related(first.seen.expr.at, f"Bytes {_bytes(first)} are read here")
    if first.guard is not None:
        yield Related(first.guard.expr.at, f"This check makes sure of {first.has} bytes only")


def _witnesses(context: RuleContext, read: Read) -> tuple[Witness, ...]:
    """A real frame cut to what the path has, if possible one that the path's other conditions let through."""
    if not read.ethernet:
        return ()
    table = ClassTable(context.knowledge.protocols)
    classes = frozenset(c.id for c in table.members(read.seen.classes))
    cut = context.cut_frames(classes, max(read.has, 1))
    return tuple(sorted(cut, key=lambda w: -_agreeing(w, read.seen.facts.items())))[:1]


def _agreeing(witness: Witness, facts: object) -> int:
    """How many of the facts about single fields of the frame hold for a witness."""
    return sum(_holds(witness.data, key, values) for key, values in facts)  # type: ignore[attr-defined]


def _holds(data: bytes, key: object, values: Intervals) -> bool:
    if not isinstance(key, Bytes) or key.offset < 0 or key.offset + key.width > len(data):
        return False
    number = int.from_bytes(data[key.offset : key.offset + key.width], "big")
    swapped = number if key.host else swap_bytes(Int(number), key.width)
    host = swapped.value if isinstance(swapped, Int) else number
    return contains(values, host >> key.shift & key.mask)
