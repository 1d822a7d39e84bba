"""What never changes while the program runs: its constants, and what it sets to one constant only."""

from __future__ import annotations

from auditor.ir import CType, Global, size_of
from auditor.ir import expressions as e
from auditor.policy.memory.access import Memory
from auditor.policy.numbers.integers import traced
from auditor.policy.numbers.values import Function, Pointer, Sym, Value


def constant_at(memory: Memory, pointer: Pointer, ctype: CType) -> Value | None:
    """A constant of the file, or an element of a constant array or record; None for anything else."""
    known = memory.globals.get(pointer.region.name)
    if known is None or not known.const or known.init is None or pointer.offset is None:
        return None
    if pointer.offset == 0 and not pointer.path and known.init.value is not None:
        return traced(known.init.value, known.init)
    return _element(memory, known, pointer.offset, size_of(ctype) or 1)


def _element(memory: Memory, known: Global, offset: int, size: int) -> Value | None:
    """What stands at ``offset`` bytes of a constant array of elements of ``size`` bytes, or of a record."""
    if not isinstance(known.init, e.InitList):
        return None
    record = getattr(known.ctype, "name", "")
    for item in known.init.items:
        at = item.index * size if item.index is not None else memory.offset_in(record, item.field)
        if at == offset:
            source = item.source.operand if isinstance(item.source, e.AddressOf) else item.source
            if isinstance(source, e.Name) and source.scope == "function":
                return Function(source.symbol)
            return traced(source.value, source) if source.value is not None else None
    return None


def settled(memory: Memory, read: Value, slot: tuple[str, str]) -> Value:
    """What the whole program sets to one constant only is that constant: ``slot`` is (record, member)."""
    if isinstance(read, Sym) and read.kind == "mode" and (source := memory.settled(slot)) is not None:
        return traced(source.value or 0, source)
    return read
