"""Whose frames are compared, where they wait, and what is set aside as another sender's."""

from __future__ import annotations

import tracemalloc
from pathlib import Path

import pytest

from auditor.capture.matching import TABLES
from auditor.capture.observe import observe
from auditor.model import LenauditError, Observation, Threshold, UsageError
from tests.capture import made
from tests.capture.made import frame, lost, observed, pcap, udp


def test_no_room_for_the_frames_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("auditor.capture.matching.TABLES", f"{TABLES} PRAGMA max_page_count = 2;")
    many = [frame(60 + n % 9, n) for n in range(500)]
    with pytest.raises(LenauditError, match="full") as caught:
        observed(tmp_path, pcap(*many), pcap(*many[1:]))
    assert "temporary files" in caught.value.hint


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
