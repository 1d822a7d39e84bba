"""An expression that is the frame's length in, what to assign so that it has that value out."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.ir import ArrayType, PointerType, Record, RecordType
from auditor.ir import expressions as e
from auditor.ir.types import CType

DEEPEST = 3


def assignments(expression: e.Expression, value: str = "length") -> Iterator[tuple[e.Expression, str]]:
    """Pairs of an lvalue of the driver and C text: assigned, ``expression`` is ``value``.

    Undoes casts, masks, shifts, sums with constants, byte swaps and ``low | high << 8``.
    """
    match expression:
        case e.Name() | e.Member() | e.Index():
            yield expression, value
        case e.Cast(operand=operand):
            yield from assignments(operand, value)
        case e.Call(callee=callee, args=(only,)):
            yield from assignments(only, f"{callee}({value})")
        case e.Binary(op="|", left=left, right=right):
            yield from assignments(left, value)
            yield from assignments(right, value)
        case e.Binary(op=op, left=left, right=right) if isinstance(right.value, int) and op in UNDONE:
            yield from assignments(left, f"({value} {UNDONE[op]} {right.value})" if UNDONE[op] else value)


UNDONE = {"&": "", "<<": ">>", ">>": "<<", "+": "-", "-": "+"}


def path_to(member: e.Member, record: str, records: dict[str, Record], depth: int = 0) -> str | None:
    """How a record reaches ``member``: "" in itself, ``slots[0].`` in the first of its slots, None never."""
    if record == member.record:
        return ""
    for field in records[record].fields if record in records and depth < DEEPEST else ():
        inner, joint = _inside(field.ctype)
        if inner and (rest := path_to(member, inner, records, depth + 1)) is not None:
            return f"{field.name}{joint}{rest}"
    return None


def _inside(ctype: CType) -> tuple[str, str]:
    match ctype:
        case RecordType(name=name):
            return name, "."
        case ArrayType(element=RecordType(name=name)):
            return name, "[0]."
        case PointerType(target=RecordType(name=name)):
            return name, "->"
    return "", ""
