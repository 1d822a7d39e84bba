"""What comparisons of header bytes say about the frame's class."""

from __future__ import annotations

import pytest

from auditor.policy.numbers.values import Bytes
from auditor.policy.paths.fields import split_classes
from tests.policy.paths.test_classes import TABLE, names

TYPE, SWAPPED = Bytes(12, 2, True), Bytes(12, 2, False)
HIGH, LOW, FIRST = Bytes(12, 1, True), Bytes(13, 1, True), Bytes(0, 1, True)

SPLITS = {
    "an ethertype": (TYPE, "==", 0x0806, "L2", "arp", "arp", True),
    "not an ethertype": (TYPE, "!=", 0x0806, "L2", "arp", "arp", False),
    "an ethertype as it is on the wire": (SWAPPED, "==", 0x0608, "L2", "arp", "arp", True),
    "one of the others": (TYPE, "==", 0x1234, "L2", "other", "", True),
    "a length": (TYPE, "<", 0x600, "L2", "llc", "llc", True),
    "no length": (TYPE, ">=", 0x600, "L2", "llc", "llc", False),
    "a length, of the largest payload": (TYPE, "<=", 1500, "L2", "llc", "llc", True),
    "the first half": (HIGH, "==", 0x86, "L2", "ipv6 other", "ipv6", True),
    "not the first half": (HIGH, "!=", 0x86, "L2", "ipv6 other", "ipv6", False),
    "a version by a shift": (Bytes(0, 1, True, 4), "==", 6, "L3", "ipv6", "ipv6", True),
    "a version by a mask": (Bytes(0, 1, True, 0, 0xF0), "!=", 0x40, "L3", "ipv4", "ipv4", False),
    "a version with its header's length": (FIRST, "==", 0x45, "L3", "ipv4", "ipv4", True),
}


@pytest.mark.parametrize(
    ("field", "op", "number", "layer", "possible", "certain", "positive"), SPLITS.values(), ids=SPLITS
)
def test_comparisons_that_tell_the_class(
    field: Bytes, op: str, number: int, layer: str, possible: str, certain: str, positive: bool
) -> None:
    found = split_classes(TABLE, field, op, number, {}, layer)
    assert found is not None
    assert (names(found.possible), names(found.certain), found.positive) == (possible, certain, positive)
    assert found.whole == (possible == certain)


SILENT = {
    "another field": (Bytes(14, 2, True), "==", 0x0800, "L2"),
    "an ethertype without an Ethernet header": (TYPE, "==", 0x0800, "L3"),
    "a part of the ethertype": (Bytes(12, 2, True, 4), "==", 0x80, "L2"),
    "some of its bits": (Bytes(12, 2, True, 0, 0xFF), "==", 0, "L2"),
    "an order through a class": (TYPE, "<", 0x900, "L2"),
    "an order on the wire": (SWAPPED, "<", 0x600, "L2"),
    "an order of the first half": (HIGH, "<", 6, "L2"),
    "the ethertype and what follows": (Bytes(12, 4, True), "==", 0x08, "L2"),
    "the second half alone": (LOW, "==", 0, "L2"),
    "a version behind an Ethernet header": (FIRST, "==", 0x45, "L2"),
    "a version with a header that is too short": (FIRST, "==", 0x44, "L3"),
    "an order of versions": (Bytes(0, 1, True, 4), "<", 6, "L3"),
}


@pytest.mark.parametrize(("field", "op", "number", "layer"), SILENT.values(), ids=SILENT)
def test_comparisons_that_say_nothing(field: Bytes, op: str, number: int, layer: str) -> None:
    assert split_classes(TABLE, field, op, number, {}, layer) is None


@pytest.mark.parametrize(
    ("known", "classes"),
    [(((8, 8),), "arp"), (((0x12, 0x12),), "other"), (((8, 9),), None), (((8, 8), (10, 10)), None)],
    ids=["known", "of others", "not exactly", "one of two"],
)  # fmt: skip
def test_the_second_half_behind_the_first(known: tuple[tuple[int, int], ...], classes: str | None) -> None:
    found = split_classes(TABLE, LOW, "==", 0x06, {HIGH: known}, "L2")
    assert (None if found is None else names(found.possible)) == classes
