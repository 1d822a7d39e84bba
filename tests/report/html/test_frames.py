"""Frames are taken apart into the fields that their protocols give them."""

from __future__ import annotations

import pytest

from auditor.capture.frames import build
from auditor.knowledge import load_knowledge
from auditor.report.html.frames import MOST_BYTES, dissect
from tests.report import made

SAMPLES = load_knowledge(()).protocols.samples


def named(fields):
    return [(field.layer, field.name, field.offset, field.meaning) for field in fields if field.meaning]


def test_the_frame_of_the_story():
    assert named(dissect(made.FRAME)) == [
        ("Ethernet", "type or length", 12, "PPPoE session"),
        ("PPPoE", "code", 15, "session data"),
        ("PPPoE", "length", 18, "12 bytes"),
        ("PPPoE", "PPP protocol", 20, "IPCP"),
        ("PPP control", "code", 22, "Configure-Ack"),
        ("PPP control", "length", 24, "10 bytes"),
    ]


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.id)
def test_fields_cover_every_byte_of_every_sample_once(sample):
    data = build(sample)
    offset = 0
    for field in dissect(data):
        assert field.offset == offset
        shown = bytes.fromhex(field.bytes.removesuffix("...").strip())
        assert shown == data[offset : offset + min(field.size, MOST_BYTES)]
        offset += field.size
    assert offset == len(data)


@pytest.mark.parametrize("length", range(33))
def test_frames_cut_anywhere(length):
    assert sum(field.size for field in dissect(made.FRAME[:length])) == length
