"""Write frames as a capture that any analyser opens."""

from __future__ import annotations

import struct
from collections.abc import Iterable
from pathlib import Path

MAGIC = 0xA1B2C3D4  # microsecond timestamps, in this machine-independent little-endian form
LINKTYPE_ETHERNET = 1  # https://www.tcpdump.org/linktypes.html
SNAPSHOT = 262144


def write_pcap(path: str | Path, frames: Iterable[bytes]) -> None:
    """Write ``frames`` (from the destination address, without FCS) to ``path``, one a second from time 0.

    The format is that of draft-ietf-opsawg-pcap, version 2.4. Raises OSError when ``path`` cannot be written.
    """
    records = [struct.pack("<IHHiIII", MAGIC, 2, 4, 0, 0, SNAPSHOT, LINKTYPE_ETHERNET)]
    for second, frame in enumerate(frames):
        records.append(struct.pack("<IIII", second, 0, len(frame), len(frame)) + frame)
    Path(path).write_bytes(b"".join(records))
