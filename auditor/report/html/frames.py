"""A frame's bytes in, its header fields by name out, for a reader who wants to see why the frame is real.

Fields follow IEEE 802.3 (Ethernet), IEEE 802.1Q (tag), RFC 826 (ARP), RFC 791 (IPv4), RFC 8200 (IPv6),
RFC 2516 (PPPoE), RFC 1661 (PPP), IEEE 802.1X (EAPOL), IEEE 802.1AB (LLDP) and IEEE 802.2 (LLC).
"""

from __future__ import annotations

from collections.abc import Generator, Iterator

import msgspec

MOST_BYTES = 96  # of one field that are shown; payloads are long and say little
SMALLEST_TYPE = 0x600  # IEEE 802.3 clause 3.2.6: below are lengths
VLAN, IPV4, IPV6, ARP, PPPOE_DISCOVERY, PPPOE_SESSION, EAPOL, LLDP = (
    0x8100, 0x0800, 0x86DD, 0x0806, 0x8863, 0x8864, 0x888E, 0x88CC,
)  # fmt: skip

Layout = tuple[tuple[str, int], ...]
"""Names and sizes in bytes of the fields of a header, in order."""

ETHERNET: Layout = (("destination", 6), ("source", 6), ("type or length", 2))
TAG: Layout = (("tag", 2), ("type or length", 2))
LLC: Layout = (("DSAP", 1), ("SSAP", 1), ("control", 1))
LAYOUTS: dict[int, tuple[str, Layout]] = {
    ARP: ("ARP", (
        ("hardware", 2), ("protocol", 2), ("address sizes", 2), ("operation", 2), ("sender hardware", 6),
        ("sender protocol", 4), ("target hardware", 6), ("target protocol", 4),
    )),
    IPV4: ("IPv4", (
        ("version, header length", 1), ("service", 1), ("total length", 2), ("identification", 2),
        ("flags, fragment", 2), ("time to live", 1), ("protocol", 1), ("checksum", 2), ("source", 4),
        ("destination", 4),
    )),
    IPV6: ("IPv6", (
        ("version, class, flow", 4), ("payload length", 2), ("next header", 1), ("hop limit", 1),
        ("source", 16), ("destination", 16),
    )),
    PPPOE_DISCOVERY: ("PPPoE", (("version, type", 1), ("code", 1), ("session", 2), ("length", 2))),
    PPPOE_SESSION: ("PPPoE", (
        ("version, type", 1), ("code", 1), ("session", 2), ("length", 2), ("PPP protocol", 2),
    )),
    EAPOL: ("EAPOL", (("version", 1), ("packet type", 1), ("body length", 2))),
    LLDP: ("LLDP", ()),
}  # fmt: skip
CONTROL: Layout = (("code", 1), ("identifier", 1), ("length", 2))  # RFC 1661 section 5: LCP and its like
NAMES: dict[tuple[str, str], dict[int, str]] = {
    ("Ethernet", "type or length"): {
        VLAN: "802.1Q", IPV4: "IPv4", IPV6: "IPv6", ARP: "ARP", PPPOE_DISCOVERY: "PPPoE discovery",
        PPPOE_SESSION: "PPPoE session", EAPOL: "EAPOL", LLDP: "LLDP",
    },
    ("PPPoE", "code"): {
        0x00: "session data", 0x07: "PADO", 0x09: "PADI", 0x19: "PADR", 0x65: "PADS", 0xA7: "PADT",
    },
    ("PPPoE", "PPP protocol"): {
        0x0021: "IPv4", 0x0057: "IPv6", 0x8021: "IPCP", 0x8057: "IPv6CP", 0xC021: "LCP", 0xC023: "PAP",
        0xC223: "CHAP",
    },
    ("PPP control", "code"): {
        1: "Configure-Request", 2: "Configure-Ack", 3: "Configure-Nak", 4: "Configure-Reject",
        5: "Terminate-Request", 6: "Terminate-Ack", 9: "Echo-Request", 10: "Echo-Reply",
    },
    ("EAPOL", "packet type"): {0: "EAP packet", 1: "EAPOL-Start", 2: "EAPOL-Logoff", 3: "EAPOL-Key"},
    ("ARP", "operation"): {1: "request", 2: "reply"},
    ("IPv4", "protocol"): {1: "ICMP", 2: "IGMP", 6: "TCP", 17: "UDP"},
    ("IPv6", "next header"): {6: "TCP", 17: "UDP", 58: "ICMPv6", 59: "no next header"},
}  # fmt: skip
NAMES["802.1Q", "type or length"] = NAMES["Ethernet", "type or length"]
COUNTED = frozenset({"length", "total length", "payload length", "body length", "type or length"})
FIRST_CONTROL = 0x80  # RFC 1661 section 2: from protocol 8000 on, control protocols


class Field(msgspec.Struct, frozen=True):
    """Bytes ``offset .. offset + size - 1`` of a frame; ``bytes`` in hexadecimal, cut where they are many."""

    layer: str
    name: str
    offset: int
    size: int
    bytes: str
    meaning: str = ""


def dissect(data: bytes) -> tuple[Field, ...]:
    """The fields of a frame from its destination address on; what no layout names is its payload."""
    return tuple(_fields(data))


def _fields(data: bytes) -> Iterator[Field]:
    at = yield from _header(data, 0, "Ethernet", ETHERNET)
    kind = int.from_bytes(data[12:14])
    if kind == VLAN:
        at = yield from _header(data, at, "802.1Q", TAG)
        kind = int.from_bytes(data[16:18])
    if kind < SMALLEST_TYPE:
        at = yield from _header(data, at, "LLC", LLC)
    elif kind in LAYOUTS:
        at = yield from _header(data, at, *LAYOUTS[kind])
        if kind == PPPOE_SESSION and data[at - 2] >= FIRST_CONTROL:
            at = yield from _header(data, at, "PPP control", CONTROL)
        if kind == LLDP:
            at = yield from _tlvs(data, at)
    yield from _rest(data, at)


def _header(data: bytes, at: int, layer: str, layout: Layout) -> Generator[Field, None, int]:
    """The fields of one header; returns the offset behind it."""
    for name, size in layout:
        if at < len(data):
            yield _field(data, at, min(size, len(data) - at), layer, name)
            at += size
    return min(at, len(data))


def _tlvs(data: bytes, at: int) -> Generator[Field, None, int]:
    """LLDP's TLVs, up to the End of LLDPDU (IEEE 802.1AB-2016 clause 8.4): 7 bits of type, 9 of length."""
    while at + 2 <= len(data):
        head = int.from_bytes(data[at : at + 2])
        size = min(2 + (head & 0x1FF), len(data) - at)
        yield _field(data, at, size, "LLDP", f"TLV {head >> 9}")
        at += size
        if head == 0:
            break
    return at


def _rest(data: bytes, at: int) -> Iterator[Field]:
    if at < len(data):
        yield _field(data, at, len(data) - at, "", "payload")


def _field(data: bytes, at: int, size: int, layer: str, name: str) -> Field:
    shown = data[at : at + min(size, MOST_BYTES)].hex(" ")
    meaning = _meaning(layer, name, int.from_bytes(data[at : at + size]))
    return Field(layer, name, at, size, shown + " ..." * (size > MOST_BYTES), meaning)


def _meaning(layer: str, name: str, value: int) -> str:
    """What a field's number stands for, or the number of bytes that it counts."""
    known = NAMES.get((layer, name), {}).get(value, "")
    return known or (f"{value} bytes" if name in COUNTED and value < SMALLEST_TYPE else "")
