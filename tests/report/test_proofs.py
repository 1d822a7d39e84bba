"""Proofs in words: numbered as in the capture, long frames cut, a finding without frames named."""

from __future__ import annotations

import msgspec

from auditor.model import Fate, Probe, Proof, Witness
from auditor.report.proofs import render
from tests.report import made


def proof(*lengths, **changes):
    probes = [
        Probe(Witness(f"frame of {n}", bytes(n), "RFC 1", "other"), Fate.LOST, ("T = 9",)) for n in lengths
    ]
    return Proof(msgspec.structs.replace(made.finding(), **changes), tuple(probes))


def test_frames_are_numbered_through():
    text = render([proof(20, 30), proof(), proof(40)])
    heads = [line.split(":")[0].strip() for line in text.splitlines() if "LOST" in line]
    assert heads == ["1. 20 bytes, LOST", "2. 30 bytes, LOST", "3. 40 bytes, LOST"]
    assert text.count("no real frame is known that shows it") == 1
    assert max(map(len, text.splitlines())) <= 80


def test_a_long_frame_is_shown_in_part():
    text = render([proof(1514)])
    assert text.count("00 00 00") == 8 * 5
    assert "... and 1386 bytes more" in text


def test_a_path_without_ethernet_headers_is_said():
    layers = tuple(msgspec.structs.replace(made.policy(), layer="L3") for _ in range(2))
    assert "from their IP header on" in render([proof(20, policies=layers)])
    assert "from their IP header on" not in render([proof(20, policies=(made.policy(), *layers))])
