"""Arithmetic on lengths: functions of the frame's length, piece by piece, split where they wrap."""

from __future__ import annotations

from auditor.ir import CType, IntType
from auditor.policy.numbers.integers import fold, plain, width_of
from auditor.policy.numbers.intervals import Intervals, intersect
from auditor.policy.numbers.lengths import BEYOND, LONGEST, Length, Made, Piece
from auditor.policy.numbers.values import Int, Op, Value

MOST_PIECES = 20


def pieces_of(value: Length | Int) -> tuple[Piece, ...]:
    """A constant or a length as pieces over all lengths."""
    return (Piece(0, BEYOND, 0, value.value),) if isinstance(value, Int) else value.pieces


def combine(
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


def stepwise(op: str, left: Length, right: Int, bits: int, signed: bool, expr: object) -> Value:
    """An operation on a value that is constant on each of its pieces."""
    found: list[Piece] = []
    for p in left.pieces:
        folded = fold(op, Int(p.offset), right, bits, signed, expr)
        if not isinstance(folded, Int):
            return Op(op, left, plain(right))
        found.append(Piece(p.low, p.high, 0, folded.value))
    return Length(_join(found), bits, signed)


def low_bits(value: Length, mask: int, bits: int, signed: bool) -> Value | None:
    """``value & mask`` for a mask of low ones, which is a wrap to that many bits."""
    if mask == -1:
        return value
    if mask < 0 or mask & (mask + 1):
        return None
    pieces = normalise(value.pieces, mask.bit_length(), False)
    return None if pieces is None else as_held(Length(pieces, bits, signed, value.made))


def as_held(value: Value) -> Value:
    """The value without the memory that it wrapped: what does not fit was cut off on purpose."""
    if not isinstance(value, Length):
        return value
    pieces = [Piece(p.low, p.high, p.slope, p.offset) for p in value.pieces]
    return Length(_join(pieces), value.bits, value.signed, value.made)


def truth(value: Length, ctype: IntType) -> Value:
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


def _clip(pieces: tuple[Piece, ...], low: int, high: int) -> list[Piece]:
    return [
        Piece(max(p.low, low), min(p.high, high), p.slope, p.offset, p.lost)
        for p in pieces
        if max(p.low, low) <= min(p.high, high)
    ]


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
