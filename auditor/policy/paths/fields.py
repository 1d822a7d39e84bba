"""What a comparison of header bytes says about the frame's class: ethertype, its halves, IP version."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from auditor.policy.numbers.intervals import Intervals
from auditor.policy.numbers.values import Bytes, Int, Value
from auditor.policy.numbers.wire_bytes import swap_bytes
from auditor.policy.paths.classes import ETHERTYPE_AT, Classes, ClassTable


class Split(msgspec.Struct, frozen=True):
    """A comparison matches only frames of the ``possible`` classes, and all frames of the ``certain`` ones.

    ``positive`` when a match makes the comparison true (``==``), False when it makes it false (``!=``).
    """

    possible: Classes
    certain: Classes
    positive: bool

    @property
    def whole(self) -> bool:
        """Whether the class is all that the comparison tells."""
        return self.possible == self.certain


def split_classes(
    table: ClassTable, field: Bytes, op: str, number: int, facts: Mapping[Value, Intervals], layer: str
) -> Split | None:
    """How ``field op number`` divides the classes; None when it says nothing about them.

    ``facts`` are what the path knows: the second half of an ethertype means nothing without the first.
    """
    plain = field.mask == -1 and not field.shift
    if layer != "L3" and plain and field.offset == ETHERTYPE_AT:
        return _type(table, field, op, number) if field.width == 2 else _high(table, field, op, number)
    if layer != "L3" and plain and field.offset == ETHERTYPE_AT + 1 and field.width == 1:
        high = facts.get(Bytes(ETHERTYPE_AT, 1, True), ())
        if len(high) == 1 and high[0][0] == high[0][1]:
            return _equal(op, *table.of_ethertype(high[0][0] << 8 | number))
        return None
    version = _version(field, number)
    if version is not None and layer != "L2":
        return _equal(op, table.of_version(version), True)
    return None


def _equal(op: str, classes: Classes, whole: bool) -> Split | None:
    return Split(classes, classes if whole else 0, op == "==") if op in ("==", "!=") else None


def _type(table: ClassTable, field: Bytes, op: str, number: int) -> Split | None:
    swapped = swap_bytes(Int(number), 2)
    host = number if field.host or not isinstance(swapped, Int) else swapped.value
    if op in ("==", "!="):
        return _equal(op, *table.of_ethertype(host & 0xFFFF))
    below = table.below(number) if field.host else None
    if below is None:
        return None
    if op in ("<", "<="):
        return Split(below, below, True)
    return Split(below, below, False)


def _high(table: ClassTable, field: Bytes, op: str, number: int) -> Split | None:
    if field.width != 1 or op not in ("==", "!="):
        return None
    possible, certain = table.of_high_byte(number)
    return Split(possible, certain, op == "==")


def _version(field: Bytes, number: int) -> int | None:
    """The IP version a comparison of the first byte tests for, else None (RFC 791: the high nibble)."""
    if field.offset != 0 or field.width != 1:
        return None
    if field.shift == 4:
        return number
    if field.mask == 0xF0:
        return number >> 4
    return number >> 4 if field.mask == -1 and number in range(0x45, 0x50) else None
