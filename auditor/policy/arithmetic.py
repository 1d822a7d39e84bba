"""Arithmetic on abstract values with C's integer rules: widths, signs, wrap-around."""

from __future__ import annotations

from collections.abc import Callable

from auditor.ir import CType, IntType, PointerType
from auditor.policy.intervals import Intervals, intersect
from auditor.policy.lengths import BEYOND, LONGEST, Length, Made, Piece
from auditor.policy.values import MOST_WEIGHT, Bytes, Int, Op, Sym, Value

SMALLEST_TRACED = 8
LARGEST_TRACED = 0x3FFFF
"""Constants in this range remember the expression they came from; others (flags, statuses) merge freely."""

MOST_PIECES = 20
COMMUTES = frozenset("+*&|^")
FOLD: dict[str, Callable[[int, int], int]] = {
    "+": lambda a, b: a + b,
    "-": lambda a, b: a - b,
    "*": lambda a, b: a * b,
    "&": lambda a, b: a & b,
    "|": lambda a, b: a | b,
    "^": lambda a, b: a ^ b,
}


def width_of(ctype: CType) -> tuple[int, bool]:
    """(bits, signed) of an integer or pointer type; 64 bits signed for anything else."""
    if isinstance(ctype, IntType):
        return ctype.bits, ctype.signed
    return 64, not isinstance(ctype, PointerType)


def wrap(number: int, bits: int, signed: bool) -> int:
    """``number`` as a C integer of that type holds it."""
    number &= (1 << bits) - 1
    return number - (1 << bits) if signed and number >> (bits - 1) else number


def binary(op: str, left: Value, right: Value, ctype: CType, expr: object = None) -> Value:
    """``left op right`` computed in the C type ``ctype`` (the operands are already converted to it)."""
    bits, signed = width_of(ctype)
    if isinstance(left, Int) and isinstance(right, Int):
        return _fold(op, left, right, bits, signed, expr)
    if op in "+-*" and isinstance(left, (Length, Int)) and isinstance(right, (Length, Int)):
        combined = _combine(op, left, right, bits, signed, expr)
        if combined is not None:
            return combined
    if isinstance(left, Int) and op in COMMUTES:
        left, right = right, left
    if isinstance(left, Length) and isinstance(right, Int) and all(p.slope == 0 for p in left.pieces):
        return _stepwise(op, left, right, bits, signed, expr)
    if isinstance(right, Int) and right.value == 0 and op in "&*":
        return right
    if op == "&" and isinstance(right, Int) and (known := _known_bits(left, right.value)) is not None:
        return Int(known)
    joined = _bytes(op, left, right)
    if joined is not None:
        return joined
    if isinstance(right, Int) and right.value == 0 and op in ("+", "-", "|", "^", "<<", ">>"):
        return left
    if op == "&" and isinstance(left, Length) and isinstance(right, Int):
        masked = _low_bits(left, right.value, bits, signed)
        if masked is not None:
            return masked
    made = Op(op, plain(left), plain(right))
    return made if made.weight <= MOST_WEIGHT else Sym(f"a long {op} expression", "fresh", (hash(made),))


def plain(value: Value) -> Value:
    """A constant without the memory of where it came from, so that equal operations are equal."""
    return Int(value.value) if isinstance(value, Int) and value.source is not None else value


def convert(value: Value, ctype: CType) -> Value:
    """``value`` converted to the integer type ``ctype``; other types leave it alone."""
    if not isinstance(ctype, IntType):
        return value
    if isinstance(value, Int):
        number = (
            int(value.value != 0) if ctype.name == "_Bool" else wrap(value.value, ctype.bits, ctype.signed)
        )
        return value if number == value.value else Int(number, value.source, value.note)
    if isinstance(value, Length) and ctype.name == "_Bool":
        return _truth(value, ctype)
    if isinstance(value, Length):
        if (value.bits, value.signed) == (ctype.bits, ctype.signed):
            return value
        pieces = normalise(value.pieces, ctype.bits, ctype.signed, cuts=True)
        if pieces is None:
            return Op("cast", value, Int(ctype.bits))
        return Length(pieces, ctype.bits, ctype.signed, value.made)
    if isinstance(value, Bytes) and ctype.bits < 8 * value.width:
        return _truncate(value, ctype.bits)
    return value


def _truth(value: Length, ctype: IntType) -> Value:
    """A length as a boolean: 0 where it is 0, else 1."""
    parts_: list[Piece] = []
    for p in value.pieces:
        root, rest = divmod(-p.offset, p.slope) if p.slope else (0, 1)
        zero = p.low <= root <= p.high if p.slope and not rest else False
        if not p.slope:
            parts_.append(Piece(p.low, p.high, 0, int(p.offset != 0)))
            continue
        cuts = (
            [(p.low, root - 1, 1), (root, root, 0), (root + 1, p.high, 1)] if zero else [(p.low, p.high, 1)]
        )
        parts_ += [Piece(a, b, 0, one) for a, b, one in cuts if a <= b]
    return Length(_join(parts_), ctype.bits, ctype.signed)


def normalise(
    pieces: tuple[Piece, ...], bits: int, signed: bool, cuts: bool = False
) -> tuple[Piece, ...] | None:
    """The pieces wrapped to a C type, split where they wrap; None when they wrap too often.

    ``cuts`` for a conversion: what does not fit is cut off on purpose, unless it is a difference below 0.
    """
    low_bound = -(1 << (bits - 1)) if signed else 0
    modulus = 1 << bits
    found: list[Piece] = []
    for piece in pieces:
        at = piece.low
        while at <= piece.high:
            number = piece.slope * at + piece.offset
            turns = (number - low_bound) // modulus
            offset = piece.offset - turns * modulus
            end = piece.high
            if piece.slope > 0:
                end = min(end, (low_bound + modulus - 1 - offset) // piece.slope)
            elif piece.slope < 0:
                end = min(end, (offset - low_bound) // -piece.slope)
            lost = piece.lost + turns * modulus if piece.slope else 0
            if cuts and number >= 0 and not piece.lost:
                lost = 0
            found.append(Piece(at, end, piece.slope, offset, lost))
            if len(found) > MOST_PIECES:
                return None
            at = end + 1
    return _join(found)


def pieces_of(value: Length | Int) -> tuple[Piece, ...]:
    """A constant or a length as pieces over all lengths."""
    return (Piece(0, BEYOND, 0, value.value),) if isinstance(value, Int) else value.pieces


def as_held(value: Value) -> Value:
    """The value without the memory that it wrapped: what does not fit was cut off on purpose."""
    if not isinstance(value, Length):
        return value
    pieces = [Piece(p.low, p.high, p.slope, p.offset) for p in value.pieces]
    return Length(_join(pieces), value.bits, value.signed, value.made)


def choose(
    chosen: Intervals, then: Value, otherwise: Value, ctype: CType, longest: int = LONGEST
) -> Value | None:
    """``then`` for the lengths in ``chosen``, else ``otherwise``; None when that is not piecewise affine.

    ``longest`` is the longest frame that the run explores.
    """
    if not isinstance(then, (Int, Length)) or not isinstance(otherwise, (Int, Length)):
        return None
    cuts: list[Piece] = []
    at = 0
    for low, high in intersect(chosen, ((0, longest),)):
        cuts += _clip(pieces_of(otherwise), at, low - 1) + _clip(pieces_of(then), low, high)
        at = high + 1
    cuts += _clip(pieces_of(otherwise), at, longest)
    joined = _join(cuts)
    made = next((v.made for v in (then, otherwise) if isinstance(v, Length)), None)
    return Length(joined, *width_of(ctype), made) if len(joined) <= MOST_PIECES else None


def swap_bytes(value: Value, width: int) -> Value | None:
    """The value with its ``width`` bytes reversed; None when that cannot be told."""
    if isinstance(value, Int):
        return Int(int.from_bytes((value.value & ((1 << 8 * width) - 1)).to_bytes(width, "little"), "big"))
    if isinstance(value, Bytes) and value.width == width and value.mask == -1 and not value.shift:
        return Bytes(value.offset, width, not value.host)
    return None


def traced(number: int, expr: object, note: str = "") -> Int:
    """An Int that remembers ``expr`` when it is large enough to be a size."""
    keep = SMALLEST_TRACED <= number <= LARGEST_TRACED
    return Int(number, expr if keep else None, note)  # type: ignore[arg-type]


def _fold(op: str, left: Int, right: Int, bits: int, signed: bool, expr: object) -> Value:
    a, b = left.value, right.value
    if op in FOLD:
        number = FOLD[op](a, b)
    elif op in ("<<", ">>") and 0 <= b < 64:
        number = a << b if op == "<<" else a >> b
    elif op in ("/", "%") and b:
        quotient = abs(a) // abs(b) * (1 if (a < 0) == (b < 0) else -1)
        number = quotient if op == "/" else a - quotient * b
    else:
        return Op(op, left, right)
    return traced(wrap(number, bits, signed), expr, left.note or right.note)


def _stepwise(op: str, left: Length, right: Int, bits: int, signed: bool, expr: object) -> Value:
    """An operation on a value that is constant on each of its pieces."""
    found: list[Piece] = []
    for p in left.pieces:
        folded = _fold(op, Int(p.offset), right, bits, signed, expr)
        if not isinstance(folded, Int):
            return Op(op, left, plain(right))
        found.append(Piece(p.low, p.high, 0, folded.value))
    return Length(_join(found), bits, signed)


def _combine(
    op: str, left: Length | Int, right: Length | Int, bits: int, signed: bool, expr: object
) -> Length | None:
    """Sum, difference or constant multiple of piecewise affine values."""
    found: list[Piece] = []
    for p in pieces_of(left):
        for q in pieces_of(right):
            low, high = max(p.low, q.low), min(p.high, q.high)
            if low > high:
                continue
            if op == "*":
                if p.slope and q.slope:
                    return None
                slope, offset = p.slope * q.offset + q.slope * p.offset, p.offset * q.offset
                lost = p.lost * q.offset + q.lost * p.offset
            else:
                sign = 1 if op == "+" else -1
                slope, offset = p.slope + sign * q.slope, p.offset + sign * q.offset
                lost = p.lost + sign * q.lost
            found.append(Piece(low, high, slope, offset, lost))
    pieces = normalise(tuple(sorted(found, key=lambda p: p.low)), bits, signed)
    return None if pieces is None else Length(pieces, bits, signed, _made(left, right, expr))


def _made(left: Length | Int, right: Length | Int, expr: object) -> Made | None:
    """The arithmetic to remember: the one of an operand that had wrapped, else this one."""
    for value in (left, right):
        if isinstance(value, Length) and any(p.lost for p in value.pieces):
            return value.made
    return None if expr is None else Made(expr)  # type: ignore[arg-type]


def _clip(pieces: tuple[Piece, ...], low: int, high: int) -> list[Piece]:
    return [
        Piece(max(p.low, low), min(p.high, high), p.slope, p.offset, p.lost)
        for p in pieces
        if max(p.low, low) <= min(p.high, high)
    ]


def _join(pieces: list[Piece]) -> tuple[Piece, ...]:
    joined: list[Piece] = []
    for piece in pieces:
        last = joined[-1] if joined else None
        same = last and (last.slope, last.offset, last.lost) == (piece.slope, piece.offset, piece.lost)
        if last and same and last.high + 1 == piece.low:
            joined[-1] = Piece(last.low, piece.high, piece.slope, piece.offset, piece.lost)
        else:
            joined.append(piece)
    return tuple(joined)


def _low_bits(value: Length, mask: int, bits: int, signed: bool) -> Value | None:
    """``value & mask`` for a mask of low ones, which is a wrap to that many bits."""
    if mask == -1:
        return value
    if mask < 0 or mask & (mask + 1):
        return None
    pieces = normalise(value.pieces, mask.bit_length(), False)
    return None if pieces is None else as_held(Length(pieces, bits, signed, value.made))


def _known_bits(value: Value, mask: int) -> int | None:
    """The bits under ``mask`` where the last ``|`` or ``&`` with a constant decided all of them."""
    match value:
        case Op(op="|", right=Int(value=set_)) if set_ & mask == mask:
            return mask
        case Op(op="&", right=Int(value=kept)) if kept & mask == 0:
            return 0
        case _:
            return None


def _bytes(op: str, left: Value, right: Value) -> Value | None:
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


def _truncate(value: Bytes, bits: int) -> Value:
    if bits == 8 and value.width == 2 and value.host and not value.shift and value.mask == -1:
        return Bytes(value.offset + 1, 1, True)
    return Op("cast", value, Int(bits))
