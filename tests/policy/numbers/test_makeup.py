"""What values are made of, as the bits that are asked about, and properties that are computed once."""

from __future__ import annotations

import msgspec
import pytest

from auditor.policy.numbers import makeup
from auditor.policy.numbers.lengths import frame_length
from auditor.policy.numbers.makeup import once
from auditor.policy.numbers.values import (
    DATA,
    FIRST_PART,
    Bytes,
    Function,
    Int,
    Op,
    Pointer,
    Region,
    Sym,
    Value,
)

L = frame_length()
FIELD, TYPE = Bytes(16, 2, True), Bytes(12, 2, True)
RECORD = Pointer(Region("frame", "skb"))
HEAP, LOCAL = Pointer(Region("heap", "copy")), Pointer(Region("local", "f/n"))

MADE_OF: dict[str, tuple[Value, str]] = {
    "a number": (Int(34), ""),
    "a pointer": (Pointer(DATA, 14), ""),
    "a function": (Function("f"), ""),
    "the length": (L, "LENGTHS"),
    "bytes": (FIELD, "BYTES"),
    "the ethertype": (TYPE, "BYTES TYPES"),
    "its second half": (Bytes(13, 1, True), "BYTES TYPES"),
    "the IP version": (Bytes(0, 1, True, 4), "BYTES TYPES"),
    "the byte behind the ethertype": (Bytes(14, 1, True), "BYTES"),
    "bytes that were not recognised": (Sym("x", "frame"), "FRAME"),
    "what a helper made of them": (Sym("x", "helper"), "HELPER"),
    "a note": (Sym("x", "mark"), "MARK"),
    "the driver's state": (Sym("port->up", "mode"), "MODE"),
    "a parameter": (Sym("n", "param"), "MODE"),
    "anything": (Sym("n", "fresh"), "OTHER"),
    "a call's result": (Sym("f()", "call"), "OTHER"),
    "the first part's bytes": (Sym("n", "fresh", (FIRST_PART,)), "OTHER FIRST"),
    "of the length": (Sym("f(n)", "call", (L,)), "OTHER SEES MEASURES"),
    "of bytes": (Sym("f(x)", "call", (FIELD,)), "OTHER SEES"),
    "of the frame": (Sym("f(p)", "call", (Pointer(DATA),)), "OTHER SEES MEASURES"),
    "of the frame's record": (Sym("f(p)", "helper", (RECORD,)), "HELPER SEES MEASURES"),
    "of a copy": (Sym("f(p)", "call", (HEAP,)), "OTHER MEASURES"),
    "of something else": (Sym("f(p)", "call", (LOCAL, Int(1))), "OTHER"),
    "a mode that was given the length": (Sym("x", "mode", (L,)), "MODE SEES"),
    "a sum": (Op("+", L, FIELD), "LENGTHS BYTES"),
    "a sum of sums": (Op("-", Op("+", Sym("x", "mode"), Int(1)), TYPE), "MODE BYTES TYPES"),
}  # fmt: skip


@pytest.mark.parametrize(("value", "names"), MADE_OF.values(), ids=MADE_OF)
def test_what_a_value_is_made_of(value: Value, names: str) -> None:
    assert value.made_of == sum(getattr(makeup, name) for name in names.split())


def test_each_kind_has_a_bit_of_its_own() -> None:
    names = [name for name in vars(makeup) if name.isupper() and isinstance(vars(makeup)[name], int)]
    bits = [getattr(makeup, name) for name in names]
    assert [bit.bit_count() for bit in bits] == [1] * len(bits)
    assert (sum(bits).bit_count(), len(bits)) == (11, 11)


class Counted(msgspec.Struct, frozen=True, dict=True):
    seen: list[int]

    @once
    def twice(self) -> int:
        """Twice the first."""
        self.seen.append(1)
        return self.seen[0] * 2


def test_a_property_is_computed_once_for_each_value() -> None:
    one, other = Counted([2]), Counted([3])
    assert (one.twice, one.twice, other.twice, one.twice) == (4, 4, 6, 4)
    assert (one.seen, other.seen) == ([2, 1], [3, 1])
    assert Counted.twice.__doc__ == "Twice the first."
