"""What every capture reader gives: records, and the two ways in which a file can end badly."""

from __future__ import annotations

from typing import NamedTuple

LARGEST = 262144
"""Most bytes that a tool captures of one frame (libpcap's MAXIMUM_SNAPLEN); more means a damaged file."""


class Record(NamedTuple):
    """One captured frame.

    ``data`` are its first bytes as far as they were captured, ``length`` all it had on the way, both without
    FCS; ``link`` the link type (https://www.tcpdump.org/linktypes.html), ``time`` in ns since 1970,
    ``interface`` a number for where it was captured.
    """

    data: bytes
    length: int
    link: int
    time: int
    interface: int = 0


class CutOffError(Exception):
    """The file ends inside a record: the tool that wrote it was stopped, or the copy is incomplete."""


class DamagedError(Exception):
    """What stands there cannot be a record; nothing after it can be trusted either."""


def without_fcs(data: bytes, length: int, fcs: int) -> tuple[bytes, int]:
    """``data`` and ``length`` without the ``fcs`` bytes of checksum at the end of the whole frame."""
    length = max(length, len(data))
    if not fcs:
        return data, length
    return data[: max(0, length - fcs)], max(0, length - fcs)
