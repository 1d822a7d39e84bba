"""Generated drivers: whatever they do, their policies have said it. ``ORACLE_BATCHES`` asks for more."""

from __future__ import annotations

import os
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from auditor.knowledge import Protocols
from auditor.pipeline import read_policies
from auditor.settings import Settings
from tests.oracle.build import compiler, execute
from tests.oracle.compare import Comparison, compare
from tests.oracle.generate import drivers, source
from tests.oracle.variants import Variant, variants

pytestmark = pytest.mark.skipif(compiler() is None, reason="no C compiler: set CC, or install gcc or clang")

BATCHES = int(os.environ.get("ORACLE_BATCHES", "20"))
TOGETHER = 12
LENGTHS = ((0, 130), (250, 330), (1490, 1550))
"""Where the generated constants and the wraps of 8 bits are."""


def compared(made: list[str]) -> Comparison:
    """What the policies of these drivers and their execution have to do with each other."""
    with TemporaryDirectory(prefix="oracle-") as folder:
        file = Path(folder) / "made.c"
        file.write_text(source(made), encoding="utf-8")
        tree, analysis = read_policies(Settings(paths=(file,)))
        kinds = few(tree.knowledge.protocols)
        executed = execute(
            tree.program, analysis, tree.knowledge.protocols, Path(folder), lengths=LENGTHS, kinds=kinds
        )
    return compare(executed)


def few(protocols: Protocols) -> tuple[Variant, ...]:
    """One variant of each class, two of some; a broadcast among them."""
    left_out = (0x88B5, 0x0842, 0x0600, 0x9100)
    chosen: dict[tuple[str, int], Variant] = {}
    for variant in variants(protocols, frozenset({2})):
        chosen.setdefault((variant.frame_class, variant.ethertype), variant)
    others = [
        v for v in variants(protocols, frozenset({2})) if v.name in ("DHCP request", "0x0806 broadcast")
    ]
    return (*(v for v in chosen.values() if v.ethertype not in left_out), *others)


def disagreements(made: list[str]) -> list[str]:
    """Those that are not about padding or behaviour that C leaves undefined."""
    return [str(d) for d in compared(made).disagreements if d.kind in ("claim", "outcome")]


@settings(
    max_examples=BATCHES, deadline=None, database=None, derandomize="ORACLE_BATCHES" not in os.environ,
    phases=(Phase.generate, Phase.shrink), suppress_health_check=list(HealthCheck), print_blob=True,
)  # fmt: skip
@given(st.lists(drivers(), min_size=1, max_size=TOGETHER))
def test_generated_drivers_do_what_their_policies_say(made: list[str]) -> None:
    assert disagreements(made) == [], source(made)


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
    "one mode in one class": "if (len < 14) return -1; if (be16(frame + 12) == 0x0806) {"
    f" if (len <= 1514 || (box->options & 4) || box->strict) return -1; }} {SEND}",
}
"""What generated drivers have shown to be wrong, shrunk by hand; they stay."""


@pytest.mark.parametrize("name", FOUND)
def test_what_was_found_stays_mended(name: str) -> None:
    assert disagreements([body(FOUND[name])]) == []


def test_a_generated_driver_is_run() -> None:
    comparison = compared([body(f"if (len < 34) return -1; {SEND}")])

    assert comparison.disagreements == ()
    assert comparison.exact == comparison.cells > 1000
