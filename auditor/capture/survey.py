"""A capture file in, what it holds as a whole out: how many frames, of which link, cut to how many bytes."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator

import msgspec

from auditor.capture.reading import Capture
from auditor.capture.record import Record
from auditor.model import ETHERNET_HEADER, NothingAnalysed, UsageError

UNITS = {1: "L2", 12: "L3", 14: "L3", 101: "L3", 228: "L3", 229: "L3"}
"""Link types that start with an Ethernet or an IP header; 12 and 14 are what raw IP is on some systems
(https://www.tcpdump.org/linktypes.html)."""

UNFIT = {
    0: "BSD loopback", 105: "802.11", 108: "OpenBSD loopback", 113: "Linux cooked", 127: "802.11 radiotap",
    276: "Linux cooked",
}  # fmt: skip
SHORTEST = {"L2": ETHERNET_HEADER, "L3": 1}
LEAST_CUT = 48
"""Captured bytes of a frame that must be left to tell it from others: headers of Ethernet, two tags, IPv4."""

OFTEN = 20_000
Progress = Callable[[str], None]


class Survey(msgspec.Struct, frozen=True):
    """One capture as a whole.

    ``unit`` is L2 (lengths count from the Ethernet header) or L3 (from the IP header). ``cut`` is the
    fewest bytes that were captured of a frame that was longer, None when all were captured whole;
    ``shortened`` is how many were not. ``fragments`` are shorter than their link's header. ``interfaces``
    is on how many the frames were captured. ``print`` is equal for two captures that hold the same frames
    at the same times.
    """

    capture: Capture
    frames: int
    fragments: int
    interfaces: int
    unit: str
    cut: int | None
    shortened: int
    print: bytes
    cut_off: str = ""

    def records(self) -> Iterator[Record]:
        """The frames again, without the fragments, with lengths as they were before any cut."""
        return (record for record in self.capture if record.length >= SHORTEST[self.unit])


def survey(capture: Capture, progress: Progress) -> Survey:
    """Read the whole file once.

    Raises UsageError for link types that are mixed or have no Ethernet or IP header, NothingAnalysed for a
    file without frames, and what reading it raises.
    """
    links: set[int] = set()
    interfaces: set[int] = set()
    frames = fragments = shortened = 0
    cut: int | None = None
    digest = hashlib.blake2b(digest_size=16)
    for record in capture:
        frames += 1
        links.add(record.link)
        interfaces.add(record.interface)
        digest.update(b"%d %d %d " % (record.time, record.length, len(record.data)) + record.data)
        fragments += record.length < SHORTEST.get(UNITS.get(record.link, ""), 0)
        if len(record.data) < record.length:
            shortened += 1
            cut = min(cut or len(record.data), len(record.data))
        if not frames % OFTEN:
            progress(f"{capture.path}: {frames} frames")
    unit = _unit(capture, links)
    if cut is not None and cut < LEAST_CUT:
        raise NothingAnalysed(
            f"{capture.path}: only {cut} bytes of some frames were captured, too few to recognise them",
            "capture whole frames: tcpdump -s 0",
        )
    return Survey(
        capture, frames, fragments, len(interfaces), unit, cut, shortened, digest.digest(), capture.cut_off
    )


def _unit(capture: Capture, links: set[int]) -> str:
    """The one unit of all links. Raises when there are none or several."""
    if not links:
        raise NothingAnalysed(f"{capture.path}: the capture holds no frame")
    for link in sorted(links - set(UNITS)):
        name = f"{UNFIT[link]} (link type {link})" if link in UNFIT else f"link type {link}"
        raise UsageError(
            f"{capture.path}: {name} has neither an Ethernet nor an IP header in front",
            "capture on the network adapter itself, not on all adapters at once",
        )
    units = {UNITS[link] for link in links}
    if len(units) > 1:
        raise UsageError(
            f"{capture.path}: mixes link types: frames with an Ethernet header and frames without",
            "keep the frames of one interface",
        )
    return units.pop()
