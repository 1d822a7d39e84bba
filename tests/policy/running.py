"""Small C files through the front end and the policy stage, and their policies in short."""

from __future__ import annotations

from pathlib import Path

from auditor.model import LengthPolicy
from auditor.pipeline import read_policies
from auditor.policy import Analysis, Bound, EntryAnalysis
from auditor.settings import Settings

PLAIN = """\
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <assert.h>
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <arpa/inet.h>
#include <net/ethernet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

struct port { int fd; int mode; int flags; unsigned sent; unsigned limit; const uint8_t *kept; };
int queue_packet(const uint8_t *packet, size_t length);
"""
LINUX = """\
#include <linux/etherdevice.h>
#include <linux/if_ether.h>
#include <linux/ip.h>
#include <linux/netdevice.h>
#include <linux/skbuff.h>
#include <linux/udp.h>
"""
XMIT = "\nstatic const struct net_device_ops ops = { .ndo_start_xmit = xmit };\n"

DROPPED, SENT, PADDED, ANSWERED, EITHER, UNKNOWN = (
    "dropped", "handed on", "padded", "answered", "dropped/handed on", "unknown",
)  # fmt: skip
Spans = list[tuple[int, str]]
"""The first length of each span, and what can become of a frame from there on."""


def analysed(folder: Path, text: str, **settings: int) -> Analysis:
    """The analysis of one file; what the front end did not understand is a fault of the test."""
    file = folder / "driver.c"
    file.write_text(text, encoding="utf-8")
    return analysed_tree(file, **settings)


def analysed_tree(path: Path, **settings: int) -> Analysis:
    """The analysis of a file or a folder."""
    tree, analysis = read_policies(Settings(paths=(path,), **settings))  # type: ignore[arg-type]
    gaps = [gap for module in tree.program.modules for gap in module.gaps if gap.level != "note"]
    assert not gaps, gaps
    return analysis


def entry_of(analysis: Analysis, name: str = "") -> EntryAnalysis:
    """The only entry point, or the one called ``name``."""
    found = [a for a in analysis.entries if name in ("", a.entry.function.name)]
    assert len(found) == 1, [a.entry.function.name for a in analysis.entries]
    return found[0]


def spans(policy: LengthPolicy, frame_class: str) -> Spans:
    """A row of a policy."""
    row = next(row for row in policy.rows if row.frame_class == frame_class)
    return [(s.low, "/".join(sorted(s.outcomes))) for s in row.spans]


def rows(analysis: Analysis, name: str = "", mode: tuple[str, ...] = ()) -> dict[str, Spans]:
    """Every row of the policy of an entry point in one mode."""
    analysed_entry = entry_of(analysis, name)
    policies = [p for p in analysed_entry.policies if p.mode == mode]
    assert len(policies) == 1, [p.mode for p in analysed_entry.policies]
    return {row.frame_class: spans(policies[0], row.frame_class) for row in policies[0].rows}


def thresholds(analysis: Analysis, name: str = "") -> set[tuple[str, str, int]]:
    """(kind, class, threshold) of every enforced bound of an entry point."""
    return {(b.kind, b.frame_class.id, b.threshold) for b in entry_of(analysis, name).bounds}


def minima(analysis: Analysis, name: str = "") -> dict[str, int]:
    """The enforced minimum of each class that has one, the highest where there are several."""
    found: dict[str, int] = {}
    for kind, frame_class, threshold in thresholds(analysis, name):
        if kind == "minimum":
            found[frame_class] = max(threshold, found.get(frame_class, 0))
    return found


def signature(bound: Bound) -> tuple[object, ...]:
    """What two bounds must agree in to say the same."""
    return (
        bound.kind, bound.frame_class.id, bound.threshold, bound.low, bound.high, bound.fork.at, bound.shift,
        bound.layer, bound.mode, bound.lost_fate.outcome, bound.kept_fate.outcome,
    )  # fmt: skip
