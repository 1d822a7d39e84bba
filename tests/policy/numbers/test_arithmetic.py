"""Abstract arithmetic against C's rules, carried out in Python for every sampled length 0..65535."""

from __future__ import annotations

import operator
from collections.abc import Callable

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from auditor.ir import IntType
from auditor.policy.numbers import pieces
from auditor.policy.numbers.arithmetic import binary, convert
from auditor.policy.numbers.integers import wrap
from auditor.policy.numbers.lengths import LONGEST, Length, frame_length
from auditor.policy.numbers.pieces import MOST_PIECES, choose
from auditor.policy.numbers.values import Int, Op, Value
from tests.policy.c_integers import I16, I32, I64, U8, U16, U32, U64, CType, wrapped

TYPES: tuple[CType, ...] = (U8, U16, U32, U64, (8, True), I16, I32, I64)
types = st.sampled_from(TYPES)
wide = st.sampled_from((U16, U32, U64, I16, I32, I64))
small = st.integers(-70_000, 70_000)
edges = st.sampled_from((-1, 0, 1, 14, 34, 255, 256, 32767, 32768, 65535, 65536, 2**31 - 1, -(2**31)))
SAMPLE = sorted(
    {0, LONGEST} | {n + k for n in (14, 34, 60, 128, 255, 1500, 32768, 65000) for k in (-1, 0, 1)}
)
COMPUTED: dict[str, Callable[[int, int], int]] = {
    "+": operator.add, "-": operator.sub, "*": operator.mul, "&": operator.and_, "|": operator.or_,
    "^": operator.xor, "<<": operator.lshift, ">>": operator.rshift,
}  # fmt: skip


def c_type(of: CType) -> IntType:
    return IntType(of[0], of[1])


def at(value: Value, length: int) -> int:
    """What an abstract value is for one length."""
    if isinstance(value, Int):
        return value.value
    assert isinstance(value, Length)
    (piece,) = [p for p in value.pieces if p.low <= length <= p.high]
    return piece.slope * length + piece.offset


def near(value: Value) -> set[int]:
    """Lengths at and beside the ends of a value's pieces, and some others."""
    ends = {e + k for p in getattr(value, "pieces", ()) for e in (p.low, p.high) for k in (-1, 0, 1)}
    return {n for n in ends if 0 <= n <= LONGEST} | set(SAMPLE)


def well_formed(value: Length) -> bool:
    """The pieces cover 0..LONGEST in order, and every value fits the type."""
    low = -(1 << (value.bits - 1)) if value.signed else 0
    after = [0, *(p.high + 1 for p in value.pieces)]
    starts = [*(p.low for p in value.pieces), LONGEST + 1]
    held = [p.slope * n + p.offset for p in value.pieces for n in (p.low, p.high)]
    return after == starts and all(low <= n < low + (1 << value.bits) for n in held)


def is_known(value: Value) -> bool:
    return isinstance(value, (Int, Length))


@st.composite
def lengths(draw: st.DrawFn) -> tuple[Value, Callable[[int], int], CType]:
    """A value made of L by conversions and sums, and the function of L that it must be."""
    ctype = draw(wide)
    value: Value = convert(frame_length(64), c_type(ctype))

    def meaning(n: int, of: CType = ctype) -> int:
        return wrapped(n, of)

    for _ in range(draw(st.integers(0, 3))):
        step, then = draw(st.integers(-200, 200)), draw(wide)
        value = convert(binary("+", value, Int(step), c_type(ctype)), c_type(then))
        meaning = _after(meaning, step, ctype, then)
        ctype = then
    assume(is_known(value))
    return value, meaning, ctype


def _after(before: Callable[[int], int], step: int, ctype: CType, then: CType) -> Callable[[int], int]:
    return lambda n: wrapped(wrapped(before(n) + step, ctype), then)


@given(lengths())
def test_conversions_and_sums_wrap(made: tuple[Value, Callable[[int], int], CType]) -> None:
    value, meaning, _ = made

    assert isinstance(value, Length)
    assert well_formed(value)
    for n in near(value):
        assert at(value, n) == meaning(n), n


@given(lengths(), st.sampled_from("+-*"), st.one_of(small, edges), types, st.booleans())
def test_a_length_and_a_constant(
    made: tuple[Value, Callable[[int], int], CType], op: str, number: int, of: CType, flipped: bool
) -> None:
    value, meaning, _ = made
    held = convert(value, c_type(of))
    constant = wrapped(number, of)
    assume(is_known(held))
    found = (
        binary(op, Int(constant), held, c_type(of))
        if flipped
        else binary(op, held, Int(constant), c_type(of))
    )

    if not is_known(found):
        assert _turns(op, held, constant, of) or constant == 0
        return
    for n in near(found) | near(held):
        a, b = wrapped(meaning(n), of), constant
        assert at(found, n) == wrapped(COMPUTED[op](b, a) if flipped else COMPUTED[op](a, b), of), n


def _turns(op: str, held: Value, constant: int, of: CType) -> bool:
    """Whether so many wraps can be needed that the result may be left unknown."""
    assert isinstance(held, Length)
    pieces = sum(
        (abs(constant) if op == "*" else 1) * (p.high - p.low) // (1 << of[0]) + 2 for p in held.pieces
    )
    return pieces > MOST_PIECES


@given(lengths(), lengths(), st.sampled_from("+-"), types)
def test_two_lengths(
    left: tuple[Value, Callable[[int], int], CType],
    right: tuple[Value, Callable[[int], int], CType],
    op: str,
    of: CType,
) -> None:
    a, b = convert(left[0], c_type(of)), convert(right[0], c_type(of))
    found = binary(op, a, b, c_type(of))
    assume(is_known(a) and is_known(b) and is_known(found))

    for n in near(found) | near(a) | near(b):
        assert at(found, n) == wrapped(COMPUTED[op](left[1](n), right[1](n)), of), n


@given(lengths(), st.sampled_from((0x3FFF, 0x7FFF, 0xFFFF, 0xFFFFFFFF, 0, -1)), types)
def test_masks_of_low_bits(made: tuple[Value, Callable[[int], int], CType], mask: int, of: CType) -> None:
    held = convert(made[0], c_type(of))
    constant = wrapped(mask, of)
    found = binary("&", held, Int(constant), c_type(of))
    assume(is_known(held) and is_known(found))

    for n in near(found) | near(held):
        assert at(found, n) == wrapped(wrapped(made[1](n), of) & constant, of), n


@pytest.mark.parametrize("mask", [0x7FFE, 0xF0F0, 5])
def test_other_masks_are_not_taken_for_low_bits(mask: int) -> None:
    assert isinstance(binary("&", frame_length(), Int(mask), c_type(U32)), Op)


@given(st.sampled_from(sorted(COMPUTED)), st.one_of(small, edges), st.one_of(small, edges), types)
@example("-", 0, 1, U32)
def test_two_constants(op: str, a: int, b: int, of: CType) -> None:
    left, right = wrapped(a, of), wrapped(b, of)
    if op in ("<<", ">>"):
        right = abs(right) % of[0]
    found = binary(op, Int(left), Int(right), c_type(of))

    assert found == Int(wrapped(COMPUTED[op](left, right), of), found.source)  # type: ignore[union-attr]


@given(st.one_of(small, edges), st.one_of(small, edges), types)
def test_division_truncates_towards_zero(a: int, b: int, of: CType) -> None:
    """C17 6.5.5: the quotient without its fraction, and (a/b)*b + a%b equals a."""
    left, right = wrapped(a, of), wrapped(b, of)
    assume(right != 0)
    quotient, rest = (binary(op, Int(left), Int(right), c_type(of)) for op in "/%")

    assert quotient.value == wrapped(
        int(abs(left) // abs(right)) * (-1 if (left < 0) != (right < 0) else 1), of
    )  # type: ignore[union-attr]
    assert wrapped(quotient.value * right + rest.value, of) == left  # type: ignore[union-attr]


def test_division_by_zero_is_unknown() -> None:
    assert isinstance(binary("/", Int(1), Int(0), c_type(I32)), Op)


@given(st.integers(-(2**70), 2**70), types)
def test_wrap(number: int, of: CType) -> None:
    assert wrap(number, *of) == wrapped(number, of)


@given(st.integers(-(2**33), 2**33), types)
def test_constants_are_converted(number: int, of: CType) -> None:
    assert convert(Int(number), c_type(of)) == Int(wrapped(number, of))


@pytest.mark.parametrize(("number", "truth"), [(0, 0), (1, 1), (256, 1), (-1, 1)])
def test_conversion_to_bool(number: int, truth: int) -> None:
    """C17 6.3.1.2: any value but zero becomes one."""
    assert convert(Int(number), IntType(8, False, "_Bool")) == Int(truth)


def test_a_length_converted_to_bool() -> None:
    """Not its low bits: 256 is true."""
    held = choose(((0, 33),), Int(256), Int(0), c_type(I32))
    assert held is not None
    truth = convert(held, IntType(8, False, "_Bool"))

    assert [at(truth, n) for n in (0, 33, 34)] == [1, 1, 0]


def failing(test: Callable[..., None], *example_: object) -> None:
    """The property holds for an example with the engine as it is, and fails for it once it is broken."""
    with pytest.raises(AssertionError):
        test.hypothesis.inner_test(*example_)  # type: ignore[attr-defined]


def test_these_tests_can_fail(monkeypatch: pytest.MonkeyPatch) -> None:
    """An engine that forgets to wrap is noticed."""
    monkeypatch.setattr(pieces, "normalise", lambda pieces, bits, signed: pieces)
    less = binary("-", frame_length(), Int(14), c_type(U32))
    failing(test_conversions_and_sums_wrap, (less, lambda n: wrapped(n - 14, U32), U32))
