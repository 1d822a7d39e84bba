"""Names are read by their words, and count only with the value that their protocol has."""

from __future__ import annotations

import pytest

from auditor.constants import Vocabulary
from auditor.constants.words import words
from tests.constants.made import PROTOCOLS

VOCABULARY = Vocabulary(PROTOCOLS)

SPLIT = {
    "ETH_HDRLEN": "eth hdr len",
    "EthernetHeaderSize": "ethernet header size",
    "IPv6HdrLen": "ipv6 hdr len",
    "IP6_HEADER": "ip6 header",
    "IPHDR": "ip hdr",
    "udphdr": "udp hdr",
    "m_MtuSize": "m mtu size",
    "ipsec_len": "ipsec len",
    "FOO2_VLAN_TAG": "foo 2 vlan tag",
}


@pytest.mark.parametrize("name", SPLIT)
def test_names_split_into_words(name: str) -> None:
    assert " ".join(words(name)) == SPLIT[name]


MEANS = [
    ("ETH_HLEN", 14, "ethernet"),
    ("eth_hlen", 14, "ethernet"),
    ("rte_ether_hdr_len", 14, "ethernet"),
    ("ETHERNET_HEADER_SIZE", 14, "ethernet"),
    ("FOO_ETH_HDR_LEN", 14, "ethernet"),
    ("MacHeaderSize", 14, "ethernet"),
    ("IP_HEADER_SIZE", 20, "ipv4"),
    ("IPV6_HEADER_SIZE", 40, "ipv6"),
    ("MIN_UDP_HDR", 8, "udp"),
    ("VLAN_TAG_SIZE", 4, "vlan"),
    ("ETH_VLAN_HLEN", 18, "ethernet+vlan"),
    ("ETH_VLAN_HLEN", 4, "vlan"),
    ("ETH_IP_HDR_LEN", 34, "ethernet+ipv4"),
    ("ARP_PACKET_SIZE", 42, "ethernet+arp"),
    ("ARP_PACKET_SIZE", 28, "arp"),
    ("RX_CRC_BYTES", 4, "fcs"),
    ("ETHERNET_MTU", 1500, "mtu"),
    ("JUMBO_MTU", 9000, "mtu"),
    ("FOO_MIN_FRAME_SIZE", 60, "wire-minimum"),
    ("MIN_PKT_LEN", 64, "wire-minimum-fcs"),
    ("MAX_FRAME_SIZE", 1514, "maximum"),
    ("MAX_VLAN_FRAME_SIZE", 1518, "maximum-tagged"),
    ("ETH_HLEN", None, "ethernet"),
    ("ETHERNET_HEADER_SIZE", None, "ethernet"),
    ("DEFAULT_MTU", None, "mtu"),
]


@pytest.mark.parametrize(("name", "value", "meaning"), MEANS)
def test_names_that_mean_something(name: str, value: int | None, meaning: str) -> None:
    found = VOCABULARY.of_name(name, value)
    assert found is not None
    assert found.id == meaning
    if value is not None:
        assert found.size == value


MEANS_NOTHING = [
    ("ETH_HLEN", 16),  # a header with alignment bytes
    ("IP_HEADER_SIZE", 24),
    ("IP_HEADER_LEN_VER_P", 14),  # an offset
    ("ETH_HEADER_OFFSET", 14),
    ("ETH_ALEN", 6),
    ("MAC_HEADER_LEN", None),  # 24 in wireless drivers
    ("FOO_ETH_HDR_LEN", None),  # nothing guards the guess
    ("MIN_MTU", 68),
    ("hard_mtu", None),
    ("MIN_BUFFER", 60),
    ("MIN_FRAME_SIZE", 61),
    ("MTU_SHIFT", 1500),
    ("FRAME", 14),
    ("", 14),
]


@pytest.mark.parametrize(("name", "value"), MEANS_NOTHING)
def test_names_that_mean_nothing(name: str, value: int | None) -> None:
    assert VOCABULARY.of_name(name, value) is None


def test_1518_without_a_word_for_tag_or_checksum_has_no_layer() -> None:
    found = VOCABULARY.of_name("MAX_FRAME_SIZE", 1518)
    assert found is not None
    assert found.layer == ""


def test_members_that_hold_an_mtu() -> None:
    assert [bool(VOCABULARY.of_member(name)) for name in ("mtu", "if_mtu", "MtuSize", "m_mtu")] == [True] * 4
    assert [
        bool(VOCABULARY.of_member(name)) for name in ("max_mtu", "min_mtu", "new_mtu", "mtu_id", "len")
    ] == [False] * 5


def test_records_count_only_with_their_size() -> None:
    assert VOCABULARY.of_record("ethhdr", 14) == VOCABULARY.of_record("ETH_HEADER", 14)
    assert VOCABULARY.of_record("ethhdr", 16) is None
    assert VOCABULARY.of_record("UDPHDR", 8) == VOCABULARY.of_record("udphdr", None)
    assert VOCABULARY.of_record("descriptor", 14) is None


def test_one_name_of_two_interfaces_is_told_by_its_size() -> None:
    ids = [getattr(VOCABULARY.of_record("arphdr", size), "id", None) for size in (8, 28, None)]
    assert ids == ["arp-fixed", "arp", None]


def test_readings_of_bare_numbers() -> None:
    assert VOCABULARY.readings(34) == ("Ethernet header + IPv4 header",)
    assert set(VOCABULARY.readings(42)) == {
        "Ethernet header + IPv4 header + UDP header",
        "Ethernet header + ARP packet",
    }
    assert VOCABULARY.readings(33) == ()
