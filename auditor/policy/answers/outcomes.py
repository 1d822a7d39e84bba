"""What became of the frame at the end of a path, judged from a fork on."""

from __future__ import annotations

import re

import msgspec

from auditor.ir import IntType
from auditor.ir import expressions as e
from auditor.model import ETHERNET_HEADER, Outcome
from auditor.policy.calls.effects import TYPED
from auditor.policy.calls.run import Run
from auditor.policy.entry_points.entry import Entry
from auditor.policy.numbers.arithmetic import binary
from auditor.policy.numbers.intervals import Intervals, intersect, subtract
from auditor.policy.numbers.lengths import LONGEST, Length, frame_length
from auditor.policy.numbers.solving import lengths_where
from auditor.policy.numbers.values import Int, Pointer, Region, Value
from auditor.policy.paths.state import Event
from auditor.policy.statements.walker import Leaf

FAILURE_NAME = re.compile(r"(^|_)(ERR|ERROR|FAIL|FAILED|FAILURE|INVALID|TOO_SMALL|TOO_SHORT)(_|$)")
KNOWN, RETURNED, WEAK = "known", "returned", "weak"


class Fate(msgspec.Struct, frozen=True, eq=False):
    """The outcome of one leaf; ``strength`` is known, returned (a failure value) or weak."""

    outcome: Outcome
    strength: str
    why: str
    event: Event | None = None


PASSING = frozenset({"hand-on", "queue", "candidate", "given", "store", "copy"})


class Judgement(msgspec.Struct, frozen=True):
    """How to judge the leaves of one fork, or of a whole run.

    Events from number ``since`` on count, and known hand-ons before it. ``cancelled`` are places of stores
    that happen on both sides of the fork and so decide nothing. ``by_return`` when the run has no sink at
    all: only then can a return value stand for handing the frame on.
    """

    by_return: bool
    since: int = 0
    cancelled: frozenset[object] = frozenset()


def without_sink(run: Run) -> bool:
    """Whether nothing in the run takes the frame."""
    return not any(x.kind in PASSING for leaf in run.leaves for x in leaf.state.events)


def judge(leaf: Leaf, entry: Entry, how: Judgement) -> Fate:
    """The fate of ``leaf``."""
    events = leaf.state.events
    handed = next((x for x in events if x.kind == "hand-on"), None)
    if handed is not None:
        return Fate(_as_sent(handed, leaf), KNOWN, f"handed on by {handed.text}", handed)
    after = events[how.since :]
    for fate in (_passed_on(leaf, after), _answered(after), _kept(after, how.cancelled), _lost(after)):
        if fate is not None:
            return fate
    return _by_return(leaf, entry, after, how)


def shares(leaf: Leaf, fate: Fate) -> tuple[tuple[Intervals, Outcome], ...]:
    """The lengths of a leaf by outcome: some frames of a path can be padded while longer ones are not."""
    if fate.outcome not in (Outcome.HANDED_ON, Outcome.PADDED) or fate.event is None:
        return ((leaf.state.lengths, fate.outcome),)
    grown = intersect(leaf.state.lengths, _padded(fate.event))
    rest = subtract(leaf.state.lengths, grown)
    parts = ((grown, Outcome.PADDED), (rest, Outcome.HANDED_ON))
    return tuple((lengths, outcome) for lengths, outcome in parts if lengths)


def _padded(event: Event) -> Intervals:
    """Lengths of which a sink is given bytes behind the frame's last one; a trailer of all frames is none."""
    if not isinstance(event.length, (Int, Length)):
        return ()
    moved = event.length.shift if isinstance(event.length, Length) else None
    header = max(
        (m for m in (moved, None if event.skip is None else -event.skip) if m is not None), default=0
    )
    whole = binary("+", frame_length(), Int(header), IntType(32, True))
    if not isinstance(whole, Length):
        return ()
    sane = lengths_where("<=", event.length, Int(LONGEST))  # a difference that wrapped pads nothing
    return intersect(lengths_where(">", event.length, whole), sane)


def _as_sent(event: Event, leaf: Leaf) -> Outcome:
    """Padded when every frame of the path goes out longer than it came in."""
    kept = subtract(leaf.state.lengths, _padded(event))
    return Outcome.HANDED_ON if kept else Outcome.PADDED


def _passed_on(leaf: Leaf, after: tuple[Event, ...]) -> Fate | None:
    freed = {x.region for x in after if x.kind == "free"}
    for x in after:
        if x.kind == "queue" and x.region not in freed:
            return Fate(_as_sent(x, leaf), KNOWN, f"queued by {x.text}", x)
        if x.kind == "given" or (x.kind == "candidate" and not freed):
            return Fate(_as_sent(x, leaf), WEAK, f"given to {x.text}", x)
    return None


def _answered(after: tuple[Event, ...]) -> Fate | None:
    answered = next((x for x in after if x.kind == "answer"), None)
    if answered is None:
        return None
    return Fate(Outcome.ANSWERED, KNOWN, f"answered by {answered.text}", answered)


def _kept(after: tuple[Event, ...], cancelled: frozenset[object]) -> Fate | None:
    """A frame that the driver keeps, or keeps a copy of, will be handed on, as far as can be seen."""
    freed = any(x.kind == "free" for x in after)
    for x in after:
        if x.at not in cancelled and (x.kind == "copy" or (x.kind == "store" and not freed)):
            return Fate(Outcome.HANDED_ON, WEAK, x.text, x)
    return None


def _lost(after: tuple[Event, ...]) -> Fate | None:
    for x in after:
        if x.kind == "fail":
            return Fate(Outcome.DROPPED, KNOWN, f"completed by {x.text}", x)
    for x in after:
        if x.kind == "free":
            return Fate(Outcome.DROPPED, KNOWN, f"freed by {x.text}", x)
    return None


def _by_return(leaf: Leaf, entry: Entry, after: tuple[Event, ...], how: Judgement) -> Fate:
    if entry.role is not None and isinstance(leaf.returned, Int) and leaf.returned.value in entry.role.busy:
        return Fate(Outcome.UNKNOWN, KNOWN, "left with the caller, which tries again")
    verdict = returned_failure(leaf.returned, entry)
    if verdict is True:
        return Fate(Outcome.DROPPED, KNOWN if entry.role else RETURNED, "rejected by the return value")
    if verdict is False and entry.role is not None and entry.role.returns_frame:
        return Fate(Outcome.HANDED_ON, KNOWN, "handed on by the return value", _returned(leaf, entry))
    doubtful = next((x for x in after if x.kind in ("maybe", "unclear")), None)
    if doubtful is not None:
        return Fate(Outcome.UNKNOWN, WEAK, f"{doubtful.text} may do anything with it", doubtful)
    done = next((x for x in after if x.kind == "done"), None)
    if done is not None:
        return Fate(Outcome.DROPPED, KNOWN, f"completed by {done.text} without being handed on", done)
    if verdict is False and entry.role is None and how.by_return and not leaf.state.events:
        return Fate(Outcome.HANDED_ON, WEAK, "accepted by the return value, callers unseen")
    return Fate(Outcome.DROPPED, WEAK, "only skips the rest")


def returned_failure(value: Value | None, entry: Entry) -> bool | None:
    """Whether the entry point's return value says failure; None when it says nothing."""
    convention = entry.role.failure if entry.role is not None else _convention(entry)
    if value is None or not convention or not isinstance(value, (Int, Pointer)):
        return None
    if isinstance(value, Int) and isinstance(value.source, e.Name) and FAILURE_NAME.search(value.source.name):
        return True
    number = value.value if isinstance(value, Int) else 1
    match convention:
        case "negative":
            return number < 0
        case "ntstatus":
            return number < 0 or number >= 0x8000_0000
        case "nonzero":
            return number != 0
        case _:  # false, zero, null
            return number == 0


def _convention(entry: Entry) -> str:
    """How an entry without a role fails: by its return type (bool, pointer, NTSTATUS, signed integer)."""
    returns = entry.function.returns
    name = getattr(returns, "name", "")
    if name in ("_Bool", "bool", "BOOLEAN", "BOOL"):
        return "false"
    if name in ("NTSTATUS", "NDIS_STATUS"):
        return "ntstatus"
    if hasattr(returns, "target"):
        return "null"
    return "negative" if getattr(returns, "signed", False) else ""


def sink_shift(leaf: Leaf, fate: Fate, entry: Entry) -> int | None:
    """K when the sink got a frame of L + k bytes (Ethernet header included), None when that is unknown."""
    event = fate.event
    if event is None or not isinstance(event.length, Length) or event.length.shift is None:
        return None
    without_header = _has_no_header(leaf, event.region, entry)
    return event.length.shift + ETHERNET_HEADER if without_header else event.length.shift


def _has_no_header(leaf: Leaf, region: Region | None, entry: Entry) -> bool:
    """Whether the sink's frame starts after the Ethernet header: pulled, or its protocol set by hand."""
    if region is None:
        return False
    known = next((f for f in entry.platform.frames if f.record == region.record), None)
    named = leaf.state.memory.get((region, known.protocol)) if known is not None and known.protocol else None
    return (region, TYPED) in leaf.state.memory or isinstance(named, Int)


def _returned(leaf: Leaf, entry: Entry) -> Event | None:
    """The hand-on that a successful return is, with the length the frame has by then."""
    if entry.frame is None:
        return None
    region = Region("frame", entry.frame.name, entry.record)
    known = next((f for f in entry.platform.frames if f.record == entry.record), None)
    held = leaf.state.memory.get((region, known.length)) if known is not None else None
    length = held if held is not None else frame_length()
    return Event("hand-on", leaf.at, "return", entry.function.symbol, length, region)
