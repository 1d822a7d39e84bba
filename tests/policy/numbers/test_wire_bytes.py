"""Shifts, masks, joins and swaps of frame bytes, against the bytes of a frame."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from auditor.policy.numbers import wire_bytes
from auditor.policy.numbers.arithmetic import binary, convert
from auditor.policy.numbers.values import Bytes, Int, Op, Value
from auditor.policy.numbers.wire_bytes import swap_bytes
from tests.policy.c_integers import I32, U8, U16, U32, CType, wrapped
from tests.policy.numbers.test_arithmetic import COMPUTED, c_type, failing

FRAME = bytes(range(0x81, 0x81 + 40))


def read(value: Value, frame: bytes = FRAME) -> int:
    """What frame bytes are on a little-endian machine for one frame."""
    if isinstance(value, Int):
        return value.value
    if isinstance(value, Op):
        return COMPUTED[value.op](read(value.left, frame), read(value.right, frame))
    assert isinstance(value, Bytes)
    held = frame[value.offset : value.offset + value.width]
    number = int.from_bytes(held, "big" if value.host else "little")
    return (number >> value.shift) & value.mask


@given(st.integers(0, 2**32 - 1), st.sampled_from((1, 2, 4)))
def test_swapping_constants(number: int, width: int) -> None:
    found = swap_bytes(Int(number), width)

    assert found == Int(int.from_bytes((number % 256**width).to_bytes(width, "big"), "little"))


@pytest.mark.parametrize("width", [2, 4])
def test_swapping_bytes_of_the_frame(width: int) -> None:
    network = Bytes(12, width, host=False)
    swapped = swap_bytes(network, width)

    assert swapped is not None
    assert read(swapped) == int.from_bytes(read(network).to_bytes(width, "little"), "big")
    assert swap_bytes(swapped, width) == network


def test_swapping_what_was_masked_is_unknown() -> None:
    assert swap_bytes(Bytes(12, 2, host=True, mask=0xFF), 2) is None
    assert swap_bytes(Bytes(12, 4, host=True), 2) is None


single = st.builds(Bytes, st.integers(0, 30), st.just(1), st.just(True))
words = st.builds(Bytes, st.integers(0, 30), st.just(2), st.booleans())


@given(
    st.one_of(single, words),
    st.sampled_from((">>", "&")),
    st.sampled_from((1, 4, 7, 8, 0xF, 0xF0, 0xFF, 0xFFFF)),
)
def test_shifts_and_masks_of_bytes(held: Bytes, op: str, number: int) -> None:
    """Whatever form they take, they read the same from a frame."""
    assume(op == "&" or number < 16)
    found = binary(op, held, Int(number), c_type(I32))

    assert read(found) == COMPUTED[op](read(held), number)


def test_bytes_shifted_out() -> None:
    gone = binary(">>", Bytes(12, 2, True), Int(24), c_type(U32))

    assert read(binary("&", gone, Int(0xFF), c_type(U32))) == 0


steps_ = st.lists(st.tuples(st.sampled_from((">>", "&")), st.integers(0, 5)), max_size=3)


@given(words, steps_)
def test_several_shifts_and_masks(held: Bytes, steps: list[tuple[str, int]]) -> None:
    value: Value = held
    expected = read(held)
    for op, number in steps:
        value, expected = binary(op, value, Int(number), c_type(I32)), COMPUTED[op](expected, number)

    assert read(value) == expected


@given(single, single, st.sampled_from("|+"), st.booleans())
def test_two_bytes_joined(high: Bytes, low: Bytes, op: str, flipped: bool) -> None:
    shifted = binary("<<", high, Int(8), c_type(I32))
    found = binary(op, low, shifted, c_type(I32)) if flipped else binary(op, shifted, low, c_type(I32))

    assert read(found) == (read(high) << 8) + read(low)
    assert isinstance(found, Bytes) == (abs(high.offset - low.offset) == 1)


@pytest.mark.parametrize(("first", "host"), [(12, True), (13, False)])
def test_the_ethertype_joined(first: int, host: bool) -> None:
    upper = binary("<<", Bytes(first, 1, True), Int(8), c_type(I32))

    assert binary("|", upper, Bytes(25 - first, 1, True), c_type(I32)) == Bytes(12, 2, host)


@given(words, st.sampled_from((U8, U16, U32)))
def test_bytes_are_cut(held: Bytes, of: CType) -> None:
    found = convert(held, c_type(of))

    if isinstance(found, Bytes):
        assert read(found) == wrapped(read(held), of)


def test_these_tests_can_fail(monkeypatch: pytest.MonkeyPatch) -> None:
    """An engine that takes any two bytes for the ethertype is noticed."""
    monkeypatch.setattr(wire_bytes, "_joined", lambda high, low: Bytes(12, 2, True))
    failing(test_two_bytes_joined, Bytes(3, 1, True), Bytes(4, 1, True), "|", False)
