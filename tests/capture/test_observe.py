"""Two captures in, what is lost and whether length is why: on made captures with a known answer."""

from __future__ import annotations

import struct
import tracemalloc
from collections import Counter
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from auditor.capture.frames import build
from auditor.capture.matching import TABLES
from auditor.capture.observe import observe
from auditor.knowledge import Sample
from auditor.model import LenauditError, NothingAnalysed, Observation, Threshold, UsageError
from tests.capture import exchange, made
from tests.capture.made import frame, observed, pcap, pcapng, tagged, udp


def lost(found: Observation) -> dict[int, int]:
    return dict(sum((Counter({c.length: c.lost}) for c in found.cells), Counter[int]()))


def run(length: int, count: int, start: int = 0) -> list[bytes]:
    return [frame(length, start + n) for n in range(count)]


def test_the_story(tmp_path: Path) -> None:
    found = observe(*exchange.story(tmp_path), made.PROTOCOLS, lambda text: None)
    assert (found.verdict, found.unexplained, found.remarks) == ("length", 0, ())
    assert found.thresholds == (Threshold("minimum", 33, 36, (), 3),)
    (cell,) = (cell for cell in found.cells if cell.lost)
    assert (cell.frame_class, cell.length, cell.lost, cell.different) == ("pppoe-session", 32, 3, 1)
    assert exchange.EXCHANGE[cell.first - 1] == exchange.CONFIGURE_ACK
    assert found.opposite == 11, "the server's own frames of 32 bytes came the other way"


def test_a_minimum_and_a_maximum(tmp_path: Path) -> None:
    sizes = (20, 33, 34, 60, 1514, 1515, 1518)
    frames = [frame(size, n) for n in range(3) for size in sizes]
    found = observed(tmp_path, pcap(*frames), pcap(*(f for f in frames if 34 <= len(f) <= 1514)))
    assert found.verdict == "length"
    assert found.thresholds == (
        Threshold("minimum", 34, 34, (), 6),
        Threshold("maximum", 1515, 1515, (), 6),
    )


def test_order_and_clocks_play_no_part(tmp_path: Path) -> None:
    frames = [frame(size, n) for n in range(3) for size in (20, 40)]
    kept = [f for f in frames if len(f) == 40][::-1]
    found = observed(tmp_path, pcapng(*frames), pcap(*kept, magic=0xA1B23C4D, order=">"))
    assert lost(found) == {20: 3}
    assert found.verdict == "length"


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


def test_raw_ip_counts_from_the_ip_header(tmp_path: Path) -> None:
    packets = [udp(size)[14:] for size in (48, 100, 200)]
    found = observed(tmp_path, pcap(*packets, link=101), pcap(*packets[1:], link=228))
    assert (found.unit, lost(found)) == ("L3", {34: 1})
    assert found.thresholds == (Threshold("minimum", 35, 86, (), 1),)


def test_a_class_may_have_a_limit_of_its_own(tmp_path: Path) -> None:
    sent = [udp(size, n) for n in range(2) for size in (46, 50, 60)] + run(20, 5) + run(100, 5)
    found = observed(
        tmp_path, pcap(*sent), pcap(*(f for f in sent if f[12:14] != b"\x08\x00" or len(f) > 50))
    )
    assert found.verdict == "length"
    assert found.thresholds == (Threshold("minimum", 51, 60, ("ipv4",), 4),)


def test_random_loss_is_not_length(tmp_path: Path) -> None:
    frames = [frame(60 + n % 40, n) for n in range(400)]
    found = observed(tmp_path, pcap(*frames), pcap(*(f for n, f in enumerate(frames) if n % 7)))
    assert (found.verdict, found.thresholds) == ("not length", ())


def test_length_with_some_random_loss_is_length_in_part(tmp_path: Path) -> None:
    frames = [frame(20 + n % 40, n) for n in range(400)]
    kept = [f for n, f in enumerate(frames) if len(f) >= 34 and n % 50 != 49]
    found = observed(tmp_path, pcap(*frames), pcap(*kept))
    assert (found.verdict, found.unexplained) == ("partly length", 5)
    assert found.thresholds == (Threshold("minimum", 34, 34, (), 140),)


def test_one_short_frame_among_much_loss_may_be_chance(tmp_path: Path) -> None:
    frames = [frame(60, 99), frame(40), *(frame(60, n) for n in range(10))]
    kept = [frames[0], *frames[7:]]
    assert observed(tmp_path, pcap(*frames), pcap(*kept)).verdict == "not length"


def test_a_class_that_never_arrives_is_no_matter_of_length(tmp_path: Path) -> None:
    sent = [*run(30, 4), *run(100, 4), udp(60), udp(80), frame(30, 9)]
    found = observed(tmp_path, pcap(*sent), pcap(*(f for f in sent if f[12:14] != b"\x08\x00")))
    assert (found.verdict, found.unexplained) == ("not length", 2)


def test_another_stations_frames_are_set_aside(tmp_path: Path) -> None:
    stranger = [frame(60, n, sender=b"\x02\xcc" + bytes(4)) for n in range(3)]
    sent = [frame(20), frame(40, 1), *stranger, frame(20, 2), frame(60, 3)]
    found = observed(tmp_path, pcap(*sent), pcap(sent[1], sent[-1]))
    assert (found.verdict, found.thresholds) == ("length", (Threshold("minimum", 21, 40, (), 2),))
    assert found.remarks == (
        "lost frames from stations of which no frame arrives, which may not be on the way: 3",
    )


def test_losses_outside_the_common_time_are_set_aside(tmp_path: Path) -> None:
    sent = [frame(80, 1), frame(40, 2), frame(20, 3), frame(60, 4), frame(70, 5), frame(71, 6)]
    found = observed(tmp_path, pcap(*sent), pcap(sent[1], sent[3]))
    assert (found.verdict, found.thresholds) == ("length", (Threshold("minimum", 21, 40, (), 1),))
    assert [(remark[:28], remark[-3:]) for remark in found.remarks] == [
        ("lost frames sent before the ", ": 1"),
        ("lost frames sent after the l", ": 2"),
    ]


def test_a_limit_that_rests_on_the_last_frames_says_so(tmp_path: Path) -> None:
    found = observed(tmp_path, pcap(frame(40), frame(20), frame(20)), pcap(frame(40)))
    assert (found.verdict, found.thresholds) == ("length", (Threshold("minimum", 21, 40, (), 2),))
    assert "the limit rests on such frames only" in found.remarks[-1]


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


def test_nothing_lost(tmp_path: Path) -> None:
    found = observed(tmp_path, pcap(frame(20), frame(60)), pcapng(frame(60), frame(20)))
    assert (found.verdict, found.thresholds, found.lost) == ("nothing lost", (), 0)


def test_a_capture_that_ends_early_is_used_and_said(tmp_path: Path) -> None:
    found = observed(tmp_path, pcap(frame(20), frame(60), frame(70))[:-1], pcap(frame(60)))
    assert lost(found) == {20: 1}
    assert "the file ends in the middle of record 3" in found.remarks[0]


def test_a_capture_of_two_interfaces_is_used_and_said(tmp_path: Path) -> None:
    two = made.section() + made.interface() * 2 + made.enhanced(frame(20)) + made.enhanced(frame(60), 1)
    found = observed(tmp_path, two, pcap(frame(60)))
    assert lost(found) == {20: 1}
    assert found.remarks[0].endswith("frames of 2 interfaces; one that is on two counts twice")


def test_no_room_for_the_frames_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("auditor.capture.matching.TABLES", f"{TABLES} PRAGMA max_page_count = 2;")
    many = [frame(60 + n % 9, n) for n in range(500)]
    with pytest.raises(LenauditError, match="full") as caught:
        observed(tmp_path, pcap(*many), pcap(*many[1:]))
    assert "temporary files" in caught.value.hint


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


def peak(folder: Path, number: int) -> int:
    """The most memory, in bytes, that Python holds while so many frames are compared."""
    frames = [frame(20 + n % 80, n) for n in range(number)]
    (folder / "a").write_bytes(pcap(*frames))
    (folder / "b").write_bytes(pcap(*(f for f in frames if len(f) >= 34)))
    del frames
    tracemalloc.start()
    observe(folder / "a", folder / "b", made.PROTOCOLS, lambda text: None)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return most


def test_memory_does_not_grow_with_the_frames(tmp_path: Path) -> None:
    """Frames wait in the database, whose own memory is bounded by its cache."""
    peak(tmp_path, 200)
    assert peak(tmp_path, 4000) < peak(tmp_path, 500) + 50_000


def test_who_loses_nothing_and_sends_to_who_does_is_on_the_other_side(tmp_path: Path) -> None:
    back = [frame(20, n, sender=made.FAR, target=made.NEAR) for n in range(3)]
    sent = [frame(60, 1), *back, frame(30, 2), frame(61, 3)]
    found = observed(tmp_path, pcap(*sent), pcap(sent[0], *back, sent[-1]))
    assert (found.opposite, found.thresholds) == (3, (Threshold("minimum", 31, 60, (), 1),))


def test_nothing_of_a_sender_arrives(tmp_path: Path) -> None:
    """What the other side sends says nothing about this direction."""
    back = [frame(20, n, sender=made.FAR, target=made.NEAR) for n in range(3)]
    found = observed(tmp_path, pcap(frame(30), frame(60), *back), pcap(*back))
    assert (found.verdict, found.thresholds, found.opposite) == ("not length", (), 3)
    assert lost(found) == {30: 1, 60: 1}


def test_senders_can_be_named(tmp_path: Path) -> None:
    other = [frame(20, n, sender=b"\x02\xdd" + bytes(4)) for n in range(3)]
    sent = [frame(60, 1), *other, frame(30, 2), frame(61, 3)]
    (tmp_path / "a").write_bytes(pcap(*sent))
    (tmp_path / "b").write_bytes(pcap(sent[0], *other, sent[-1]))

    def of(*senders: str) -> Observation:
        return observe(tmp_path / "a", tmp_path / "b", made.PROTOCOLS, lambda text: None, senders)

    assert of().verdict == "not length"
    assert (of("02-BB-00-00-00-01").verdict, of("02:bb:00:00:00:01").opposite) == ("length", 3)
    assert of("02dd.0000.0000").verdict == "nothing lost"
    with pytest.raises(UsageError, match="no frame comes from 02:00:00:00:00:09"):
        of("02:00:00:00:00:09")
    with pytest.raises(UsageError, match=r"192\.0\.2\.1: is not a MAC address"):
        of("192.0.2.1")


def test_senders_without_an_ethernet_header_are_named_by_ip(tmp_path: Path) -> None:
    packets = [udp(size)[14:] for size in (48, 100, 200)]
    (tmp_path / "a").write_bytes(pcap(*packets, link=101))
    (tmp_path / "b").write_bytes(pcap(*packets[1:], link=101))
    found = observe(tmp_path / "a", tmp_path / "b", made.PROTOCOLS, lambda text: None, ["192.0.2.1"])
    assert lost(found) == {34: 1}
    with pytest.raises(UsageError, match="is not an IP address"):
        observe(tmp_path / "a", tmp_path / "b", made.PROTOCOLS, lambda text: None, ["02:bb:00:00:00:01"])


@settings(deadline=None)
@given(
    minimum=some.integers(16, 80),
    maximum=some.integers(100, 200),
    lengths=some.lists(some.integers(16, 220), min_size=1, max_size=40),
    copies=some.integers(1, 3),
    pads=some.booleans(),
    order=some.randoms(use_true_random=False),
)
def test_the_limit_of_a_link_lies_where_it_is_said(
    tmp_path_factory: pytest.TempPathFactory,
    minimum: int,
    maximum: int,
    lengths: list[int],
    copies: int,
    pads: bool,
    order: Random,
) -> None:
    """A link that drops below a minimum and above a maximum, may pad, and delivers in any order."""
    sent = [frame(90), *(frame(size, n) for n, size in enumerate(lengths) for _ in range(copies))]
    kept = [f for f in sent if minimum <= len(f) <= maximum]
    order.shuffle(kept)
    padded = [f.ljust(60, b"\0") if pads else f for f in kept]
    found = observed(tmp_path_factory.getbasetemp(), pcap(*sent), pcapng(*padded))
    assert sum(lost(found).values()) == found.lost == len(sent) - len(kept)
    assert set(lost(found)) == {len(f) for f in sent} - {len(f) for f in kept}
    assert found.verdict == ("length" if found.lost else "nothing lost")
    for limit in found.thresholds:
        assert limit.low <= (minimum if limit.kind == "minimum" else maximum + 1) <= limit.high


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
