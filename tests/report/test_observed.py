"""Every verdict on two captures in words, within the width, without colour."""

from __future__ import annotations

import msgspec
import pytest

from auditor.model import Cell, Location, Observation, Suspect, Threshold
from auditor.report.observed import to_text
from tests.report import made

LOST, HALF, WHOLE = (
    Cell("ipv4", 40, 4, 0, 4, 2, 7),
    Cell("ipv4", 60, 9, 8, 1, 1, 3),
    Cell("other", 100, 5, 5, 0, 0, 0),
)
MINIMUM = Threshold("minimum", 41, 60, (), 4)


def observation(cells, verdict, *thresholds, **more):
    fields = {
        "sent": "s.pcap", "received": "r.pcap", "unit": "L2", "sent_frames": 30, "received_frames": 1,
        "opposite": 0, "padded": 0, "retagged": 0, "unexpected": 0, "undecided": 0, "unexplained": 0,
    }  # fmt: skip
    return Observation(cells=cells, thresholds=thresholds, verdict=verdict, **(fields | more))


def suspect(number=1, explained=4):
    at = Location("src/send.c", number, 9)
    return Suspect(
        at, "check", "n < 54", "minimum", 54, made.constant(), explained, 0, ("drops 0..53 bytes",)
    )


VERDICTS = {
    "nothing lost": (observation((WHOLE,), "nothing lost"), "Every frame arrives."),
    "nothing that counts": (
        observation((msgspec.structs.replace(LOST, aside="offload"),), "nothing lost"),
        "Every frame arrives, apart from those named below.",
    ),
    "a minimum": (
        observation((LOST, WHOLE), "length", MINIMUM),
        "LENGTH ALONE EXPLAINS THE LOSS of 4 frames (2 frames and 2 repeats). Frames of up to 40 bytes are"
        " lost (4 frames), from 60 on they arrive: a minimum between 41 and 60 bytes. The first lost frame is"
        " number 7 of s.pcap: 40 bytes, ipv4.",
    ),
    "a maximum of one class": (
        observation((LOST,), "length", Threshold("maximum", 1515, 1515, ("vlan",), 1)),
        "Frames of vlan of 1515 bytes or more are lost (1 frame), up to 1514 they arrive: a maximum of 1514"
        " bytes.",
    ),
    "a part": (
        observation((LOST, HALF), "partly length", MINIMUM, unexplained=1),
        "LENGTH EXPLAINS A PART OF THE LOSS: 4 of 5 frames. Lost at lengths that otherwise arrive, for"
        " another reason: 1.",
    ),
    "both lost and arriving": (
        observation((HALF,), "not length", unexplained=1),
        "LENGTH DOES NOT EXPLAIN THE LOSS: frames of 60 bytes are lost and also arrive.",
    ),
    "a class that never arrives": (
        observation((LOST, WHOLE), "not length", unexplained=4),
        "LENGTH DOES NOT EXPLAIN THE LOSS: of ipv4 no frame arrives at any length.",
    ),
}


@pytest.mark.parametrize(("observed", "words"), VERDICTS.values(), ids=VERDICTS)
def test_verdicts(observed, words):
    text = to_text(observed, None)
    assert words in " ".join(text.split())
    assert max(map(len, text.splitlines())) <= 80
    assert text.isascii()


def test_the_best_checks_are_shown_and_the_rest_counted():
    text = to_text(observation((LOST, WHOLE), "length", MINIMUM), [suspect(n) for n in range(1, 14)])
    assert "  1. src/send.c:1:9 in check\n     n < 54\n     minimum 54 (34 = LINK_SIZE 14 [L2]" in text
    assert text.count("4 of 4 lost frames are dropped by it") == 10
    assert "and 3 more" in text


def test_a_check_that_drops_none_of_them_is_only_named():
    text = to_text(observation((LOST, WHOLE), "length", MINIMUM), [suspect(3, 0)])
    assert "No check was found that drops these frames with a limit there (minimum 41..60)." in text
    assert "With such a limit, but dropping none of these frames: src/send.c:3." in text


def test_frames_that_are_not_counted_are_said():
    found = observation((WHOLE,), "nothing lost", opposite=1, padded=2, retagged=3, unexpected=4)
    lines = [line.split()[0] for line in to_text(found, None).splitlines()[2:6]]
    assert lines == ["1", "2", "3", "4"]
