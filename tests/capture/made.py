"""Frames and capture files made byte by byte: what the readers must read, and what they must refuse."""

from __future__ import annotations

import struct
from collections import Counter
from pathlib import Path

from auditor.capture.observe import observe
from auditor.knowledge import load_knowledge
from auditor.model import Observation

PROTOCOLS = load_knowledge().protocols
NEAR, FAR = bytes.fromhex("02bb00000001"), bytes.fromhex("02bb00000002")
TYPE = 0x88B5  # local experimental, IEEE 802-2014 clause 9


def frame(length: int, number: int = 0, kind: int = TYPE, sender: bytes = NEAR, target: bytes = FAR) -> bytes:
    """A frame of ``length`` bytes (16 or more) whose content is ``number``; its last byte is not zero."""
    head = target + sender + struct.pack("!H", kind)
    return head + (struct.pack("!H", number) * length)[: length - 15] + b"\xff"


def tagged(untagged: bytes, vlan: int = 5) -> bytes:
    return untagged[:12] + struct.pack("!HH", 0x8100, vlan) + untagged[12:]


def udp(length: int, number: int = 0) -> bytes:
    """IPv4 UDP of ``length`` bytes in Ethernet (42 or more), without checksums."""
    packet = (
        struct.pack("!HHHH", 5000, 6000, length - 34, 0) + (struct.pack("!I", number) * length)[: length - 42]
    )
    head = struct.pack("!BBHHHBBH", 0x45, 0, length - 14, number & 0xFFFF, 0, 64, 17, 0)
    return FAR + NEAR + b"\x08\x00" + head + bytes([192, 0, 2, 1, 192, 0, 2, 2]) + packet


def pcap(
    *frames: bytes, order: str = "<", magic: int = 0xA1B2C3D4, link: int = 1, snapshot: int = 65535
) -> bytes:
    """A pcap file; frames are cut to ``snapshot`` bytes."""
    data = struct.pack(order + "IHHiIII", magic, 2, 4, 0, 0, snapshot, link)
    for second, one in enumerate(frames):
        data += struct.pack(order + "IIII", second, 5, len(one[:snapshot]), len(one)) + one[:snapshot]
    return data


def block(kind: int, body: bytes, order: str = "<") -> bytes:
    body += bytes(-len(body) % 4)
    size = struct.pack(order + "I", len(body) + 12)
    return struct.pack(order + "I", kind) + size + body + size


def section(order: str = "<") -> bytes:
    return block(0x0A0D0D0A, struct.pack(order + "IHHq", 0x1A2B3C4D, 1, 0, -1), order)


def interface(link: int = 1, snapshot: int = 0, order: str = "<", options: bytes = b"") -> bytes:
    return block(1, struct.pack(order + "HHI", link, 0, snapshot) + options, order)


def enhanced(
    one: bytes, number: int = 0, order: str = "<", captured: int | None = None, ticks: int = 0
) -> bytes:
    kept = one[:captured]
    head = struct.pack(order + "IIIII", number, ticks >> 32, ticks & 0xFFFFFFFF, len(kept), len(one))
    return block(6, head + kept, order)


def pcapng(*frames: bytes, order: str = "<") -> bytes:
    blocks = [enhanced(one, order=order, ticks=second) for second, one in enumerate(frames)]
    return section(order) + interface(order=order) + b"".join(blocks)


def observed(folder: Path, sent: bytes, received: bytes) -> Observation:
    """What two files of these contents show."""
    (folder / "sent").write_bytes(sent)
    (folder / "received").write_bytes(received)
    return observe(folder / "sent", folder / "received", PROTOCOLS, lambda text: None)


def lost(found: Observation) -> dict[int, int]:
    """How many frames of each length did not arrive."""
    return dict(sum((Counter({c.length: c.lost}) for c in found.cells), Counter[int]()))
