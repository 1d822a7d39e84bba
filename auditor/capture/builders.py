"""The layers of witness frames: each takes what it carries and gives back real bytes around it."""

from __future__ import annotations

import struct
from collections.abc import Callable
from typing import NamedTuple

STATION = bytes.fromhex("020000000001")  # locally administered unicast addresses (IEEE 802 clause 8)
PEER = bytes.fromhex("020000000002")
BROADCAST = b"\xff" * 6
BRIDGE_GROUP = bytes.fromhex("0180c2000000")  # IEEE 802.1D-2004 table 7-10: spanning tree
PAE_GROUP = bytes.fromhex("0180c2000003")  # IEEE 802.1X: port access entity
LLDP_GROUP = bytes.fromhex("0180c200000e")  # IEEE 802.1AB: nearest bridge
LOOPBACK_GROUP = bytes.fromhex("cf0000000000")  # Ethernet version 2.0: configuration testing
SOLICITED = bytes.fromhex("3333ff000002")  # RFC 2464 section 7: multicast of ff02::1:ff00:2

IPV4_STATION = bytes([192, 0, 2, 1])  # RFC 5737: documentation addresses
IPV4_PEER = bytes([192, 0, 2, 2])
IPV6_STATION = bytes.fromhex("fe80000000000000") + bytes(7) + b"\x01"
IPV6_PEER = bytes.fromhex("fe80000000000000") + bytes(7) + b"\x02"
IPV6_SOLICITED = bytes.fromhex("ff0200000000000000000001ff000002")  # RFC 4291 section 2.7.1

CHECKSUM_AT = {6: 16, 17: 6, 58: 2}  # IP protocol -> offset of a checksum over the pseudo header


class Part(NamedTuple):
    """Bytes so far, the number their carrier announces them by, and the station they are sent to.

    ``kind`` is an ethertype, an IP protocol or a PPP protocol; None for LLC, where Ethernet gives the length.
    """

    data: bytes
    kind: int | None
    destination: bytes = PEER


Wrapper = Callable[[Part], Part]
Leaf = Callable[[int], Part]


def checksum(data: bytes) -> int:
    """The Internet checksum of ``data`` (RFC 1071), over 16-bit words in network order."""
    if len(data) % 2:
        data += b"\0"
    total: int = sum(struct.unpack(f"!{len(data) // 2}H", data))
    while total >> 16:
        total = (total & 0xFFFF) + (total >> 16)
    return ~total & 0xFFFF


def _ethernet(inner: Part) -> Part:
    kind = len(inner.data) if inner.kind is None else inner.kind
    return Part(inner.destination + STATION + struct.pack("!H", kind) + inner.data, None)


def _vlan(inner: Part) -> Part:
    kind = len(inner.data) if inner.kind is None else inner.kind
    return Part(struct.pack("!HH", 1, kind) + inner.data, 0x8100, inner.destination)  # priority 0, VLAN 1


def _pppoe_session(inner: Part) -> Part:
    payload = struct.pack("!H", inner.kind or 0) + inner.data
    return Part(struct.pack("!BBHH", 0x11, 0, 1, len(payload)) + payload, 0x8864)


def _ipv4(inner: Part, kind: int = 0x0800) -> Part:
    protocol = inner.kind or 0
    pseudo = IPV4_STATION + IPV4_PEER + struct.pack("!BBH", 0, protocol, len(inner.data))
    head = (
        struct.pack("!BBHHHBBH", 0x45, 0, 20 + len(inner.data), 1, 0, 64, protocol, 0)
        + IPV4_STATION
        + IPV4_PEER
    )
    head = head[:10] + struct.pack("!H", checksum(head)) + head[12:]
    return Part(head + _summed(inner.data, protocol, pseudo), kind, inner.destination)


def _ppp_ipv4(inner: Part) -> Part:
    return _ipv4(inner, kind=0x0021)  # RFC 1332 section 2


def _ipv6(inner: Part, source: bytes = IPV6_STATION) -> Part:
    target = IPV6_SOLICITED if inner.destination == SOLICITED else IPV6_PEER
    next_header = 59 if inner.kind is None else inner.kind
    pseudo = source + target + struct.pack("!II", len(inner.data), next_header)
    head = struct.pack("!IHBB", 6 << 28, len(inner.data), next_header, 255) + source + target
    return Part(head + _summed(inner.data, next_header, pseudo), 0x86DD, inner.destination)


def _ipv6_unspecified(inner: Part) -> Part:
    return _ipv6(inner, source=bytes(16))


def _summed(data: bytes, protocol: int, pseudo: bytes) -> bytes:
    """``data`` with the checksum that covers the pseudo header too (RFC 768, RFC 9293, RFC 8200 8.1)."""
    at = CHECKSUM_AT.get(protocol)
    if at is None:
        return data
    return data[:at] + struct.pack("!H", checksum(pseudo + data) or 0xFFFF) + data[at + 2 :]


def _filler(size: int) -> bytes:
    return bytes(i & 0xFF for i in range(size))


def _udp(extra: int) -> Part:
    return Part(struct.pack("!HHHH", 49152, 9, 8 + extra, 0) + _filler(extra), 17)  # to the discard service


def _icmp_echo(extra: int) -> Part:
    data = struct.pack("!BBHHH", 8, 0, 0, 1, 1) + _filler(extra)
    return Part(data[:2] + struct.pack("!H", checksum(data)) + data[4:], 1)


def _experimental(extra: int) -> Part:
    return Part(b"\0" + _filler(extra), 0x88B5)


def _lcp_echo(extra: int) -> Part:
    return Part(struct.pack("!BBHI", 9, 1, 8 + extra, 0x4C454E41) + _filler(extra), 0xC021)


def _fixed(data: bytes, kind: int | None, destination: bytes = PEER) -> Leaf:
    """A leaf of one size; ``build`` refuses a length that does not fit it."""
    return lambda extra: Part(data, kind, destination)


def _tcp_syn() -> bytes:
    return struct.pack("!HHIIBBHHH", 49152, 80, 1, 0, 5 << 4, 0x02, 65535, 0, 0)


def _igmp_query() -> bytes:
    data = bytes([0x11, 100, 0, 0]) + bytes(4)  # general query, 10 s
    return data[:2] + struct.pack("!H", checksum(data)) + data[4:]


def _arp_request() -> bytes:
    return struct.pack("!HHBBH", 1, 0x0800, 6, 4, 1) + STATION + IPV4_STATION + bytes(6) + IPV4_PEER


def _solicitation(option: bytes) -> bytes:
    return struct.pack("!BBHI", 135, 0, 0, 0) + IPV6_PEER + option


def _configuration_bpdu() -> bytes:
    """A root bridge's own BPDU: path cost 0, port 0x8001, times in 1/256 s (IEEE 802.1D-2004 9.3.1)."""
    bridge = struct.pack("!H", 0x8000) + STATION
    times = struct.pack("!HHHHH", 0x8001, 0, 20 << 8, 2 << 8, 15 << 8)
    return b"\x42\x42\x03" + struct.pack("!HBBB", 0, 0, 0, 0) + bridge + bytes(4) + bridge + times


WRAPPERS: dict[str, Wrapper] = {
    "ethernet": _ethernet,
    "vlan": _vlan,
    "pppoe-session": _pppoe_session,
    "ipv4": _ipv4,
    "ppp-ipv4": _ppp_ipv4,
    "ipv6": _ipv6,
    "ipv6-unspecified": _ipv6_unspecified,
}
LEAVES: dict[str, Leaf] = {
    "udp": _udp,
    "icmp-echo": _icmp_echo,
    "experimental": _experimental,
    "tcp-syn": _fixed(_tcp_syn(), 6),
    "igmp-query": _fixed(_igmp_query(), 2),
    "no-next-header": _fixed(b"", 59),
    "neighbor-solicitation": _fixed(_solicitation(b"\x01\x01" + STATION), 58, SOLICITED),
    "duplicate-address-detection": _fixed(_solicitation(b""), 58, SOLICITED),
    "arp-request": _fixed(_arp_request(), 0x0806, BROADCAST),
    "pppoe-padt": _fixed(struct.pack("!BBHH", 0x11, 0xA7, 1, 0), 0x8863),
    "pppoe-padi": _fixed(struct.pack("!BBHHHH", 0x11, 0x09, 0, 4, 0x0101, 0), 0x8863, BROADCAST),
    "ipcp-configure-ack": _fixed(struct.pack("!BBHBB", 2, 1, 10, 3, 6) + IPV4_STATION, 0x8021),
    "lcp-echo-request": _lcp_echo,
    "lcp-terminate-ack": _fixed(struct.pack("!BBH", 6, 1, 4), 0xC021),
    "eapol-start": _fixed(struct.pack("!BBH", 2, 1, 0), 0x888E, PAE_GROUP),
    # chassis ID (locally assigned "c"), port ID (locally assigned "1"), time to live 120 s, end
    "lldp": _fixed(bytes.fromhex("02020763 04020731 06020078 0000"), 0x88CC, LLDP_GROUP),
    "llc-test": _fixed(b"\x00\x00\xf3", None),  # null SAPs, TEST with the poll bit
    "stp-topology-change": _fixed(b"\x42\x42\x03" + struct.pack("!HBB", 0, 0, 0x80), None, BRIDGE_GROUP),
    "stp-configuration": _fixed(_configuration_bpdu(), None, BRIDGE_GROUP),
    "loopback-reply": _fixed(struct.pack("<HHH", 0, 1, 1), 0x9000, LOOPBACK_GROUP),
}
