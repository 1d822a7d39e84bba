"""Which frames of two captures count as one: padded, tagged, cut, filled in on the way."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest

from auditor.capture.frames import build
from auditor.knowledge import Sample
from auditor.model import Threshold
from tests.capture import made
from tests.capture.made import frame, lost, observed, pcap, tagged, udp


def test_frames_padded_on_the_way_arrive(tmp_path: Path) -> None:
    arp = struct.pack("!HHBBH", 1, 0x0800, 6, 4, 1) + bytes(20)
    frames = [frame(30), udp(44), made.FAR + made.NEAR + b"\x08\x06" + arp, frame(20)]
    kept = [f.ljust(60, b"\0") for f in frames[:1]] + [f.ljust(60, b"\xee") for f in frames[1:3]]
    found = observed(tmp_path, pcap(*frames), pcap(*kept))
    assert lost(found) == {20: 1}
    assert (found.padded, found.unexpected) == (3, 0)
    assert found.thresholds == (Threshold("minimum", 21, 30, (), 1),)


DECLARED = [
    one for one in made.PROTOCOLS.samples if one.length < 60 and one.frame_class not in ("other", "lldp")
]


@pytest.mark.parametrize("sample", DECLARED, ids=[one.id for one in DECLARED])
def test_what_a_frame_declares_is_all_that_counts(sample: Sample, tmp_path: Path) -> None:
    """A wire may pad with anything, and a capture may end in a checksum."""
    whole = build(sample)
    found = observed(tmp_path, pcap(frame(20), whole), pcap(whole.ljust(64, b"\xa5")))
    assert (lost(found), found.padded, found.unexpected) == ({20: 1}, 1, 0)


def test_zeros_at_the_end_of_a_long_frame_count(tmp_path: Path) -> None:
    short = frame(80)
    found = observed(tmp_path, pcap(short, frame(60, 1)), pcap(short.ljust(90, b"\0"), frame(60, 1)))
    assert (lost(found), found.unexpected) == ({80: 1}, 1)


def test_frames_of_zeros_are_not_guessed_at(tmp_path: Path) -> None:
    """A sweep over lengths with nothing but zeros: padded to 60, one cannot be told from the other."""
    head = made.FAR + made.NEAR + struct.pack("!H", made.TYPE)
    sweep = [head.ljust(size, b"\0") for size in (20, 30, 40)]
    found = observed(tmp_path, pcap(*sweep, frame(60)), pcap(sweep[0].ljust(60, b"\0"), frame(60)))
    assert (found.undecided, lost(found)) == (3, {})
    assert "nothing tells which" in found.remarks[-1]
    unpadded = observed(tmp_path, pcap(*sweep, frame(60)), pcap(sweep[2], frame(60)))
    assert (unpadded.undecided, lost(unpadded)) == (0, {20: 1, 30: 1})


def test_retransmissions_are_counted(tmp_path: Path) -> None:
    found = observed(tmp_path, pcap(frame(20), *[frame(40)] * 3), pcap(frame(40)))
    assert lost(found) == {20: 1, 40: 2}
    assert [(c.sent, c.arrived, c.different) for c in found.cells] == [(1, 0, 1), (3, 1, 1)]
    duplicated = observed(tmp_path, pcap(frame(20), frame(40)), pcap(*[frame(40)] * 3))
    assert (lost(duplicated), duplicated.unexpected) == ({20: 1}, 2)


def test_checksums_that_the_adapter_fills_in_do_not_matter(tmp_path: Path) -> None:
    whole = bytearray(udp(60))
    whole[24:26], whole[40:42] = b"\x12\x34", b"\x56\x78"
    found = observed(tmp_path, pcap(udp(60), frame(20)), pcap(bytes(whole)))
    assert (lost(found), found.padded) == ({20: 1}, 0)


def test_a_tag_that_hardware_takes_off_does_not_matter(tmp_path: Path) -> None:
    frames = [tagged(frame(60)), tagged(udp(60)), frame(20), tagged(frame(70, 7))]
    found = observed(tmp_path, pcap(*frames), pcap(frame(60), udp(60), tagged(frame(70, 7))))
    assert (lost(found), found.retagged) == ({20: 1}, 2)
    assert {c.length for c in found.cells if c.frame_class == "vlan"} == {64, 74}


@pytest.mark.parametrize("cut", [(64, 65535), (65535, 64), (64, 96)], ids=["sender", "receiver", "both"])
def test_captures_cut_to_a_snapshot_are_compared_by_what_is_left(
    cut: tuple[int, int], tmp_path: Path
) -> None:
    frames = [frame(size, n) for n, size in enumerate((1514, 1518, 1515, 200, 100, 90))] + [
        tagged(udp(300, 1))
    ]
    kept = [f for f in frames if len(f) <= 1514]
    found = observed(tmp_path, pcap(*frames, snapshot=cut[0]), pcap(*kept, snapshot=cut[1]))
    assert lost(found) == {1515: 1, 1518: 1}
    assert found.thresholds == (Threshold("maximum", 1515, 1515, (), 2),)
    assert "captured in part, at least 64 bytes of each: " in found.remarks[0]


def test_a_tag_lost_from_a_cut_frame_does_not_matter(tmp_path: Path) -> None:
    frames = [tagged(udp(300, n)) for n in range(2)]
    kept = [udp(300, n) for n in range(2)]
    found = observed(tmp_path, pcap(*frames, frame(20), snapshot=64), pcap(*kept, snapshot=64))
    assert (lost(found), found.retagged) == ({20: 1}, 2)


def tcp(length: int, number: int) -> bytes:
    head = struct.pack("!BBHHHBBH", 0x45, 0, length - 14, number, 0, 64, 6, 0) + bytes(8)
    return made.FAR + made.NEAR + b"\x08\x00" + head + bytes([number]) * (length - 34)


OFFLOADS = {
    "cut on the way out": ([tcp(9000, 1)], [tcp(1514, 2)]),
    "joined on the way in": ([tcp(1514, 1), tcp(900, 2)], [tcp(2374, 3)]),
}


@pytest.mark.parametrize(("sent", "received"), OFFLOADS.values(), ids=OFFLOADS)
def test_tcp_that_an_adapter_cut_or_joined_is_set_aside(
    sent: list[bytes], received: list[bytes], tmp_path: Path
) -> None:
    around = [udp(60, 1), udp(61, 2)]
    found = observed(tmp_path, pcap(frame(20), *sent, *around), pcap(*received, *around))
    assert found.thresholds == (Threshold("minimum", 21, 60, (), 1),)
    assert [remark[-3:] for remark in found.remarks if "segmentation offload" in remark] == [f": {len(sent)}"]
