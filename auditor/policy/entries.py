"""Where frames enter the driver: entry points by role, by typed parameters, and by buffer and length."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fnmatch import fnmatchcase

import msgspec

from auditor.ir import Binding, Expression, Function, Param, Program, walk
from auditor.ir import expressions as e
from auditor.ir.carrying import buffers, pointed_record, speak_of_packets
from auditor.knowledge import Knowledge, Platform, Role
from auditor.policy.index import ProgramIndex

CHECKSUM_WORD = re.compile(r"(csum|checksum|crc|hash|dump|print|parse_arg|ioctl)", re.IGNORECASE)


ETH_P_ALL = 3
"""The ethertype that stands for every frame (Linux, packet(7))."""


class Entry(msgspec.Struct, frozen=True, eq=False):
    """One entry point.

    ``frame`` is the parameter that is the frame record, or ``buffer`` and ``length`` those of a raw
    frame. ``introduced`` are expressions
    that are the frame's length where no parameter gives it.
    ``evidence`` says why this is an entry and what it carries, strongest first.
    """

    function: Function
    platform: Platform
    layer: str
    origin: str
    evidence: tuple[str, ...]
    role: Role | None = None
    frame: Param | None = None
    record: str = ""
    buffer: Param | None = None
    length: Param | None = None
    introduced: tuple[e.Expression, ...] = ()
    ethertypes: frozenset[int] = frozenset()  # the only ones it is registered for; all when empty

    @property
    def strong(self) -> bool:
        """Whether the platform itself says that this is where its frames come in."""
        return self.role is not None and bool(self.evidence) and self.evidence[0].startswith("registered")


def find_entries(index: ProgramIndex, knowledge: Knowledge) -> tuple[Entry, ...]:
    """Every entry point of the program: roles first, then candidates that no candidate calls."""
    program = index.program
    by_role: dict[int, Entry] = {}
    for entry in _role_entries(index, knowledge):
        by_role.setdefault(id(entry.function), _with_ethertypes(_with_device(entry, index), index))
    candidates = {id(f): c for f in index.functions if (c := _candidate(program, knowledge, f)) is not None}
    taken = {key for key, c in candidates.items() if _ends_the_path(c)}
    called = index.reachable(candidates.keys() | by_role.keys()) - taken
    free = [c for key, c in candidates.items() if key not in by_role and key not in called]
    reached = {*by_role, *index.reachable([*by_role, *(id(c.function) for c in free)])}
    for (
        key,
        candidate,
    ) in candidates.items():  # candidates that only call each other: the first stands for all
        if key in called and key not in reached:
            free.append(candidate)
            reached |= {key} | index.reachable([key])
    known = (*by_role.values(), *free)
    return (*known, *_unpacking(index, known, [c for key, c in candidates.items() if key in called]))


def _unpacking(index: ProgramIndex, entries: tuple[Entry, ...], called: list[Entry]) -> Iterator[Entry]:
    """Candidates whose frames their callers take out of what they were given: an array of them, a ring.

    Such is a frame between two pointers when no entry that leads to it has one of its own.
    """
    known = {id(entry.function) for entry in entries}
    for candidate in called:
        if not _is_pair(candidate) or id(candidate.function) in known:
            continue
        above = [x for x in entries if id(candidate.function) in index.reachable([id(x.function)])]
        if not any(x.record == candidate.record for x in above):
            origins = {x.origin for x in above}
            names = ", ".join(dict.fromkeys(x.function.name for x in above))
            evidence = (*candidate.evidence, f"called from {names}")
            origin = origins.pop() if len(origins) == 1 else "unknown"
            yield msgspec.structs.replace(candidate, origin=origin, evidence=evidence)


def _ends_the_path(candidate: Entry) -> bool:
    """Whether calls of a function are not entered: the pack says that it takes the frame."""
    known = candidate.platform.effect(candidate.function.name)
    return known is not None and known.effect == "hand-on"


def _is_pair(entry: Entry) -> bool:
    """Whether the frame's record has no length, but pointers to its first byte and behind its last."""
    known = next((f for f in entry.platform.frames if f.record == entry.record), None)
    return entry.frame is not None and known is not None and bool(known.end) and not known.length


def platform_of(program: Program, knowledge: Knowledge, file: str) -> Platform:
    """The pack of a file; a header has that of the first file of the tree."""
    name = program.platform_of.get(file) or next(iter(program.platform_of.values()), "generic")
    return knowledge.platform(name)


def _role_entries(index: ProgramIndex, knowledge: Knowledge) -> Iterator[Entry]:
    program = index.program
    for module in program.modules:
        platform = knowledge.platform(module.platform)
        for binding in module.bindings:
            function = program.resolve(binding.function, binding.at.file)
            role = next((r for r in platform.roles if _matches(r, binding)), None)
            if function is not None and role is not None:
                entry = _from_role(
                    function, platform, role, f"registered as {_shown(binding)} at {binding.at}"
                )
                if entry is not None:
                    yield entry
        for function in module.functions:
            role = next((r for r in platform.roles if function.name in r.declared), None)
            if role is not None:
                said = f"registered as {role.id} by the settings"
                if (entry := _from_role(function, platform, role, said)) is not None:
                    yield entry
            role = next(
                (r for r in platform.roles if any(fnmatchcase(function.name, n) for n in r.names)), None
            )
            if role is not None and (
                entry := _from_role(function, platform, role, f"named like a {role.id} handler")
            ):
                yield entry


def _matches(role: Role, binding: Binding) -> bool:
    return any(_binding_matches(pattern, binding) for pattern in role.bindings)


def _binding_matches(pattern: str, binding: Binding) -> bool:
    name, _, index = pattern.partition("[")
    if index and binding.index != int(index.rstrip("]")):
        return False
    if binding.index is not None and not index:
        return False
    own = binding.record if binding.record.startswith("call:") else f"{binding.record}.{binding.field}"
    return own == name or (name == "*" and not binding.record.startswith("call:"))


def _shown(binding: Binding) -> str:
    place = ".".join(part for part in (binding.record, binding.field) if part)
    return place if binding.index is None else f"{place}[{binding.index}]"


def _from_role(function: Function, platform: Platform, role: Role, evidence: str) -> Entry | None:
    frame = _param(function, role.frame)
    if frame is not None and role.record and (named := pointed_record(frame.ctype)) and named != role.record:
        return None
    buffer, length = _param(function, role.buffer), _param(function, role.length)
    if frame is None and (buffer is None or length is None):
        return None
    facts = (evidence, f"{role.id}: {role.layer} frames from the {role.origin}")
    return Entry(function, platform, role.layer, role.origin, facts, role, frame, role.record, buffer, length)


def _with_device(entry: Entry, index: ProgramIndex) -> Entry:
    """The entry with the layer that its file's device setup shows: none, Ethernet, or either."""
    if entry.layer != "L2":
        return entry
    file = entry.function.file
    bare = next((w for w in entry.platform.l3_evidence if _is_set(w, file, index)), None)
    if bare is None:
        return entry
    calls = (c for f in index.functions if f.file == file for c in index.calls[id(f)])
    names = {c.callee.name for c in calls if isinstance(c.callee, e.Name)}
    both = any(name in names for name in entry.platform.l2_evidence)
    evidence = (*entry.evidence, f"the device sets {bare.replace('=', ' = ')}")
    return msgspec.structs.replace(entry, layer="unknown" if both else "L3", evidence=evidence)


def _with_ethertypes(entry: Entry, index: ProgramIndex) -> Entry:
    """The entry with the ethertypes that its file registers handlers of its role for."""
    if entry.role is None or not entry.role.ethertype:
        return entry
    slot, file = tuple(entry.role.ethertype.split(".")), entry.function.file
    here = {value for place, value, where in index.constants if (place, where) == (slot, file)}
    types = frozenset((value & 0xFF) << 8 | value >> 8 & 0xFF for value in here)
    return entry if ETH_P_ALL in types else msgspec.structs.replace(entry, ethertypes=types)


def _is_set(written: str, file: str, index: ProgramIndex) -> bool:
    place, _, value = written.partition("=")
    record, _, field = place.partition(".")
    return ((record, field), int(value), file) in index.constants


def _param(function: Function, number: int | None) -> Param | None:
    return function.params[number] if number is not None and number < len(function.params) else None


def _candidate(program: Program, knowledge: Knowledge, function: Function) -> Entry | None:
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
                return Entry(
                    function,
                    platform,
                    known.layer,
                    known.origin,
                    facts,
                    None,
                    param,
                    record,
                    ethertypes=frozenset(known.ethertypes),
                )
            return Entry(
                function, platform, "unknown", "unknown", (f"takes a {record}",), None, param, record
            )
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
    calls = (node for node in walk(function.body) if isinstance(node, e.Call))
    return any(filled(function, platform, call) is not None for call in calls)
