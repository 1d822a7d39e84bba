"""An observation of a value that wrapped in, the arithmetic, the frames it happens for, the numbers out."""

from __future__ import annotations

import msgspec

from auditor.ir import Expression, Function, IntType, Program, walk
from auditor.ir import expressions as e
from auditor.ir import statements as s
from auditor.policy import Entry
from auditor.policy.expressions.observations import ASTRAY, DECLARED, MISJUDGED, UNBOUNDED, Observation
from auditor.policy.numbers.bounding import Known, below_zero
from auditor.policy.numbers.intervals import Intervals, intersect
from auditor.policy.numbers.lengths import BEYOND, LONGEST, Length
from auditor.policy.numbers.linear import linear
from auditor.policy.numbers.solving import lengths_where
from auditor.policy.numbers.values import Bytes, Int, Value
from auditor.policy.numbers.wrapping import astray, misjudged, too_large
from auditor.rules.wrap_uses import used_part


class Source(msgspec.Struct, frozen=True, eq=False):
    """Arithmetic that wraps: ``made`` is where, ``frame`` one it happens for, ``frames`` all of them.

    ``numbers`` is the arithmetic for that frame: ``3 - 14 = 4294967285``. ``below`` whether it would be below
    0, ``fields`` whether header fields are what is subtracted or subtracted from.
    """

    made: Expression
    frame: str
    frames: str
    numbers: str
    below: bool
    fields: bool = False


def source(
    program: Program, entry: Entry, seen: Observation, wide: bool, guaranteed: int | None
) -> Source | None:
    """What wraps for frames that have the ``guaranteed`` bytes; None when nothing does."""
    if seen.kind == DECLARED:
        return None if wide else _of_fields(program, entry, seen, guaranteed or 0)
    value, lengths = _wrapped(seen, wide)
    lengths = intersect(lengths, ((guaranteed or 0, BEYOND),))
    if value is None or not lengths:
        return None
    if value.made is None and isinstance(seen.expr, (e.Assign, e.Call)):
        return None  # without arithmetic, a length was cut to a narrower type, on purpose
    (low, high), *_ = lengths
    made = value.made.expr if value.made is not None else seen.expr
    frames = f"{low}..{high} bytes" if low < high else f"{low} bytes"
    return Source(made, f"{low} bytes", frames, _numbers(value, low), not too_large(value, ((low, low),)))


def _wrapped(seen: Observation, wide: bool) -> tuple[Length | None, Intervals]:
    """The value that wrapped and for which lengths of the path; beyond all frames only sums are looked at."""
    first, *rest = seen.values
    if seen.kind == UNBOUNDED and wide and isinstance(rest[0], Length) and isinstance(first, Length):
        large = lengths_where(">", first, Int(LONGEST))
        return rest[0], intersect(too_large(rest[0], seen.lengths), large)
    if seen.kind == ASTRAY and isinstance(first, Length):
        return first, too_large(first, seen.lengths) if wide else astray(first, seen.lengths)
    if seen.kind == MISJUDGED and not wide and isinstance(seen.expr, e.Binary):
        lost = [v for v in seen.values if isinstance(v, Length) and any(p.lost for p in v.pieces)]
        return next(iter(lost), None), misjudged(seen.expr.op, first, rest[0], seen.lengths)
    return None, ()


def _numbers(value: Length, length: int) -> str:
    piece = next(p for p in value.pieces if p.low <= length <= p.high)
    held, rest = piece.slope * length + piece.offset, piece.offset + piece.lost
    if piece.slope == -1:
        return f"{rest} - {length} = {held}"
    first = str(length) if piece.slope == 1 else f"{piece.slope} * {length}"
    return f"{first} {'-' if rest < 0 else '+'} {abs(rest)} = {held}"


def _of_fields(program: Program, entry: Entry, seen: Observation, guaranteed: int) -> Source | None:
    """A difference of header fields that can be below 0 on the path."""
    used = used_part(entry, seen.expr)
    signed = isinstance(used.ctype, IntType) and used.ctype.signed
    lengths = intersect(seen.lengths, ((guaranteed, BEYOND),))
    value = seen.values[0]
    if value is None or not lengths:
        return None
    found = below_zero(value, Known(seen.facts, lengths, signed))
    if not found:
        return None
    made = linear(value)
    times = {field: made.terms.get(field, made.slope) for field in found}
    shown = " ".join(_term(times[field], number) for field, number in found.items())
    shown += f" {'-' if made.constant < 0 else '+'} {abs(made.constant)}" if made.constant else ""
    result = made.constant + sum(times[field] * number for field, number in found.items())
    frame = ", ".join(_field(field, number) for field, number in found.items())
    place = _arithmetic(program, seen, used)
    return Source(place, frame, frame, f"{shown.removeprefix('+ ')} = {result}", below=True, fields=True)


def _term(times: int, number: int) -> str:
    factor = f"{abs(times)} * " if abs(times) != 1 else ""
    return f"{'-' if times < 0 else '+'} {factor}{number}"


def _field(field: Value, number: int) -> str:
    if not isinstance(field, Bytes):
        return f"a length of {number}"
    last = field.offset + field.width - 1
    where = f"byte {field.offset}" if field.width == 1 else f"bytes {field.offset}..{last}"
    some = f", bits {field.mask:#x}" if field.mask != -1 else ""
    return f"{number} in {where}{some}"


def _arithmetic(program: Program, seen: Observation, used: Expression) -> Expression:
    """The difference that a used local was last set to in its function, else where it is used."""
    function = next((f for f in program.functions() if f.symbol == seen.function), None)
    if not isinstance(used, e.Name) or function is None:
        return used
    found = [x for x in _settings(function, used.symbol) if x.at.line <= seen.expr.at.line]
    return max(found, key=lambda x: x.at, default=used)


def _settings(function: Function, symbol: str) -> list[Expression]:
    """Differences that a variable is set to, and subtractions from it."""
    found: list[Expression] = []
    for node in walk(function.body):
        match node:
            case s.Declare(symbol=name, init=init) if name == symbol and init is not None:
                found += _differences(init)
            case e.Assign(op="=", target=e.Name(symbol=name), source=value) if name == symbol:
                found += _differences(value)
            case e.Assign(op="-=", target=e.Name(symbol=name)) if name == symbol:
                found.append(node)
            case _:
                pass
    return found


def _differences(expr: Expression) -> list[Expression]:
    found: list[Expression] = [x for x in walk(expr) if isinstance(x, e.Binary) and x.op == "-"]
    return found[:1]
