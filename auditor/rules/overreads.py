"""What the code did with frames in, reads out that a path's checks do not cover."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec

from auditor.ir import Program
from auditor.ir import expressions as e
from auditor.model import ETHERNET_HEADER, Confidence
from auditor.policy import Entry, EntryAnalysis
from auditor.policy.expressions.observations import READ, Observation, missing
from auditor.policy.numbers.intervals import contains, intersect
from auditor.policy.numbers.lengths import LONGEST
from auditor.policy.numbers.values import Int, Pointer, Value, show
from auditor.rules.context import RuleContext
from auditor.rules.guards import (
    Guard,
    check_of,
    declared_enough,
    ignored,
    ignores_length,
    rejected_later,
    turned_away,
)
from auditor.rules.surroundings import virtual_link


class Read(msgspec.Struct, frozen=True, eq=False):
    """One read of ``size`` bytes at ``start``, on a path whose shortest frame has ``has`` bytes.

    Bytes count from the frame's first byte at the entry point. ``guard`` is the comparison that made sure of
    ``has`` bytes; None where the frames' origin alone does. ``ethernet`` when the frames start with an
    Ethernet header as far as can be seen.
    """

    seen: Observation
    start: int
    size: int
    has: int
    guard: Guard | None
    ethernet: bool
    confidence: Confidence

    @property
    def end(self) -> int:
        """Bytes that the read needs."""
        return self.start + self.size


class Overread(msgspec.Struct, frozen=True, eq=False):
    """Reads in one function for which one check, or none, is too small; the first of them first."""

    analysed: EntryAnalysis
    reads: tuple[Read, ...]
    origin: str
    guaranteed: int | None

    @property
    def first(self) -> Read:
        """The read that the finding is reported at."""
        return self.reads[0]

    @property
    def needed(self) -> int:
        """Bytes that a frame must have for all of the reads."""
        return max(read.end for read in self.reads)


def overreads(context: RuleContext) -> Iterator[Overread]:
    """Every check, or lack of one, that leaves a path without the bytes which it reads.

    One per comparison and function, and per comparison and frame classes: what one missing byte leads to in
    further functions is one fault.
    """
    for analysed in context.analysis.entries:
        origin, guaranteed = origin_of(context, analysed.entry)
        for group in _grouped(_reads(context.program, analysed, origin, guaranteed)):
            surest = min(_rank(read) for read in group)
            reads = tuple(read for read in group if _rank(read) == surest)
            yield Overread(analysed, reads, origin, guaranteed)


def _grouped(reads: Iterable[Read]) -> list[list[Read]]:
    """Reads behind one comparison that are in one function, or of frame classes in common, as executed."""
    groups: list[list[Read]] = []
    for read in reads:
        group = next((g for g in groups if any(_belongs(read, other) for other in g)), None)
        if group is None:
            groups.append([read])
        else:
            group.append(read)
    return groups


def _belongs(read: Read, other: Read) -> bool:
    places = [None if r.guard is None else r.guard.expr.at for r in (read, other)]
    alike = read.seen.function == other.seen.function or read.seen.classes & other.seen.classes
    return places[0] == places[1] and bool(alike)


def origin_of(context: RuleContext, entry: Entry) -> tuple[str, int | None]:
    """Who makes the frames of an entry point, and how many bytes each has for certain; None when unknown."""
    origin = entry.origin
    if (
        entry.introduced and origin == "unknown"
    ):  # a length from a descriptor: hardware, or what stands for it
        origin = "peer" if virtual_link(context.program, entry)[0] else "wire"
    if entry.role is None and not entry.introduced and origin in ("wire", "stack"):
        return "unknown", None  # a stack's own function: any driver may call it
    known = next((o.guarantees for o in context.knowledge.protocols.origins if o.id == origin), None)
    if entry.role is not None and entry.role.guarantees is not None:
        known = entry.role.guarantees
    if known is None:
        return origin, None
    return origin, max(known - (ETHERNET_HEADER if entry.layer == "L3" else 0), 0)


def _reads(program: Program, analysed: EntryAnalysis, origin: str, guaranteed: int | None) -> Iterator[Read]:
    all_seen = [seen for seen in analysed.run.observations if seen.kind == READ]
    by_place: dict[int, list[Observation]] = {}
    for seen in all_seen:
        by_place.setdefault(id(seen.expr), []).append(seen)
    for seen in all_seen:
        made = _read(analysed, seen, by_place[id(seen.expr)], origin, guaranteed)
        if made is None:
            continue
        function = program.resolve(seen.function, seen.expr.at.file)
        late = function is not None and turned_away(analysed.run, seen, function, (made.has, made.end - 1))
        yield msgspec.structs.replace(made, confidence=Confidence.LOW) if late else made


def _read(
    analysed: EntryAnalysis, seen: Observation, here: list[Observation], origin: str, guaranteed: int | None
) -> Read | None:
    at, size = seen.values
    lengths = intersect(seen.lengths, ((guaranteed or 0, LONGEST),))
    if not isinstance(at, Pointer) or at.offset is None or not isinstance(size, Int) or not lengths:
        return None
    has, end = lengths[0][0], at.offset + size.value
    if (has >= end and not missing(at)) or seen.tested or _parsed_before(analysed.entry, seen):
        return None
    unheard = ignored(analysed.run, seen)
    guard = check_of(analysed, seen, here) if unheard is None else None
    made = _confidence(analysed, end, guard, has, origin, guaranteed)
    ethernet = _is_ethernet(analysed, seen)
    if made is Confidence.HIGH and not ethernet:
        made = Confidence.MEDIUM
    sure = made if unheard is None else _of_ignored(analysed, end)
    if sure is None:
        return None
    if _is_doubtful(analysed, seen, size.value, end) or rejected_later(analysed, seen, (has, end - 1)):
        sure = Confidence.LOW
    return Read(seen, at.offset, size.value, has, guard or unheard, ethernet, sure)


def _is_doubtful(analysed: EntryAnalysis, seen: Observation, size: int, end: int) -> bool:
    """Whether the read may not be what it seems.

    Its number of bytes is computed, and not all that the path knew was kept; or a field of the frame itself
    was found to be large enough, and a caller that nobody sees may have compared that with the length.
    """
    computed = isinstance(seen.expr, e.Call) and all(arg.value is None for arg in seen.expr.args)
    if computed and not analysed.run.complete:
        return True
    unseen = analysed.entry.role is None
    return unseen and declared_enough(analysed, seen, max(size, end - ETHERNET_HEADER))


def _parsed_before(entry: Entry, seen: Observation) -> bool:
    """Whether the path is one that frames take only after somebody else has read their headers."""
    words = entry.platform.parsed
    return any(not contains(v, 0) and _names(k, words) for k, v in seen.facts.items())


def _names(key: Value, words: tuple[str, ...]) -> bool:
    text = show(key)
    return any(word in text for word in words)


def _confidence(
    analysed: EntryAnalysis, end: int, guard: Guard | None, has: int, origin: str, guaranteed: int | None
) -> Confidence | None:
    """How sure a read of bytes up to ``end`` is a fault; None where nothing speaks for it.

    With a check: high, or low where the origin already implies the check. Without one: what is known of who
    makes the frames decides.
    """
    entry, complete = analysed.entry, analysed.run.complete
    if guard is not None:
        if has <= (guaranteed or 0):
            return Confidence.LOW
        typed = entry.role is not None or entry.frame is not None
        return Confidence.HIGH if typed and complete else Confidence.MEDIUM
    if has > (guaranteed or 0):
        return None  # a check that was taken apart, or that does not keep shorter frames from here
    if entry.introduced:
        return Confidence.LOW  # whoever gave the length gave the bytes as well
    if origin == "untrusted":
        return Confidence.HIGH if entry.strong and complete else Confidence.MEDIUM
    if origin == "peer":
        return Confidence.MEDIUM if end > max(guaranteed or 0, ETHERNET_HEADER) else Confidence.LOW
    if ignores_length(entry):
        return Confidence.MEDIUM
    if guaranteed == 0 and entry.role is not None:  # a device that need not be what it says, such as USB's
        return Confidence.MEDIUM
    return None


def _is_ethernet(analysed: EntryAnalysis, seen: Observation) -> bool:
    """Whether something shows that the bytes are an Ethernet frame's, not a message's of some hardware."""
    callee = seen.expr.callee if isinstance(seen.expr, e.Call) else None
    known = analysed.entry.platform.effect(callee.name) if isinstance(callee, e.Name) else None
    typed = known is not None and known.effect == "type-trans"
    return typed or analysed.entry.layer == "L2" or analysed.run.reads_ethertype


def _of_ignored(analysed: EntryAnalysis, end: int) -> Confidence:
    """High where an accessor's failure is passed over, low for the header that every frame has."""
    sure = analysed.entry.role is not None and analysed.run.complete and end > ETHERNET_HEADER
    return Confidence.HIGH if sure else Confidence.LOW


def _rank(read: Read) -> int:
    """Surest first."""
    return list(Confidence).index(read.confidence)
