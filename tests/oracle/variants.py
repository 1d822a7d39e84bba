"""The frames that the oracle feeds to drivers: variants of each class, as heads that C fills up."""

from __future__ import annotations

import struct
from collections.abc import Iterator

import msgspec

from auditor.capture.builders import (
    BROADCAST,
    IPV4_PEER,
    IPV4_STATION,
    IPV6_PEER,
    IPV6_STATION,
    PEER,
    STATION,
)
from auditor.knowledge import FrameClass, Protocols

DHCP_MINIMUM = 14 + 20 + 8 + 236
"""Ethernet, IPv4, UDP and the fixed part of a DHCP message, without options (RFC 2131 figure 1)."""

LARGEST_LENGTH_FIELD = 1500
"""IEEE 802.3-2018 clause 3.2.6: larger values are types."""

LLC_ETHERTYPE = 0x0004
"""What Linux calls a frame with a length field (linux/if_ether.h, ETH_P_802_2)."""

NO_CLASS_OF_ITS_OWN = (0x9000, 0x88B5, 0x0842, 0x0600, 0xFFFF)
"""Loopback, local experimental, Wake-on-LAN, the smallest type there is, and the largest."""


class Variant(msgspec.Struct, frozen=True):
    """One kind of frame. ``patches`` are (offset, less, most): 16 bits there hold length - less, 0..most.

    ``minimum`` and ``maximum`` are its legal lengths in bytes, from the first byte of ``head`` on.
    """

    frame_class: str
    name: str
    layer: int
    head: bytes
    ethertype: int
    minimum: int
    maximum: int
    patches: tuple[tuple[int, int, int], ...] = ()


def variants(protocols: Protocols, layers: frozenset[int]) -> tuple[Variant, ...]:
    """All variants of the given layers, in the order of the classes."""
    found: list[Variant] = []
    for frame_class in protocols.classes:
        if 2 in layers:
            found += _ethernet(frame_class)
        if 3 in layers and frame_class.ip_version is not None:
            found.append(_packet(frame_class))
    return tuple(found)


def _ethernet(c: FrameClass) -> Iterator[Variant]:
    if c.length_field:
        for target, name in ((PEER, "unicast"), (BROADCAST, "broadcast")):
            head = target + STATION + bytes(2) + b"\x42\x42\x03"
            patch = (12, 14, LARGEST_LENGTH_FIELD)
            yield Variant(c.id, name, 2, head, LLC_ETHERTYPE, c.minimum, c.maximum, (patch,))
        return
    for number in c.ethertypes or NO_CLASS_OF_ITS_OWN:
        body, patches = _body(c, 14)
        head = PEER + STATION + struct.pack("!H", number) + body
        yield Variant(c.id, f"{number:#06x}", 2, head, number, c.minimum, c.maximum, patches)
        if number == (c.ethertypes or NO_CLASS_OF_ITS_OWN)[0]:
            head = BROADCAST + head[6:]
            yield Variant(c.id, f"{number:#06x} broadcast", 2, head, number, c.minimum, c.maximum, patches)
    if c.ip_version == 4:
        body, patches = _body(c, 14, ports=(68, 67))
        head = BROADCAST + STATION + struct.pack("!H", 0x0800) + body
        yield Variant(c.id, "DHCP request", 2, head, 0x0800, DHCP_MINIMUM, c.maximum, patches)


def _packet(c: FrameClass) -> Variant:
    body, patches = _body(c, 0)
    return Variant(c.id, "packet", 3, body, c.ethertypes[0], c.minimum - 14, c.maximum - 14, patches)


def _body(
    c: FrameClass, start: int, ports: tuple[int, int] = (49152, 9)
) -> tuple[bytes, tuple[tuple[int, int, int], ...]]:
    """What follows the Ethernet header of ``start`` bytes, and its length fields."""
    if c.ip_version == 4:
        head = struct.pack("!BBHHHBBH", 0x45, 0, 0, 1, 0, 64, 17, 0) + IPV4_STATION + IPV4_PEER
        udp = struct.pack("!HHHH", *ports, 0, 0)
        return head + udp, ((start + 2, start, 65535), (start + 24, start + 20, 65535))
    if c.ip_version == 6:
        head = struct.pack("!IHBB", 6 << 28, 0, 59, 64) + IPV6_STATION + IPV6_PEER
        return head, ((start + 4, start + 40, 65535),)
    bodies = {
        "arp": (
            struct.pack("!HHBBH", 1, 0x0800, 6, 4, 1) + STATION + IPV4_STATION + bytes(6) + IPV4_PEER,
            (),
        ),
        "pppoe-discovery": (struct.pack("!BBHH", 0x11, 0xA7, 1, 0), ((start + 4, start + 6, 1494),)),
        "pppoe-session": (struct.pack("!BBHHH", 0x11, 0, 1, 0, 0xC021), ((start + 4, start + 6, 1494),)),
        "eapol": (struct.pack("!BBH", 2, 1, 0), ((start + 2, start + 4, 1496),)),
        "vlan": (struct.pack("!HH", 1, 0x0800) + b"\x45\0", ((start + 6, start + 4, 1500),)),
    }
    return bodies.get(c.id, (b"", ()))
