"""Generated drivers: whatever they do, their policies have said it. ``ORACLE_BATCHES`` asks for more."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.oracle import totals
from tests.oracle.build import compiler
from tests.oracle.generate import drivers, source
from tests.oracle.generated import compared, wrong
from tests.oracle.wording import PAD

pytestmark = pytest.mark.skipif(compiler() is None, reason="no C compiler: set CC, or install gcc or clang")

BATCHES = int(os.environ.get("ORACLE_BATCHES", "20"))
TOGETHER = 12


def test_generated_drivers_do_what_their_policies_say(record_property: Callable[[str, object], None]) -> None:
    figures: Counter[str] = Counter()

    @settings(
        max_examples=BATCHES, deadline=None, database=None, derandomize="ORACLE_BATCHES" not in os.environ,
        phases=(Phase.generate, Phase.shrink), suppress_health_check=list(HealthCheck), print_blob=True,
    )  # fmt: skip
    @given(st.lists(drivers(), min_size=1, max_size=TOGETHER))
    def agree(made: list[str]) -> None:
        comparison = compared(made)
        figures.update(totals.of("generated", comparison))
        figures["generated"] += len(made)
        assert wrong(comparison) == [], source(made)

    try:
        agree()
    finally:
        record_property("oracle", dict(figures))


def body(text: str) -> str:
    """A driver that consists of these statements."""
    return f"int NAME_frame_input(struct box *box, const uint8_t *frame, size_t len)\n{{\n{text}\n}}\n"


SEND = "return lan_transmit(frame, len);"
FOUND = {
    "8 bits wrap often": f"uint8_t n = len; if (n < 20) return -1; {SEND}",
    "8 bits in a helper": f"if (below((uint8_t)len, 42)) return -1; {SEND}",
    "a shift": f"if (len >> 2 < 9) return -1; {SEND}",
    "a mask": f"if ((len & ~3) < 36) return -1; {SEND}",
    "a remainder": f"if (len % 4) return -1; {SEND}",
    "an address": f"if (len < 14) return -1; if (frame[0] & 1) return -1; {SEND}",
    "two modes together": f"if (len >= 80 && (box->options & 1) && box->strict) return -2; {SEND}",
    "a status of an address, in a mode": "int status = 0; if (frame[0] & 1) status = -1;"
    f" if (status != 0 && !box->strict) return status; {SEND}",
    "padded, then cut": f"uint8_t room[WIRE_BYTES]; {PAD} len -= 4; {SEND}",
    "padded, then pulled": f"uint8_t room[WIRE_BYTES]; {PAD} frame += 4; len -= 4; {SEND}",
    "one mode in one class": "if (len < 14) return -1; if (be16(frame + 12) == 0x0806) {"
    f" if (len <= 1514 || (box->options & 4) || box->strict) return -1; }} {SEND}",
}
"""What generated drivers have shown to be wrong, shrunk by hand; they stay."""


@pytest.mark.parametrize("name", FOUND)
def test_what_was_found_stays_mended(name: str) -> None:
    assert wrong(compared([body(FOUND[name])])) == []


def test_a_generated_driver_is_run() -> None:
    comparison = compared([body(f"if (len < 34) return -1; {SEND}")])

    assert comparison.disagreements == ()
    assert comparison.exact == comparison.cells > 1000
