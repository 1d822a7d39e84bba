"""Arithmetic on bytes of the frame: the shifts, masks, joins and swaps after which they are a field still."""

from __future__ import annotations

from auditor.policy.numbers.values import Bytes, Int, Op, Value


def swap_bytes(value: Value, width: int) -> Value | None:
    """The value with its ``width`` bytes reversed; None when that cannot be told."""
    if isinstance(value, Int):
        return Int(int.from_bytes((value.value & ((1 << 8 * width) - 1)).to_bytes(width, "little"), "big"))
    if isinstance(value, Bytes) and value.width == width and value.mask == -1 and not value.shift:
        return Bytes(value.offset, width, not value.host)
    return None


def shift_mask_or_join(op: str, left: Value, right: Value) -> Value | None:
    """Shifts, masks and joins of frame bytes that keep their meaning."""
    if isinstance(left, Bytes) and isinstance(right, Int) and (left.host or left.width == 1):
        if op == ">>":
            return _shifted(left, right.value)
        if op == "&":
            mask = right.value if left.mask == -1 else left.mask & right.value
            full = (1 << (8 * left.width - left.shift)) - 1
            return Bytes(left.offset, left.width, left.host, left.shift, -1 if mask & full == full else mask)
    return _joined(left, right) or _joined(right, left) if op in ("|", "+") else None


def _shifted(field: Bytes, by: int) -> Value:
    """``field >> by``: fewer bits of it, none beyond its width."""
    shift = field.shift + by
    if shift >= 8 * field.width:
        return Int(0)
    return Bytes(field.offset, field.width, True, shift, field.mask if field.mask == -1 else field.mask >> by)


def _joined(high: Value, low: Value) -> Bytes | None:
    """``high << 8 | low`` of two neighbouring frame bytes, as one field."""
    match high, low:
        case Op(op="<<", left=Bytes(width=1) as upper, right=Int(value=8)), Bytes(width=1) as lower:
            if abs(upper.offset - lower.offset) == 1:
                first = min(upper.offset, lower.offset)
                return Bytes(first, 2, host=upper.offset < lower.offset)
    return None


def truncate(value: Bytes, bits: int) -> Value:
    """The lowest ``bits`` bits of a field: its last byte, or a cast of it."""
    if bits == 8 and value.width == 2 and value.host and not value.shift and value.mask == -1:
        return Bytes(value.offset + 1, 1, True)
    return Op("cast", value, Int(bits))
