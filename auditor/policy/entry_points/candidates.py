"""A function comes in, the entry point that its parameters make of it goes out: no platform says so."""

from __future__ import annotations

import re

from auditor.ir import Expression, Function, Program, walk
from auditor.ir import expressions as e
from auditor.ir.carrying import buffers, pointed_record, speak_of_packets
from auditor.knowledge import Knowledge, Platform
from auditor.policy.entry_points.entry import Entry

CHECKSUM_WORD = re.compile(r"(csum|checksum|crc|hash|dump|print|parse_arg|ioctl)", re.IGNORECASE)


def platform_of(program: Program, knowledge: Knowledge, file: str) -> Platform:
    """The pack of a file; a header has that of the first file of the tree."""
    name = program.platform_of.get(file) or next(iter(program.platform_of.values()), "generic")
    return knowledge.platform(name)


def candidate_of(program: Program, knowledge: Knowledge, function: Function) -> Entry | None:
    """The entry point that ``function`` would be; None when its parameters are no frame."""
    if function.file.startswith("<"):
        return None
    platform = platform_of(program, knowledge, function.file)
    lengths = {f.record for f in platform.frames if f.length}
    lengths |= {f.record for f in platform.frames if f.data and f.end}
    records = lengths | {f.record for f in platform.frames if lengths & set(f.parts.values())}
    for param in function.params:
        if (record := pointed_record(param.ctype)) in records:
            known = platform.effect(function.name)
            if known is not None and known.effect == "hand-on" and known.layer != "unknown":
                facts = (f"is {function.name}, which the platform gives {known.layer} frames",)
                layer, origin, types = known.layer, known.origin, frozenset(known.ethertypes)
                return Entry(function, platform, layer, origin, facts, None, param, record, ethertypes=types)
            facts = (f"takes a {record}",)
            return Entry(function, platform, "unknown", "unknown", facts, None, param, record)
    if CHECKSUM_WORD.search(function.name):
        return None
    for first, second in buffers(function.params):
        if speak_of_packets(function.name, first, second) and not _is_filled(function, platform):
            facts = (f"takes a buffer {first.name} and its length {second.name}, and speaks of packets",)
            return Entry(function, platform, "unknown", "unknown", facts, buffer=first, length=second)
    return None


def filled(function: Function, platform: Platform, call: e.Call) -> Expression | None:
    """How many bytes ``call`` copies into a buffer that the caller of ``function`` has room in.

    None when it does something else, or copies a header of known size.
    """
    known = platform.effect(call.callee.name) if isinstance(call.callee, e.Name) else None
    if known is None or known.effect != "copy" or not isinstance(known.size, int) or known.dst is None:
        return None
    if max(known.size, known.dst) >= len(call.args):
        return None
    to, size = call.args[known.dst], call.args[known.size]
    while isinstance(to, e.Cast):
        to = to.operand
    rooms = {first.symbol for first, _ in buffers(function.params)}
    return size if isinstance(to, e.Name) and to.symbol in rooms and size.value is None else None


def _is_filled(function: Function, platform: Platform) -> bool:
    """Whether a function's buffer is where its frames go to, not where they come from."""
    calls = (node for node in walk(function.read()) if isinstance(node, e.Call))
    return any(filled(function, platform, call) is not None for call in calls)
