"""The exchange of the story: PPPoE over a virtual adapter that loses one frame, and captures of both ends."""

from __future__ import annotations

import struct
from pathlib import Path

import dpkt

CLIENT, SERVER, EVERYBODY = bytes.fromhex("02aa00000001"), bytes.fromhex("02aa00000002"), b"\xff" * 6
LCP, PAP, IPCP = 0xC021, 0xC023, 0x8021
REQUEST, ACK, NAK = 1, 2, 3
SKEW = 7.25
"""Seconds that the server's clock is ahead."""


def ethernet(target: bytes, sender: bytes, kind: int, payload: bytes) -> bytes:
    return target + sender + struct.pack("!H", kind) + payload


def discovery(target: bytes, sender: bytes, code: int, *tags: tuple[int, bytes], session: int = 0) -> bytes:
    """RFC 2516 section 5: PADI 0x09, PADO 0x07, PADR 0x19, PADS 0x65, PADT 0xa7."""
    content = b"".join(struct.pack("!HH", tag, len(data)) + data for tag, data in tags)
    return ethernet(target, sender, 0x8863, struct.pack("!BBHH", 0x11, code, session, len(content)) + content)


def ppp(sender: bytes, protocol: int, code: int, number: int, content: bytes) -> bytes:
    """RFC 1661 section 5 in RFC 2516 section 6, to the other of the two."""
    packet = struct.pack("!HBBH", protocol, code, number, 4 + len(content)) + content
    target = SERVER if sender == CLIENT else CLIENT
    return ethernet(target, sender, 0x8864, struct.pack("!BBHH", 0x11, 0, 1, len(packet)) + packet)


def address(kind: int, last: int) -> bytes:
    """An IPCP option: IP-Address 3 (RFC 1332), primary and secondary DNS 129 and 131 (RFC 1877)."""
    return bytes([kind, 6, 192, 0, 2, last])


NAME, UNIQUE, COOKIE = (0x0101, b""), (0x0103, bytes(range(8))), (0x0104, bytes(16))
OURS = b"\x01\x04\x05\xd4" + b"\x05\x06\x12\x34\x56\x78"  # MRU 1492, a magic number
THEIRS = OURS[:4] + b"\x03\x04\xc0\x23" + b"\x05\x06\x87\x65\x43\x21"  # and PAP
WANTED = address(3, 10) + address(129, 53) + address(131, 54)
OFFER = address(3, 1)  # the server's own address, and nothing else: 32 bytes
CONFIGURE_ACK = ppp(CLIENT, IPCP, ACK, 1, OFFER)

EXCHANGE: tuple[bytes, ...] = (
    discovery(EVERYBODY, CLIENT, 0x09, NAME, UNIQUE),
    discovery(CLIENT, SERVER, 0x07, NAME, UNIQUE, (0x0102, b"concentrator"), COOKIE),
    discovery(SERVER, CLIENT, 0x19, NAME, UNIQUE, COOKIE),
    discovery(CLIENT, SERVER, 0x65, NAME, UNIQUE, session=1),
    ppp(CLIENT, LCP, REQUEST, 1, OURS),
    ppp(SERVER, LCP, REQUEST, 1, THEIRS),
    ppp(CLIENT, LCP, ACK, 1, THEIRS),
    ppp(SERVER, LCP, ACK, 1, OURS),
    ppp(CLIENT, PAP, REQUEST, 1, b"\x0asubscriber\x06secret"),
    ppp(SERVER, PAP, ACK, 1, b"\x00"),
    ppp(CLIENT, IPCP, REQUEST, 1, address(3, 0) + address(129, 0) + address(131, 0)),
    ppp(SERVER, IPCP, NAK, 1, WANTED),
    ppp(CLIENT, IPCP, REQUEST, 2, WANTED),
    ppp(SERVER, IPCP, ACK, 2, WANTED),
    *(ppp(SERVER, IPCP, REQUEST, 1, OFFER), CONFIGURE_ACK) * 3,  # asked again until it gives up
    discovery(CLIENT, SERVER, 0xA7, COOKIE, session=1),
    discovery(EVERYBODY, CLIENT, 0x09, NAME, (0x0103, bytes(range(8, 16)))),
)


def save(path: Path, frames: tuple[bytes, ...], start: float = 1_700_000_000.0, nano: bool = False) -> Path:
    """A pcap of ``frames``, one each 50 ms."""
    with path.open("wb") as file:
        writer = dpkt.pcap.Writer(file, snaplen=262144, nano=nano)
        writer.writepkts((start + number / 20, frame) for number, frame in enumerate(frames))
    return path


def story(folder: Path) -> tuple[Path, Path]:
    """What the client captured, and what the server did: all but the Configure-Ack."""
    sent = save(folder / "client.pcap", EXCHANGE)
    arrived = tuple(frame for frame in EXCHANGE if frame != CONFIGURE_ACK)
    return sent, save(folder / "server.pcap", arrived, 1_700_000_000.0 + SKEW)
