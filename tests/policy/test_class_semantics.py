# ruff: noqa: E501 - a driver in C reads best on one line of the table
"""Small C drivers in: which frame classes have a minimum, and how sure that is by the way they are told."""

from __future__ import annotations

from pathlib import Path

import pytest

from auditor.model import Confidence
from tests.policy.running import DROPPED, SENT, analysed, entry_of, minima, rows
from tests.policy.small_drivers import ALWAYS, DROP, SEND, driver, found_by_rule, xmit

TYPE = "uint16_t type = packet[12] << 8 | packet[13];"
BY_CLASS = {
    "a switch on the type": (
        driver(f"{TYPE} switch (type) {{ case 0x0800: if (length < 34) return -1; break;"
               " case 0x86dd: if (length < 54) return -1; break; default: break; case 0x0806: if (length < 42) return -1; }"),
        {"ipv4": 34, "ipv6": 54, "arp": 42},
    ),
    "bytes put together": (driver("if ((packet[12] << 8 | packet[13]) == 0x86dd && length < 54) return -1;"), {"ipv6": 54}),
    "one byte after the other": (driver("if (packet[12] == 0x86 && packet[13] == 0xdd && length < 54) return -1;"), {"ipv6": 54}),
    "the field of a structure": (
        driver("const struct ether_header *h = (const void *)packet; if (h->ether_type == htons(0x86dd) && length < 54) return -1;"),
        {"ipv6": 54},
    ),
    "the type copied out": (
        driver("uint16_t type; memcpy(&type, packet + 12, sizeof type); if (ntohs(type) == 0x86dd && length < 54) return -1;"),
        {"ipv6": 54},
    ),
    "a helper of the tree": (
        driver("if (type_of(packet) == 0x86dd && length < 54) return -1;",
               "static uint16_t type_of(const uint8_t *p) { return (uint16_t)(p[12] << 8 | p[13]); }\n"),
        {"ipv6": 54},
    ),
    "a truth of a helper of the tree": (
        driver("if (is_ipv6(packet) && length < 54) return -1;",
               "static bool is_ipv6(const uint8_t *p) { return (p[12] << 8 | p[13]) == 0x86dd; }\n"),
        {"ipv6": 54},
    ),
    "a field of the platform": (xmit(f"if (skb->protocol == htons(ETH_P_IPV6) && skb->len < 54) {DROP}"), {"ipv6": 54}),
    "everything but one type": (
        driver(f"{TYPE} if (type != 0x0800) {SEND} if (length < 34) return -1;"),
        {"ipv4": 34},
    ),
    "LLC by its length field": (driver(f"{TYPE} if (type < 1536 && length < 17) return -1;"), {"llc": 17}),
}  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), BY_CLASS.values(), ids=BY_CLASS)
def test_only_the_classes_asked_for_have_a_minimum(
    tmp_path: Path, text: str, expected: dict[str, int]
) -> None:
    analysis = analysed(tmp_path, text)

    assert minima(analysis) == expected
    for frame_class, row in rows(analysis).items():
        least = expected.get(frame_class)
        assert row == (ALWAYS if least is None else [(0, DROPPED), (least, SENT)]), frame_class


@pytest.mark.parametrize("test", ["packet[23] == 17 && packet[37] == 67", "packet[20] == 0x42"])
def test_a_part_of_a_class_has_no_known_minimum(tmp_path: Path, test: str) -> None:
    text = driver(f"if ((packet[12] << 8 | packet[13]) == 0x0800 && {test} && length < 282) return -1;")
    bounds = entry_of(analysed(tmp_path, text)).bounds

    assert {(b.frame_class.id, b.threshold, b.fork.narrowed) for b in bounds} == {("ipv4", 282, True)}
    assert found_by_rule(tmp_path, text) == []


def test_bytes_before_the_type_narrow_nothing(tmp_path: Path) -> None:
    text = driver("if (packet[0] == 0x33 && length < 34) return -1;")

    assert not any(b.fork.narrowed for b in entry_of(analysed(tmp_path, text)).bounds)


@pytest.mark.parametrize(
    "test",
    ["protocol_of(packet) == 4", "packet[12] * 256 + packet[13] == 0x0800", "protocol_of(packet + 12)"],
)
def test_an_unrecognised_read_caps_the_confidence(tmp_path: Path, test: str) -> None:
    text = driver(
        f"if ({test}) {{ if (length < 14 + 20) return -1; }}", "int protocol_of(const uint8_t *p);\n"
    )

    assert [confidence for confidence, _, _ in found_by_rule(tmp_path, text)] == [Confidence.LOW]


def test_without_it_the_confidence_is_higher(tmp_path: Path) -> None:
    text = driver("if (length < 14 + 20) return -1;", "#define IP_HEADER_SIZE 20\n")

    assert [confidence for confidence, _, _ in found_by_rule(tmp_path, text)] == [Confidence.MEDIUM]


@pytest.mark.parametrize(
    "test", ["(packet[12] << 8 | packet[13]) == 0x0800", "packet[12] == 8 && packet[13] == 0"]
)
def test_the_type_itself_narrows_nothing(tmp_path: Path, test: str) -> None:
    text = driver(f"if ({test} && length < 42) return -1;")

    assert [found[1:] for found in found_by_rule(tmp_path, text)] == [(42, {"ipv4"})]
