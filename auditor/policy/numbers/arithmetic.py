"""Arithmetic on abstract values with C's integer rules: an operation or a conversion gives one value."""

from __future__ import annotations

from auditor.ir import CType, IntType
from auditor.policy.numbers.integers import fold, plain, width_of, wrap
from auditor.policy.numbers.lengths import Length
from auditor.policy.numbers.pieces import combine, low_bits, normalise, stepwise, truth
from auditor.policy.numbers.values import MOST_WEIGHT, Bytes, Int, Op, Pointer, Sym, Value
from auditor.policy.numbers.wire_bytes import shift_mask_or_join, truncate

COMMUTES = frozenset("+*&|^")


def binary(op: str, left: Value, right: Value, ctype: CType, expr: object = None) -> Value:
    """``left op right`` computed in the C type ``ctype`` (the operands are already converted to it)."""
    bits, signed = width_of(ctype)
    if isinstance(left, Int) and isinstance(right, Int):
        return fold(op, left, right, bits, signed, expr)
    if op in "+-*" and isinstance(left, (Length, Int)) and isinstance(right, (Length, Int)):
        combined = combine(op, left, right, bits, signed, expr)
        if combined is not None:
            return combined
    if isinstance(left, Int) and op in COMMUTES:
        left, right = right, left
    if isinstance(left, Length) and isinstance(right, Int) and all(p.slope == 0 for p in left.pieces):
        return stepwise(op, left, right, bits, signed, expr)
    if isinstance(right, Int) and right.value == 0 and op in "&*":
        return right
    if op == "&" and isinstance(right, Int) and (known := _known_bits(left, right.value)) is not None:
        return Int(known)
    joined = shift_mask_or_join(op, left, right)
    if joined is not None:
        return joined
    if isinstance(right, Int) and right.value == 0 and op in ("+", "-", "|", "^", "<<", ">>"):
        return left
    if op == "&" and isinstance(left, Length) and isinstance(right, Int):
        masked = low_bits(left, right.value, bits, signed)
        if masked is not None:
            return masked
    made = Op(op, plain(left), plain(right))
    return made if made.weight <= MOST_WEIGHT else Sym(f"a long {op} expression", "fresh", (hash(made),))


def _known_bits(value: Value, mask: int) -> int | None:
    """The bits under ``mask`` where the last ``|`` or ``&`` with a constant decided all of them."""
    match value:
        case Op(op="|", right=Int(value=set_)) if set_ & mask == mask:
            return mask
        case Op(op="&", right=Int(value=kept)) if kept & mask == 0:
            return 0
        case _:
            return None


def convert(value: Value, ctype: CType) -> Value:
    """``value`` converted to the integer type ``ctype``; other types leave it alone."""
    if not isinstance(ctype, IntType) or isinstance(value, (Sym, Op, Pointer)):
        return value
    if isinstance(value, Int):
        number = (
            int(value.value != 0) if ctype.name == "_Bool" else wrap(value.value, ctype.bits, ctype.signed)
        )
        return value if number == value.value else Int(number, value.source, value.note)
    if isinstance(value, Length) and ctype.name == "_Bool":
        return truth(value, ctype)
    if isinstance(value, Length):
        if (value.bits, value.signed) == (ctype.bits, ctype.signed):
            return value
        pieces = normalise(value.pieces, ctype.bits, ctype.signed, cuts=True)
        if pieces is None:
            return Op("cast", value, Int(ctype.bits))
        return Length(pieces, ctype.bits, ctype.signed, value.made)
    if isinstance(value, Bytes) and ctype.bits < 8 * value.width:
        return truncate(value, ctype.bits)
    return value
