"""Operators of C on values of every kind, pointers among them."""

from __future__ import annotations

from auditor.ir import CType, Expression, PointerType, size_of
from auditor.policy.memory.pointers import advance, extent
from auditor.policy.numbers.arithmetic import binary, convert
from auditor.policy.numbers.values import ZERO, Int, Op, Pointer, Value


def unary(op: str, value: Value, expr: Expression) -> Value:
    """``-``, ``+`` or ``~`` of a value."""
    if op == "+":
        return value
    if op == "-":
        return binary("-", ZERO, value, expr.ctype, expr)
    return convert(Int(~value.value), expr.ctype) if isinstance(value, Int) else Op(op, value, ZERO)


def combine(op: str, left: Value, right: Value, expr: Expression) -> Value:
    """Arithmetic, including pointer arithmetic, on two values."""
    if isinstance(expr.ctype, PointerType):
        size = size_of(expr.ctype.target) or 1
        if isinstance(left, Pointer):
            return advance(left, right, size, -1 if op == "-" else 1)
        if isinstance(right, Pointer) and op == "+":
            return advance(right, left, size)
    if op == "-" and isinstance(left, Pointer) and isinstance(right, Pointer):
        return _distance(left, right, expr.ctype) or binary(op, left, right, expr.ctype, expr)
    return binary(op, left, right, expr.ctype, expr)


def _distance(left: Pointer, right: Pointer, ctype: CType) -> Value | None:
    """Bytes between two pointers into the same region, None when unknown."""
    if left.region != right.region or left.offset is None or right.offset is None:
        return None
    return binary("-", extent(left), extent(right), ctype)
