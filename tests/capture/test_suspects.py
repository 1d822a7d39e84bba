"""Which checks are suspected of a loss, and in what order: on sources of a few lines."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest

from auditor.capture.suspects import suspects, undecided
from auditor.constants import comparisons
from auditor.model import Observation, Suspect
from auditor.pipeline import read_policies
from auditor.report.observed import to_text
from auditor.rules.units import in_frame_bytes
from auditor.settings import Settings
from tests.capture.made import NEAR, frame, observed, pcap, tagged, udp

HEAD = """\
#include <stddef.h>
#define LINK 14
#define NET 20
int queue_packet(const unsigned char *packet, size_t length);
int link_send(const unsigned char *packet, size_t length)
{
"""
TAIL = "    return queue_packet(packet, length);\n}\n"
EVERY = "    if (length < LINK + NET)\n        return -1;\n"
IPV4 = "    if (packet[12] == 8 && packet[13] == 0 && length < {})\n        return -1;\n"
MAXIMUM = "    if (length > LINK + 1500)\n        return -1;\n"


def found(folder: Path, body: str, observation: Observation) -> tuple[Suspect, ...]:
    (folder / "send.c").write_text(HEAD + body + TAIL, encoding="utf-8")
    read, analysis = read_policies(Settings(paths=(folder / "send.c",)))
    return suspects(observation, map(in_frame_bytes, analysis.bounds), read.constants.provenance)


def lines(folder: Path, suspected: tuple[Suspect, ...]) -> list[tuple[str, int, int]]:
    """What stands on each suspect's line, and how many frames it explains and contradicts."""
    text = (folder / "send.c").read_text(encoding="utf-8").splitlines()
    return [(text[one.at.line - 1].strip(), one.explained, one.contradicted) for one in suspected]


@pytest.fixture
def short_lost(tmp_path: Path) -> Observation:
    sent = [frame(30, n) for n in range(3)] + [frame(40), frame(60)]
    return observed(tmp_path, pcap(*sent), pcap(*sent[3:]))


def test_a_check_that_spares_the_lost_frames_comes_last(tmp_path: Path, short_lost: Observation) -> None:
    suspected = found(tmp_path, IPV4.format(34) + EVERY, short_lost)
    assert [(one.explained, one.contradicted, one.threshold) for one in suspected] == [(3, 0, 34), (0, 0, 34)]
    assert lines(tmp_path, suspected)[0][0] == "if (length < LINK + NET)"
    assert suspected[0].decisions == ("drops 0..33 bytes of every class but ipv4, entering at link_send",)
    assert suspected[0].constant is not None


def test_a_check_elsewhere_is_not_suspected(tmp_path: Path, short_lost: Observation) -> None:
    assert found(tmp_path, MAXIMUM, short_lost) == ()
    assert found(tmp_path, EVERY.replace("NET", "40"), short_lost) == ()


def test_a_class_of_its_own_prefers_the_check_that_spares_the_others(tmp_path: Path) -> None:
    """IPv4 is lost below 50, frames of 20 bytes of another class arrive."""
    sent = [udp(size, n) for n in range(2) for size in (46, 60)] + [frame(20), frame(90)]
    observation = observed(tmp_path, pcap(*sent), pcap(*(f for f in sent if len(f) != 46)))
    other = "int other_send(const unsigned char *packet, size_t length)\n{\n"
    body = EVERY.replace("LINK + NET", "49") + TAIL + other + IPV4.format(50)
    suspected = found(tmp_path, body, observation)
    assert [(one.threshold, one.explained, one.contradicted) for one in suspected] == [(50, 2, 0), (49, 2, 1)]


def test_a_maximum_that_forgets_the_tag(tmp_path: Path) -> None:
    sent = [frame(1514), frame(60), tagged(frame(1514, 1)), tagged(frame(1514, 2)), tagged(frame(200, 3))]
    observation = observed(tmp_path, pcap(*sent), pcap(*(f for f in sent if len(f) <= 1514)))
    ((text, explained, contradicted),) = lines(tmp_path, found(tmp_path, MAXIMUM, observation))
    assert (text, explained, contradicted) == ("if (length > LINK + 1500)", 2, 0)


def test_raw_ip_counts_without_the_ethernet_header(tmp_path: Path) -> None:
    packets = [
        struct.pack("!BBHHHBBH", 0x45, 0, n, 1, 0, 64, 17, 0) + NEAR[:4] * 2 + bytes(n - 20) for n in (24, 40)
    ]
    observation = observed(tmp_path, pcap(*packets, link=101), pcap(packets[1], link=101))
    (one,) = found(tmp_path, EVERY.replace("NET", "26"), observation)
    assert (one.threshold, one.explained) == (26, 1)
    assert one.decisions[0].startswith("drops 0..25 bytes of ")


def test_a_comparison_that_decides_nothing_is_named_apart(tmp_path: Path, short_lost: Observation) -> None:
    (tmp_path / "send.c").write_text(
        HEAD + "    if (length < 34)\n        shorts++;\n" + TAIL.replace("}\n", "}\nint shorts;\n"),
        encoding="utf-8",
    )
    read, _ = read_policies(Settings(paths=(tmp_path / "send.c",)))
    sites = comparisons(read.program, read.constants)
    (place,) = undecided(short_lost, sites, ())
    assert place.line == HEAD.count("\n") + 1
    assert "dropping nothing as far as was understood: " in to_text(short_lost, (), (place,))
    assert "dropping nothing" not in to_text(short_lost, None, ())
