"""What a capture as a whole is good for: cut, damaged, mixed, empty, the same one twice."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from auditor.capture.observe import observe
from auditor.model import LenauditError, NothingAnalysed, UsageError
from tests.capture import exchange, made
from tests.capture.made import frame, lost, observed, pcap, pcapng, tagged, udp


def test_a_capture_that_ends_early_is_used_and_said(tmp_path: Path) -> None:
    found = observed(tmp_path, pcap(frame(20), frame(60), frame(70))[:-1], pcap(frame(60)))
    assert lost(found) == {20: 1}
    assert "the file ends in the middle of record 3" in found.remarks[0]


def test_a_capture_of_two_interfaces_is_used_and_said(tmp_path: Path) -> None:
    two = made.section() + made.interface() * 2 + made.enhanced(frame(20)) + made.enhanced(frame(60), 1)
    found = observed(tmp_path, two, pcap(frame(60)))
    assert lost(found) == {20: 1}
    assert found.remarks[0].endswith("frames of 2 interfaces; one that is on two counts twice")


REFUSED = {
    "no common frame": (pcap(frame(60)), pcap(frame(60, 1)), NothingAnalysed, "no frame of .* is in "),
    "no frame": (pcap(), pcap(frame(60)), NothingAnalysed, "sent: the capture holds no frame"),
    "no frame, pcapng": (pcap(frame(60)), pcapng(), NothingAnalysed, "received: the capture holds no frame"),
    "one capture, copied": (pcap(frame(60)), pcap(frame(60)), UsageError, "they are one capture"),
    "one capture, converted": (
        pcap(frame(60), magic=0xA1B23C4D),
        made.section()
        + made.interface(options=struct.pack("<HHB3xHH", 9, 1, 9, 0, 0))
        + made.enhanced(frame(60), ticks=5),
        UsageError,
        "they are one capture",
    ),
    "mixed link types in one": (
        made.section()
        + made.interface()
        + made.interface(101)
        + made.enhanced(frame(60))
        + made.enhanced(udp(60)[14:], 1),
        pcap(frame(60)),
        UsageError,
        "sent: mixes link types",
    ),
    "different link types": (
        pcap(udp(60)),
        pcap(udp(60)[14:], link=101),
        UsageError,
        "sent holds Ethernet frames, .*received IP packets without",
    ),
    "cooked": (pcap(frame(60)), pcap(frame(60), link=113), UsageError, r"Linux cooked \(link type 113\)"),
    "an unknown link": (pcap(frame(60), link=147), pcap(frame(60)), UsageError, "link type 147 has neither"),
    "cut too short": (
        pcap(frame(60), snapshot=20),
        pcap(frame(60)),
        NothingAnalysed,
        "only 20 bytes of some frames were captured",
    ),
    "damaged": (pcap(frame(60)), b"\0" * 99, NothingAnalysed, "received: is no capture"),
}


@pytest.mark.parametrize(("sent", "received", "error", "words"), REFUSED.values(), ids=REFUSED)
def test_captures_that_cannot_be_compared(
    sent: bytes, received: bytes, error: type[Exception], words: str, tmp_path: Path
) -> None:
    with pytest.raises(error, match=words):
        observed(tmp_path, sent, received)


def test_one_file_given_twice(tmp_path: Path) -> None:
    path = exchange.save(tmp_path / "c", exchange.EXCHANGE)
    (tmp_path / "link").symlink_to(path)
    with pytest.raises(UsageError, match="given as both captures"):
        observe(path, tmp_path / "link", made.PROTOCOLS, lambda text: None)


def test_frames_shorter_than_their_header_are_left_out(tmp_path: Path) -> None:
    found = observed(tmp_path, pcap(b"\1" * 10, frame(20), frame(60)), pcap(frame(60), b"\1" * 3))
    assert (lost(found), found.sent_frames) == ({20: 1}, 3)
    assert found.remarks[0].endswith("frames shorter than their header, left out: 1")


@settings(deadline=None)
@given(
    some.lists(some.tuples(some.integers(0, 300), some.integers(0, 255)), max_size=5), some.integers(0, 10**6)
)
def test_a_damaged_capture_gives_an_answer_or_an_error(
    tmp_path_factory: pytest.TempPathFactory, edits: list[tuple[int, int]], end: int
) -> None:
    whole = pcapng(udp(60, 1), tagged(frame(40)), frame(33))
    damaged = bytearray(whole)
    for at, byte in edits:
        damaged[at % len(damaged)] = byte
    try:
        found = observed(
            tmp_path_factory.getbasetemp(), pcap(udp(60, 1), frame(20)), bytes(damaged[: end % 999])
        )
    except LenauditError:
        return
    assert sum(c.sent for c in found.cells) + found.opposite == 2
