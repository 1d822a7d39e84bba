"""A captured frame in, what it is recognised by out, in spite of padding, offload and lost tags."""

from __future__ import annotations

import hashlib
import ipaddress
import struct
from typing import NamedTuple

from auditor.capture.record import Record
from auditor.knowledge import Protocols
from auditor.model import UsageError

TYPE_AT = 12
"""Offset of the ethertype behind two addresses of 6 bytes (IEEE 802.3 clause 3.2.6)."""

TAGS = frozenset({0x8100, 0x88A8, 0x9100})
TAG = 4
"""Bytes of a tag (IEEE 802.1Q-2018 clause 9); at most two are looked behind."""

SMALLEST_ETHERTYPE = 0x600
IPV4, IPV6, ARP, EAPOL, PPPOE = 0x0800, 0x86DD, 0x0806, 0x888E, (0x8863, 0x8864)
TCP, UDP = 6, 17
CHECKSUM_AT = {TCP: 16, UDP: 6}
IP_ENDS = 7
"""The last bytes of an address that are kept, so that they fit a signed 64-bit number."""

PADDED_TO = 68
"""The longest frame that a wire pads (IEEE 802.3-2018 section 4.4.2): 60, and 4 each for a tag and FCS."""


class Identity(NamedTuple):
    """What a frame is recognised by.

    ``exact`` stands for all its bytes and its length, ``content`` for what does not change on the way: no
    padding, no tag, no checksum that an adapter fills in later. ``frame_class`` is an index into the classes
    of ``protocols.toml``; ``station`` and ``target`` are numbers for who sent it to whom, ``tags`` is how
    many 802.1Q tags it has, ``tcp`` whether adapters may have cut or joined it.
    """

    exact: int
    content: int
    frame_class: int
    station: int
    target: int
    tags: int
    tcp: bool


class Identifier:
    """Recognises the frames of two captures of the same unit.

    ``cut`` is how many bytes of each frame both captures have at least, None when they have all.
    """

    def __init__(self, protocols: Protocols, unit: str, cut: int | None) -> None:
        self.unit, self.cut = unit, cut
        classes = list(enumerate(protocols.classes))
        self._by_type = {kind: i for i, one in classes for kind in one.ethertypes}
        self._llc = next(i for i, one in classes if one.length_field)
        self._other = next(
            i for i, one in classes if not one.ethertypes and not one.length_field and one.ip_version is None
        )
        self._tagged = self._by_type[0x8100]

    def of(self, record: Record) -> Identity:
        """The identity of one frame, which has at least its link's header."""
        data = record.data if self.cut is None else record.data[: self.cut]
        exact = _digest(data + struct.pack("!I", record.length))
        if self.unit == "L3":
            kind = IPV6 if data[:1] and data[0] >> 4 == 6 else IPV4
            body, tcp = _content(data, 0, kind, record.length)
            content, ends = self._stable(bytes(body)), _ip_ends(data, kind)
            return Identity(exact, content, self._by_type[kind], *ends, 0, tcp)
        at, tags = TYPE_AT, 0
        kind = _number(data, at)
        while kind in TAGS and tags < 2:
            at, tags = at + TAG, tags + 1
            kind = _number(data, at)
        body, tcp = _content(data, at + 2, kind, record.length)
        content = self._stable(bytes(body[:TYPE_AT] + body[at:]))
        target, station = int.from_bytes(data[:6], "big"), int.from_bytes(data[6:TYPE_AT], "big")
        return Identity(exact, content, self._class(kind, tags), station, target, tags, tcp)

    def _class(self, kind: int, tags: int) -> int:
        if tags:
            return self._tagged
        return self._llc if kind < SMALLEST_ETHERTYPE else self._by_type.get(kind, self._other)

    def _stable(self, content: bytes) -> int:
        """Of cut frames only as much as is left of one that had two tags more."""
        return _digest(content if self.cut is None else content[: self.cut - 2 * TAG])


def station(address: str, unit: str) -> int:
    """The number that stands for a MAC address, or on raw IP an IP address. Raises UsageError for no such."""
    try:
        if unit == "L3":
            return int.from_bytes(ipaddress.ip_address(address).packed[-IP_ENDS:], "big")
        octets = bytes.fromhex(address.replace(":", "").replace("-", "").replace(".", ""))
    except ValueError:
        octets = b""
    if len(octets) != 6:
        kind = "a MAC address, such as 02:00:00:00:00:01" if unit == "L2" else "an IP address"
        raise UsageError(f"{address}: is not {kind}")
    return int.from_bytes(octets, "big")


def _digest(data: bytes) -> int:
    """64 bits as SQLite keeps them: two of a million different frames are equal once in 30 million times."""
    return int.from_bytes(hashlib.blake2b(data, digest_size=8).digest(), "big", signed=True)


def _number(data: bytes | bytearray, at: int) -> int:
    return data[at] << 8 | data[at + 1] if at + 1 < len(data) else 0


def _ip_ends(data: bytes, kind: int) -> tuple[int, int]:
    """Source and destination; of IPv6 as many bytes as SQLite can keep."""
    ends = (data[12:16], data[16:20]) if kind == IPV4 else (data[24 - IP_ENDS : 24], data[40 - IP_ENDS : 40])
    return int.from_bytes(ends[0], "big"), int.from_bytes(ends[1], "big")


def _content(data: bytes, at: int, kind: int, length: int) -> tuple[bytearray, bool]:
    """The frame without padding and with empty checksums, and whether it is TCP.

    ``at`` is the offset of the protocol ``kind`` in a frame of ``length`` bytes.
    """
    end = _declared_end(data, at, kind, length)
    body = bytearray(data[:end] if end is not None and at <= end <= length else data)
    if (
        end is None and length <= PADDED_TO
    ):  # padding is zeros (RFC 894); such a frame may end in some of its own
        body = body.rstrip(b"\0")
    if kind not in (IPV4, IPV6):
        return body, False
    protocol, inner = (_ipv4 if kind == IPV4 else _ipv6)(body, at)
    if protocol in CHECKSUM_AT:
        _clear(body, inner + CHECKSUM_AT[protocol])
    return body, protocol == TCP


def _declared_end(data: bytes, at: int, kind: int, length: int) -> int | None:
    """Where the frame ends by its own length field, which padding and trailers do not change."""
    if kind < SMALLEST_ETHERTYPE:
        return at + kind  # IEEE 802.3 clause 3.2.6: the length of the data
    if kind == IPV4:
        return at + _number(data, at + 2) if _number(data, at + 2) else None
    if kind == IPV6:
        payload = _number(data, at + 4)
        return at + 40 + payload if payload or length <= PADDED_TO else None
    if kind in PPPOE:
        return at + 6 + _number(data, at + 4)
    if kind == EAPOL:
        return at + 4 + _number(data, at + 2)
    if kind == ARP and len(data) > at + 5:
        return at + 8 + 2 * data[at + 4] + 2 * data[at + 5]
    return None


def _ipv4(body: bytearray, at: int) -> tuple[int, int]:
    """The protocol that follows and its offset (-1 in later fragments); clears the header's checksum."""
    if len(body) < at + 20:
        return -1, 0
    _clear(body, at + 10)
    first = not _number(body, at + 6) & 0x1FFF
    return (body[at + 9] if first else -1), at + (body[at] & 0xF) * 4


def _ipv6(body: bytearray, at: int) -> tuple[int, int]:
    return (body[at + 6], at + 40) if len(body) >= at + 40 else (-1, 0)


def _clear(body: bytearray, at: int) -> None:
    if len(body) >= at + 2:
        body[at : at + 2] = b"\0\0"
