"""A call of an unknown function comes in, what it may do with the frame goes out: events and a result."""

from __future__ import annotations

import re
from itertools import pairwise

from auditor.ir import PointerType
from auditor.model import ETHERNET_HEADER
from auditor.policy.calls.effects import SMALLEST_COPY, Effects, Site
from auditor.policy.expressions.evaluate import Results
from auditor.policy.memory.access import Memory
from auditor.policy.memory.frame_records import COPY, SEEN
from auditor.policy.numbers.values import (
    Int,
    Pointer,
    Region,
    Sym,
    Value,
    mentions_frame_bytes,
    mentions_length,
)
from auditor.policy.paths.state import Event, State

NEUTRAL_NAME = re.compile(
    r"(^|_)(log|print\w*|dump\w*|debug|dbg|trace|warn|err|info|stat|stats|count\w*|update|inc|dec|lock|unlock|acquire|release_lock"
    r"|is|has|get|can|check\w*|valid\w*|hash|cmp|equal|classify|select|find|lookup|set|init|time\w*|assert|hexdump)(_|$)",
    re.IGNORECASE,
)
FREE_NAME = re.compile(r"(^|_)(free|drop|discard|destroy|put_buf|recycle|reject)\w*", re.IGNORECASE)
SINK_NAME = re.compile(
    r"(^|_)(x?mit|send\w*|tx|rx|transmit|receive\w*|recv|deliver|forward|input|output|queue|enqueue|push|post|submit"
    r"|indicate|inject|write|pass|handoff|emit|route|dispatch|handle\w*|process\w*)(_|$)",
    re.IGNORECASE,
)


def unknown_call(effects: Effects, state: State, site: Site) -> Results:
    """A function nobody knows: what it is given decides what it may do."""
    carried = carried_by(effects.memory, state, site.args)
    neutral = effects.platform.is_neutral(site.name)
    if not neutral:
        _outputs(state, site)
        _may_take(effects, state, site, carried)
    if carried is not None or any(mentions_frame_bytes(a) for a in site.args):
        return [(state, _told_of_frame(site, neutral))]
    if isinstance(site.expr.ctype, PointerType) and not neutral:
        return [(state, Pointer(Region("other", f"{site.name}()@{site.expr.at.line}"), 0))]
    return [(state, effects.result(site))]


def carried_by(memory: Memory, state: State, args: list[Value]) -> Region | None:
    """The region through which the first of ``args`` that leads to the frame does so."""
    for a in args:
        if isinstance(a, Pointer) and (region := memory.carries(state, a)) is not None:
            return region
    return None


def _may_take(effects: Effects, state: State, site: Site, carried: Region | None) -> None:
    """The event that giving the frame, or its bytes with their number, to an unknown function is."""
    given = next((a for a in site.args if mentions_length(a)), None)
    if given is None and carried is not None and carried.kind != "frame":
        behind = _behind(effects.memory, state, site) if SINK_NAME.search(site.name) else None
        given = next((a for a in site.args if isinstance(a, Int) and a.value >= SMALLEST_COPY), behind)
    if carried is None and (given is None or not SINK_NAME.search(site.name)):
        return
    kind = _kind(site.name, carried, given)
    if kind:
        length = given if given is not None or carried is None else effects.memory.length_of(state, carried)
        skip = next((s for a in site.args if (s := effects.skipped(state, a)) is not None), None)
        scope = effects.evaluator.scope
        state.happen(Event(kind, site.expr.at, f"{site.name}()", scope, length, carried, skip))


def _behind(memory: Memory, state: State, site: Site) -> Int | None:
    """The number that comes right behind the pointer to a frame's bytes: how many of them are given."""
    for a, b in pairwise(site.args):
        if isinstance(b, Int) and b.value >= ETHERNET_HEADER and memory.carries(state, a) is not None:
            return b
    return None


def _told_of_frame(site: Site, neutral: bool) -> Value:
    """The result of an unknown function that saw the frame: a comparison, or a helper's verdict."""
    if isinstance(site.expr.ctype, PointerType):
        at = site.expr.at
        return Pointer(Region("other", f"{site.name}()@{at.line}:{at.column}", SEEN), 0)
    compares = neutral or site.name.rstrip("_").endswith(("memcmp", "memcmp_P", "bcmp"))
    return Sym(f"{site.name}()", "frame" if compares else "helper", site.key())


def _outputs(state: State, site: Site) -> None:
    """An unknown function may write through the pointers to locals that it is given."""
    for number, arg in enumerate(site.args):
        if isinstance(arg, Pointer) and arg.region.kind == "local":
            for cell in [c for c in state.memory if c[0] == arg.region and c[1] != COPY]:
                del state.memory[cell]
            state.memory[(arg.region, 0)] = Sym(
                f"{site.name}()", "call", (number, site.expr.at.line, site.expr.at.column)
            )


def _kind(name: str, carried: Region | None, given: Value | None) -> str:
    """What a function that gets the frame may do, by its name; empty when nothing.

    Bytes that come with their number are used up by the call: releasing the frame afterwards is no loss.
    """
    if FREE_NAME.search(name):
        return "free"
    sink = SINK_NAME.search(name)
    if NEUTRAL_NAME.search(name) and not sink:
        return ""
    if carried is not None and given is not None:
        return "candidate" if carried.kind == "frame" else "given"
    return "candidate" if sink else "maybe"
