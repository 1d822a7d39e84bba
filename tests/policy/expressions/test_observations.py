"""What is written down of the frame bytes that a path reads."""

from __future__ import annotations

import pytest

from auditor.policy.numbers.values import Int, Pointer
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


TESTED = {
    "nothing": ("return packet[20];", False),
    "a number": ("if (length < 15) return -1; return packet[20];", False),
    "a field of the header, in vain": ("if (length > packet[0]) return -1; return packet[20];", False),
    "a field of the header": ("if (length < packet[0]) return -1; return packet[20];", True),
    "an unknown function that was told": ("if (!fits(packet, length)) return -1; return packet[20];", True),
    "an unknown function that was not": ("if (!fits(0, 3)) return -1; return packet[20];", False),
    "only one of two ways": ("if (port->mode && !fits(packet, length)) return -1; return packet[20];", False),
}


@pytest.mark.parametrize(("body", "expected"), TESTED.values(), ids=TESTED)
def test_a_test_without_a_number_may_have_been_enough(body, expected, tmp_path):
    text = f"{PLAIN}int fits(const uint8_t *at, size_t bytes);\n"
    text += "int send_frame(struct port *port, const uint8_t *packet, size_t length)"
    entry = entry_of(analysed(tmp_path, f"{text} {{ {body} }}"), "send_frame")
    reads_of_20 = [o for o in entry.run.observations if o.kind == "read" and o.values[0].offset == 20]

    assert reads_of_20
    assert all(seen.tested for seen in reads_of_20) is expected


PARTS = {
    "the first part is long enough": ("if (p->len < 21) return; ", []),
    "the first part is too short": ("if (p->len < 20) return; ", [20]),
    "after a pull": ("pbuf_remove_header(p, 4); if (p->len < 16) return; ", [20]),
    "after a pull, long enough": ("pbuf_remove_header(p, 4); if (p->len < 17) return; ", []),
}


@pytest.mark.parametrize(("guard", "expected"), PARTS.values(), ids=PARTS)
def test_a_frame_has_at_least_the_bytes_of_its_first_part(guard, expected, tmp_path):
    text = "#include <lwip/pbuf.h>\n#include <lwip/netif.h>\n"
    body = "const u8_t *frame = p->payload; " + guard + "if (frame[20]) pbuf_free(p);"
    entry = entry_of(analysed(tmp_path, f"{text}void take(struct pbuf *p) {{ {body} }}"), "take")

    assert [o.lengths[0][0] for o in entry.run.observations if o.kind == "read"] == expected
