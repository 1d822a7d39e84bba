"""Two captures in, what is lost and whether length is why: on made captures with a known answer."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from auditor.capture.observe import observe
from auditor.model import Threshold
from tests.capture import exchange, made
from tests.capture.made import frame, lost, observed, pcap, pcapng, udp


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


def test_nothing_lost(tmp_path: Path) -> None:
    found = observed(tmp_path, pcap(frame(20), frame(60)), pcapng(frame(60), frame(20)))
    assert (found.verdict, found.thresholds, found.lost) == ("nothing lost", (), 0)


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
