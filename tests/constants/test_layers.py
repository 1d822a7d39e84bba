"""Names, records and shapes in; what of ``protocols.toml`` they are, and of which layer, out."""

from __future__ import annotations

import pytest

from auditor.constants.layers import LEAST_MTU, MOST_MTU, Vocabulary, highest
from tests.constants.made import PROTOCOLS

VOCABULARY = Vocabulary(PROTOCOLS)


@pytest.mark.parametrize(
    ("layers", "top"),
    [([], ""), (["", "L2"], "L2"), (["L3", "L2"], "L3"), (["L2+FCS", "L2"], "L2+FCS"),
     (["L4", "payload"], "payload")],
    ids=str,
)  # fmt: skip
def test_the_highest_layer(layers: list[str], top: str) -> None:
    assert highest(layers) == top


NAMED = {
    "the shortest MTU": ("JUMBO_MTU", 68, "mtu"),
    "too short for one": ("JUMBO_MTU", 67, ""),
    "the longest MTU": ("JUMBO_MTU", 65535, "mtu"),
    "too long for one": ("JUMBO_MTU", 65536, ""),
    "a protocol that nothing says is a size": ("UDP_BASE", 8, ""),
    "a whole packet of a protocol": ("ARP_PACKET", 42, "ethernet+arp"),
    "its size, not that of a packet": ("ARP_SIZE", 42, ""),
    "an Ethernet header is in a frame once": ("ETH_FRAME_SIZE", 28, ""),
    "a header that others qualify": ("ETH_VLAN_TAG_SIZE", 4, "vlan"),
    "a listed name of another size": ("ETH_HLEN", 22, ""),
    "a frame that is no bound": ("FRAME_SIZE", 1514, ""),
    "a bound that is no frame": ("MAX_SIZE", 1514, ""),
    "one with a checksum by its name": ("MAX_FRAME_SIZE_WITH_FCS", 1518, "maximum-fcs"),
    "one with a tag by its name": ("MAX_TAGGED_FRAME", 1518, "maximum-tagged"),
    "of no value, a tag": ("VLAN_TAG", None, "vlan"),
    "of no value, a checksum's length": ("FCS_LEN", None, "fcs"),
    "of no value, a checksum": ("FCS", None, ""),
    "of no value, a header": ("UDP_HEADER", None, "udp"),
    "of no value, no header": ("UDP_LEN", None, ""),
    "of no value, a tag of another": ("UDP_TAG", None, ""),
    "of no value, a protocol's length": ("VLAN_LEN", None, ""),
    "of no value, two headers": ("ETH_IP_HDR", None, ""),
    "of no value, the least header": ("MIN_UDP_HEADER", None, ""),
    "of no value, the largest header": ("MAX_UDP_HEADER", None, ""),
    "of no value, the largest MTU": ("MTU_MAX", None, ""),
}


@pytest.mark.parametrize(("name", "value", "meaning"), NAMED.values(), ids=NAMED)
def test_names(name: str, value: int | None, meaning: str) -> None:
    found = VOCABULARY.of_name(name, value)
    assert (found.id if found else "") == meaning
    assert found is None or value in (None, found.size)


def test_the_bounds_of_an_mtu_are_those_of_ip() -> None:
    """RFC 791 section 3.2, and the sixteen bits of its total length (section 3.1)."""
    assert (LEAST_MTU, MOST_MTU) == (68, 0xFFFF)


def test_a_sum_says_what_all_its_headers_say() -> None:
    found = VOCABULARY.of_name("ETH_IP_HDR_LEN", 34)
    assert found is not None
    assert (found.id, found.layer, found.kind) == ("ethernet+ipv4", "L3", "header")
    assert found.title == "Ethernet header + IPv4 header"
    assert "IEEE 802.3" in found.source
    assert "RFC 791" in found.source


def test_a_listed_name_is_what_the_file_says() -> None:
    """By its words it would be an Ethernet header with a tag, which the file has under a name of its own."""
    found = [VOCABULARY.of_name(name, 18) for name in ("VLAN_ETH_HLEN", "OWN_VLAN_ETH_HLEN")]
    assert [one and one.id for one in found] == ["ethernet-vlan", "vlan+ethernet"]


def test_one_number_of_two_maxima_has_both_titles_and_no_layer() -> None:
    found = VOCABULARY.of_name("MAX_FRAME_SIZE", 1518)
    titles = [q.title for q in PROTOCOLS.quantities if q.size == 1518]
    assert found is not None
    assert (found.layer, found.title, len(titles)) == ("", " or ".join(titles), 2)


RECORDS = {
    "listed": ("udphdr", 8, "udp"),
    "listed, of unknown size": ("udphdr", None, "udp"),
    "listed, of another size": ("udphdr", 12, ""),
    "by its words": ("own_udp_header", 8, "udp"),
    "by its words, of another size": ("own_udp_header", 12, ""),
    "by its words, of unknown size": ("tcp_head", None, ""),
    "of a header and something": ("udp_stats", 8, ""),
}


@pytest.mark.parametrize(("name", "size", "meaning"), RECORDS.values(), ids=RECORDS)
def test_records(name: str, size: int | None, meaning: str) -> None:
    found = VOCABULARY.of_record(name, size)
    assert (found.id if found else "") == meaning


SHAPES = {
    "Ethernet": ((6, 6, 2), "ethernet"),
    "IPv6": ((4, 2, 1, 1, 16, 16), "ipv6"),
    "another order": ((6, 2, 6), ""),
    "a member more": ((6, 6, 2, 2), ""),
    "a member of unknown size": ((6, None, 2), ""),
    "no members": ((), ""),
}


@pytest.mark.parametrize(("sizes", "meaning"), SHAPES.values(), ids=SHAPES)
def test_shapes(sizes: tuple[int | None, ...], meaning: str) -> None:
    found = VOCABULARY.of_shape(sizes)
    assert (found.id if found else "") == meaning
