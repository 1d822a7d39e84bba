"""What is written down of the frame bytes that a path reads."""

from __future__ import annotations

import pytest

from auditor.policy.values import Int, Pointer
from tests.policy.running import PLAIN, analysed, entry_of

HELPER = """
static int kind(const uint8_t *packet) { return packet[20]; }
"""
BODIES = {
    "an unguarded read": ("return packet[20];", {(20, 1): (0, 65535)}),
    "a guard that is enough": ("if (length < 21) return -1; return packet[20];", {}),
    "a guard that is too small": (
        "if (length < 20) return -1; return packet[20];",
        {(20, 1): (20, 65535)},
    ),
    "a read on one side only": (
        "if (length > 100) return 0; return *(const uint16_t *)(packet + 12);",
        {(12, 2): (0, 100)},
    ),
    "a read in a callee": ("if (length < 15) return -1; return kind(packet);", {(20, 1): (15, 65535)}),
    "a callee's summary": (
        "if (length < 15) return kind(packet); if (port->mode) return kind(packet); return 1;",
        {(20, 1): (0, 65535)},
    ),
    "a copy of the frame": (
        "if (length < 15) return -1; uint8_t *copy = malloc(length); memcpy(copy, packet, length);"
        " return copy[20];",
        {(20, 1): (15, 65535)},
    ),
}


def reads(folder, body):
    """Each read as (offset, bytes), with the shortest and the longest frame it is done for."""
    text = f"{PLAIN}{HELPER}int send_frame(struct port *port, const uint8_t *packet, size_t length)"
    rest = "{ if (length == 7) return queue_packet(packet, length); "
    entry = entry_of(analysed(folder, f"{text} {rest} {body} }}"), "send_frame")
    found = {}
    for seen in entry.run.observations:
        at, size = seen.values
        assert seen.kind == "read"
        assert isinstance(at, Pointer)
        assert isinstance(size, Int)
        found.setdefault((at.offset, size.value), []).extend(seen.lengths)
    return {key: (min(spans)[0], max(spans)[1]) for key, spans in found.items()}


@pytest.mark.parametrize(("body", "expected"), BODIES.values(), ids=BODIES)
def test_reads_that_a_path_may_not_have_the_bytes_for(body, expected, tmp_path):
    assert reads(tmp_path, body) == expected
