"""Sets of frame classes, and what ethertypes and versions say about them."""

from __future__ import annotations

import pytest

from auditor.knowledge import load_knowledge
from auditor.policy.paths.classes import ClassTable

TABLE = ClassTable(load_knowledge().protocols)


def names(classes: int) -> str:
    return " ".join(one.id for one in TABLE.members(classes))


def test_a_set_has_its_members_in_order() -> None:
    assert names(TABLE.all).split() == [one.id for one in TABLE.classes]
    assert names(0) == ""
    assert names(TABLE.bit("arp") | TABLE.bit("ipv4")) == "ipv4 arp"
    assert names(TABLE.ip) == "ipv4 ipv6"
    with pytest.raises(KeyError):
        TABLE.bit("none")


@pytest.mark.parametrize(
    ("number", "classes", "whole"),
    [(0x0800, "ipv4", True), (0x86DD, "ipv6", True), (0x0806, "arp", True), (0x8863, "pppoe-discovery", True),
     (0x888E, "eapol", True), (0x8100, "vlan", False),
     (0x1234, "other", False), (0x05FF, "llc", False), (0x0600, "other", False)],
)  # fmt: skip
def test_ethertypes(number: int, classes: str, whole: bool) -> None:
    found, only = TABLE.of_ethertype(number)
    assert (names(found), only) == (classes, whole)


@pytest.mark.parametrize(("version", "classes"), [(4, "ipv4"), (6, "ipv6"), (5, "")])
def test_versions(version: int, classes: str) -> None:
    assert names(TABLE.of_version(version)) == classes


@pytest.mark.parametrize(
    ("byte", "possible", "certain"),
    [(0x86, "ipv6 other", "ipv6"), (0x81, "vlan other", ""), (0x05, "llc other", ""), (0x06, "other", "")],
    ids=["of one", "of one that has others", "of a length", "of nobody"],
)
def test_first_halves_of_ethertypes(byte: int, possible: str, certain: str) -> None:
    found = TABLE.of_high_byte(byte)
    assert tuple(set(names(one).split()) for one in found) == (set(possible.split()), set(certain.split()))


@pytest.mark.parametrize(
    ("number", "classes"),
    [(0x601, None), (0x600, "llc"), (1501, "llc"), (1500, "llc"), (1400, None), (0, None)],
)
def test_ethertypes_below_a_number(number: int, classes: str | None) -> None:
    """Values up to 1500 are lengths, those from 1536 types (IEEE 802.3 clause 3.2.6); none is between."""
    found = TABLE.below(number)
    assert (None if found is None else names(found)) == classes
