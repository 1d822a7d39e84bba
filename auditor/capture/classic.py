"""A pcap file in, its records out: both byte orders, micro- and nanoseconds.

The layouts are dpkt's; the reading is ours, because dpkt's reader hides how long a frame was before it was
cut to the snapshot length, and ends quietly where a file is damaged.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import BinaryIO

import dpkt

from auditor.capture.record import LARGEST, CutOffError, DamagedError, Record, without_fcs

MAGICS = {magic.to_bytes(4, "big"): header for magic, header in dpkt.pcap.MAGIC_TO_PKT_HDR.items()}
"""The first four bytes of a file -> the layout of its record headers."""

NANOSECONDS = {
    magic.to_bytes(4, "big") for magic in (dpkt.pcap.TCPDUMP_MAGIC_NANO, dpkt.pcap.PMUDPCT_MAGIC_NANO)
}
LINK_BITS = 0xFFFF
FCS_KNOWN = 0x04000000
"""draft-ietf-opsawg-pcap section 4: bit f of the link type field; the top four bits count 16-bit words."""


def records(file: BinaryIO) -> Iterator[Record]:
    """The records of a pcap file (draft-ietf-opsawg-pcap), which stands at its start.

    Raises CutOffError where the file ends inside a record, DamagedError where a length is impossible.
    """
    head = file.read(dpkt.pcap.FileHdr.__hdr_len__)
    if len(head) < dpkt.pcap.FileHdr.__hdr_len__:
        raise CutOffError
    layout = MAGICS[head[:4]]
    little = layout.__hdr_fmt__.startswith("<")
    link_field = (dpkt.pcap.LEFileHdr if little else dpkt.pcap.FileHdr)(head).linktype
    link = link_field & LINK_BITS
    fcs = (link_field >> 28) * 2 if link_field & FCS_KNOWN else 0
    fraction = 1 if head[:4] in NANOSECONDS else 1000
    header = struct.Struct(layout.__hdr_fmt__)
    while start := file.read(header.size):
        if len(start) < header.size:
            raise CutOffError
        seconds, parts, captured, whole = header.unpack(start)[:4]
        if captured > LARGEST:
            raise DamagedError(f"a frame of {captured} captured bytes")
        data = file.read(captured)
        if len(data) < captured:
            raise CutOffError
        data, length = without_fcs(data, whole, fcs)
        yield Record(data, length, link, seconds * 10**9 + parts * fraction)
