"""A program and the platforms' roles come in, the functions that fill a role go out as entry points."""

from __future__ import annotations

from collections.abc import Iterator
from fnmatch import fnmatchcase

import msgspec

from auditor.ir import Binding, Function, Param, Program
from auditor.ir.carrying import pointed_record
from auditor.knowledge import Knowledge, Platform, Role
from auditor.policy.entry_points.entry import Entry
from auditor.policy.entry_points.index import ProgramIndex

ETH_P_ALL = 3
"""The ethertype that stands for every frame (Linux, packet(7))."""


def role_entries(index: ProgramIndex, knowledge: Knowledge) -> Iterator[Entry]:
    """Functions with a role, each as often as something says so, with what their file says of the device."""
    for entry in _with_a_role(index.program, knowledge):
        yield _with_ethertypes(_with_device(entry, index), index)


def _with_a_role(program: Program, knowledge: Knowledge) -> Iterator[Entry]:
    for module in program.modules:
        platform = knowledge.platform(module.platform)
        for binding in module.bindings:
            function = program.resolve(binding.function, binding.at.file)
            role = next((r for r in platform.roles if _matches(r, binding)), None)
            if function is not None and role is not None:
                said = f"registered as {_shown(binding)} at {binding.at}"
                if (entry := _from_role(function, platform, role, said)) is not None:
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
    names = {name for f in index.functions if f.file == file for name in f.uses.called}
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
