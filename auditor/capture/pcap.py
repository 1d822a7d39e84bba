"""Frames come in, the bytes of a capture that any analyser opens go out."""

from __future__ import annotations

import struct
from collections.abc import Iterable

MAGIC = 0xA1B2C3D4  # microsecond timestamps, in this machine-independent little-endian form
LINKTYPE_ETHERNET = 1  # https://www.tcpdump.org/linktypes.html
SNAPSHOT = 262144


def capture_of(frames: Iterable[bytes]) -> bytes:
    """A capture of ``frames`` (from the destination address, without FCS), one a second from time 0.

    The format is that of draft-ietf-opsawg-pcap, version 2.4.
    """
    records = [struct.pack("<IHHiIII", MAGIC, 2, 4, 0, 0, SNAPSHOT, LINKTYPE_ETHERNET)]
    for second, frame in enumerate(frames):
        records.append(struct.pack("<IIII", second, 0, len(frame), len(frame)) + frame)
    return b"".join(records)
