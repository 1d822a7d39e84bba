"""Lengths of frames that no parameter carries: a receive path reads them from a descriptor, or is told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise

import msgspec

from auditor.ir import ArrayType, CType, Expression, Function, IntType, Param, PointerType, walk
from auditor.ir import expressions as e
from auditor.ir import statements as s
from auditor.ir.carrying import PACKET_WORD, pointed_record
from auditor.knowledge import Knowledge, Platform
from auditor.policy.calls.unknown_calls import SINK_NAME
from auditor.policy.entry_points.candidates import filled, platform_of
from auditor.policy.entry_points.entry import Entry
from auditor.policy.entry_points.index import ProgramIndex

LARGEST_STEP = 4095
"""Buffers are rounded to at most a page: a mask that clears more selects a field."""

TAKES_LENGTH = frozenset({"put", "trim", "hand-on"})


def find_origins(index: ProgramIndex, knowledge: Knowledge, entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
    """Functions that make a frame whose length comes from a descriptor, or from whoever calls them.

    A receive handler that is an entry already may do so too, for the frames inside an aggregate: their
    length is another unknown than the aggregate's, and gets a run of its own.
    """
    known = {id(entry.function): entry for entry in entries}
    called = index.reachable(id(function) for function in index.functions)
    found = []
    for function in index.functions:
        entry = known.get(id(function))
        if function.file.startswith("<") or (entry is not None and not _unpacks(entry)):
            continue
        platform = platform_of(index.program, knowledge, function.file)
        calls = _calls(function, platform)
        introduced = tuple(_lengths(function, platform, index, calls))
        if introduced:
            read = f"reads the frame's length from {introduced[0]}"
            if entry is None:
                made = Entry(function, platform, "unknown", "unknown", (read,), introduced=introduced)
            else:
                evidence = (*entry.evidence, read)
                made = msgspec.structs.replace(entry, evidence=evidence, frame=None, introduced=introduced)
            found.append(made)
        elif entry is None and id(function) not in called:
            told = _told(function, platform, index, calls)
            if told is not None:
                fact = f"its parameter {told.name} is the length of a frame that it holds"
                found.append(Entry(function, platform, "unknown", "unknown", (fact,), length=told))
    return tuple(found)


def _unpacks(entry: Entry) -> bool:
    return entry.role is not None and entry.role.direction == "receive" and entry.frame is not None


def _calls(function: Function, platform: Platform) -> list[e.Call]:
    """The calls of ``function``; one that calls nothing like a sink is not even read."""
    speaks = PACKET_WORD.search(function.name) is not None
    if not any(_may_sink(name, speaks, platform) for name in function.uses.called):
        return []
    return [node for node in walk(function.read()) if isinstance(node, e.Call)]


def _may_sink(name: str, speaks: bool, platform: Platform) -> bool:
    """Whether a call of ``name`` may be given the length of a frame, as ``_size`` says.

    ``speaks`` when the caller's name speaks of packets.
    """
    effect = platform.effect(name)
    if effect is None:
        return (speaks or PACKET_WORD.search(name) is not None) and SINK_NAME.search(name) is not None
    return effect.effect in TAKES_LENGTH or (speaks and effect.effect == "copy")  # to a buffer that is filled


def _lengths(
    function: Function, platform: Platform, index: ProgramIndex, calls: list[e.Call]
) -> Iterator[Expression]:
    """Every expression of ``function`` that is the length a sink is given, before any affine step."""
    origins = _behind_sinks(function, platform, index, calls)
    texts = {str(origin) for origin in origins if not isinstance(origin, e.Name)}
    for node in walk(function.body) if texts else ():
        if isinstance(node, (e.Member, e.Call, e.Binary, e.Index, e.Deref)) and str(node) in texts:
            yield node


def _told(function: Function, platform: Platform, index: ProgramIndex, calls: list[e.Call]) -> Param | None:
    """The parameter that is given to a sink as the length of a frame record that the driver holds."""
    records = {f.record for f in platform.frames}
    if any(pointed_record(p.ctype) in records for p in function.params):
        return None
    of_records = [c for c in calls if any(pointed_record(a.ctype) in records for a in c.args)]
    origins = _behind_sinks(function, platform, index, of_records)
    names = {origin.symbol for origin in origins if isinstance(origin, e.Name)}
    return next((p for p in function.params if p.symbol in names and isinstance(p.ctype, IntType)), None)


def _behind_sinks(
    function: Function, platform: Platform, index: ProgramIndex, calls: list[e.Call]
) -> list[Expression]:
    """Where the lengths that sinks among ``calls`` are given come from, before any affine step."""
    sizes = [size for call in calls if (size := _size(call, platform, index, function)) is not None]
    assigned = _assignments(walk(function.read())) if sizes else {}
    return [origin for size in sizes for origin in _back(size, assigned, set())]


def _size(call: e.Call, platform: Platform, index: ProgramIndex, function: Function) -> Expression | None:
    """The argument of a sink that says how long the frame is."""
    if not isinstance(call.callee, e.Name):
        return None
    name = call.callee.name
    effect = platform.effect(name)
    if effect is not None:
        if PACKET_WORD.search(function.name) and (size := filled(function, platform, call)) is not None:
            return size
        if effect.effect not in TAKES_LENGTH or not isinstance(effect.size, int):
            return None
        return call.args[effect.size] if effect.size < len(call.args) else None
    if platform.is_neutral(name) or index.program.resolve(call.callee.symbol, function.file) is not None:
        return None
    speaks = SINK_NAME.search(name) and (PACKET_WORD.search(name) or PACKET_WORD.search(function.name))
    return _after_buffer(call.args) if speaks else None


def _after_buffer(args: tuple[Expression, ...]) -> Expression | None:
    """The first integer argument right behind a pointer to bytes: a buffer and its length."""
    for first, second in pairwise(args):
        if _holds_bytes(first.ctype) and isinstance(second.ctype, IntType) and second.value is None:
            return second
    return None


def _holds_bytes(ctype: CType) -> bool:
    """Whether a type is an array or points to what may be a packet's bytes.

    A number behind a device, a queue or a transfer is an index, a flag or a count of something else, and a
    frame's record has its length within.
    """
    record = pointed_record(ctype)
    return isinstance(ctype, (PointerType, ArrayType)) and (not record or bool(PACKET_WORD.search(record)))


def _assignments(nodes: Iterable[object]) -> dict[str, list[Expression]]:
    found: dict[str, list[Expression]] = {}
    for node in nodes:
        match node:
            case s.Declare(symbol=symbol, init=init) if init is not None:
                found.setdefault(symbol, []).append(init)
            case e.Assign(op="=", target=e.Name(symbol=symbol, scope="local"), source=source):
                found.setdefault(symbol, []).append(source)
            case _:
                pass
    return found


def _back(expr: Expression, assigned: dict[str, list[Expression]], seen: set[str]) -> Iterator[Expression]:
    """The first expressions behind ``expr`` that are not affine in a local."""
    match expr:
        case _ if expr.value is not None or isinstance(expr.ctype, (PointerType, ArrayType)):
            return
        case e.Cast(operand=inner):
            yield from _back(inner, assigned, seen)
        case e.Binary(op="+" | "-", left=left, right=right) if right.value is not None:
            yield from _back(left, assigned, seen)
        case e.Binary(op="+", left=left, right=right) if left.value is not None:
            yield from _back(right, assigned, seen)
        case e.Binary(op="&", left=left, right=right) if _rounds(right.value):
            yield from _back(left, assigned, seen)
        case e.Name(scope="local", symbol=symbol):
            if symbol not in seen:
                seen.add(symbol)
                for source in assigned.get(symbol, ()):
                    yield from _back(source, assigned, seen)
        case e.Name(scope="param") | e.Member() | e.Call() | e.Binary() | e.Index() | e.Deref():
            yield expr
        case _:
            return


def _rounds(mask: int | None) -> bool:
    """Whether ``x & mask`` only rounds a length down to a multiple: its room, and no length of its own."""
    cleared = ~(mask or 0) & 0xFFFF_FFFF
    return mask is not None and 0 < cleared <= LARGEST_STEP and cleared & (cleared + 1) == 0
