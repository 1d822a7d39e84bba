"""A program and its analysis in, the right length guards of it and the mutated texts of each out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import msgspec

from auditor.ir import expressions as e
from auditor.model import Location, decode
from auditor.policy import Analysis, Bound
from auditor.policy.numbers.intervals import contains
from auditor.rules.units import in_frame_bytes

L3_HEADER = 20
"""Bytes of an IPv4 header without options (RFC 791 section 3.1)."""

ETHERNET_AND_IPV4 = 34
"""Ethernet 14 (IEEE 802.3 clause 3.2) + IPv4 20 (RFC 791 section 3.1), in bytes."""

UNTAGGED, TAGGED = 1514, 1518
"""The longest frames in bytes, without FCS: untagged, and with one tag (IEEE 802.3-2018 section 3.2.7)."""

MOST_BETWEEN = 128
"""Bytes between a guard's constant and its threshold at most: headers taken off or put on before it."""

INCLUSIVE = {"<": "<=", "<=": "<", ">": ">=", ">=": ">"}
MIRRORED = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}
TAG = "vlan"

GUARD = re.compile(
    r"(?P<left>(?:\w+(?:->|\.))*(?:\w*len|\w*length|\w*size))\s*(?P<op><=?)\s*"
    r"(?P<right>ETH_HLEN|sizeof\s*\(\s*struct\s+ethhdr\s*\)|14)(?=\s*(?:\)|\|\||&&))"
)
"""A guard by its text: a length below the size of an Ethernet header (Linux's names for it, or 14)."""


HEADER_ADDED = re.compile(r"\s*\+\s*(?:\w*ETH\w*_?HLEN|ETHER_HDR_LEN|ETH(?:ER)?\w*HEADER\w*|14)\b")
"""An Ethernet header put on top of a limit that is counted without it."""

REMOVED = "remove the guard"
UNIT = "change the unit: the MTU alone"


class Site(msgspec.Struct, frozen=True):
    """One guard ``left op right``, lines and columns as in Location; ``file`` is relative to the base folder.

    ``source`` is minimum or maximum where the analysis says that the guard decides one, text where only
    its spelling does. ``length_left`` tells where the length stands. ``value`` is the constant, ``reach``
    the threshold (minimum) or the longest frame accepted (maximum), in bytes of L2 without FCS. ``shift``
    turns the bytes that the driver counts into those of its path's layer.
    """

    file: str
    line: int
    start: int
    end: int
    source: str
    left: str
    op: str
    right: str
    length_left: bool
    value: int
    reach: int
    shift: int = 0
    narrowed: bool = False

    def spelled(self, constant: str, op: str = "", *, swapped: bool = False) -> str:
        """The guard with another constant, another operator, or its sides swapped."""
        op = op or self.op
        length = self.left if self.length_left else self.right
        sides = (length, constant) if self.length_left else (constant, length)
        return f"{sides[1]} {MIRRORED[op]} {sides[0]}" if swapped else f"{sides[0]} {op} {sides[1]}"

    @property
    def gone(self) -> str:
        """What the guard says of a frame that is long enough."""
        short_is_true = self.length_left == (self.op in ("<", "<="))
        return "0" if short_is_true else "1"

    @property
    def constant(self) -> str:
        """The constant as it is spelled, in brackets where a sum would not bind tighter than its operator."""
        text = self.right if self.length_left else self.left
        return f"({text})" if "<<" in text or ">>" in text or "?" in text else text


class Skipped(msgspec.Struct, frozen=True):
    """A right guard that cannot be mutated in place, and why."""

    at: str
    why: str


def sites(analysis: Analysis, base: str, blamed: set[tuple[str, int]]) -> tuple[list[Site], list[Skipped]]:
    """The comparisons that decide only legal bounds and that no finding (``blamed``) names, once each."""
    groups: dict[tuple[str, Location], list[Bound]] = {}
    for bound in map(in_frame_bytes, analysis.bounds):
        groups.setdefault((bound.kind, bound.fork.at), []).append(bound)
    found: list[Site] = []
    skipped: list[Skipped] = []
    for (kind, at), group in groups.items():
        if (at.file, at.line) in blamed or not all(_legal(b) for b in group):
            continue
        chosen = next((b for b in group if kind == "minimum" or _room_for_tag(b)), None)
        if chosen is not None:
            made = _site(chosen, Path(base), all(b.fork.narrowed for b in group))
            (found if isinstance(made, Site) else skipped).append(made)  # type: ignore[arg-type]
    return found, skipped


def _legal(bound: Bound) -> bool:
    """Whether a bound loses no legal frame of its class; L3 paths carry IP only."""
    if bound.layer != "L2" and bound.frame_class.ip_version is None:
        return True
    low, high = bound.low + bound.shift, bound.high + bound.shift
    return low > bound.frame_class.maximum or high < bound.frame_class.minimum


def _room_for_tag(bound: Bound) -> bool:
    return bound.frame_class.id == TAG and bound.layer == "L2" and bound.threshold + bound.shift > TAGGED


def _site(bound: Bound, base: Path, narrowed: bool) -> Site | Skipped:
    expr, at, constant = bound.fork.expr, bound.fork.at, bound.fork.constant
    where = f"{at.file}:{at.line}"
    if not isinstance(expr, e.Binary) or expr.op not in INCLUSIVE or constant is None:
        return Skipped(where, "not an ordering with a constant")
    if abs(bound.threshold - constant.value) > MOST_BETWEEN:
        return Skipped(where, "its constant is not the threshold: the length wraps")
    if expr.macro is not None or expr.at.line != expr.at.end_line:
        return Skipped(where, "spelled by a macro or on several lines")
    below = contains(bound.fork.true, bound.threshold - 1)
    length_left = below == (expr.op in ("<", "<="))  # a length that grows makes `length < x` false, not true
    if (expr.left if length_left else expr.right).value is not None:
        return Skipped(where, "the length stands on neither side")
    line = decode((base / at.file).read_bytes()).split("\n")[at.line - 1]
    left, right = (line[s.at.column - 1 : s.at.end_column - 1] for s in (expr.left, expr.right))
    start, end = at.column - 1, at.end_column - 1
    if not line[start:end].startswith(left) or not line[start:end].endswith(right) or not left or not right:
        return Skipped(where, "the sides of the comparison do not stand in its text")
    reach = bound.threshold + bound.shift - (bound.kind == "maximum")
    return Site(
        at.file, at.line, start, end, bound.kind, left, expr.op, right, length_left, constant.value, reach,
        bound.shift if bound.layer == "L2" else 0, narrowed,
    )  # fmt: skip


def text_sites(file: str, text: str, known: set[tuple[str, int]]) -> list[Site]:
    """Guards of ``file`` by their spelling, on lines that are not ``known`` from the analysis."""
    found = []
    for number, line in enumerate(text.split("\n"), 1):
        for match in GUARD.finditer(line):
            if (file, number) not in known and not line.lstrip().startswith(("*", "//", "/*")):
                reach = 14 + (match["op"] == "<=")
                sides = match["left"], match["op"], match["right"]
                found.append(Site(file, number, *match.span(), "text", *sides, True, 14, reach))
    return found


def mutants(site: Site) -> Iterator[tuple[str, str]]:
    """(operator, the guard's new text) for every operator that fits the site; the texts may be equal."""
    plus = f"{site.constant} + {L3_HEADER}"
    if site.source == "maximum":
        if site.reach - 4 < TAGGED:
            yield "maximum without the tag: - 4", site.spelled(f"{site.constant} - 4")
        bare = HEADER_ADDED.sub("", site.constant, count=1)
        if "mtu" in bare.lower() and bare != site.constant:
            yield UNIT, site.spelled(bare)
        lowered = site.value - (site.reach - UNTAGGED)
        yield "maximum lowered to the literal of 1514", site.spelled(str(lowered))
        return
    yield "add an L3 header: + 20", site.spelled(plus)
    yield "literal of the constant + 20", site.spelled(str(site.value + L3_HEADER))
    if site.reach == 14:
        raised = site.value + ETHERNET_AND_IPV4 - 14
        yield "14 raised to 34 as a literal", site.spelled(str(raised))
    yield "flip < and <=", site.spelled(site.constant, INCLUSIVE[site.op])
    yield "flip < and <=, with + 20", site.spelled(plus, INCLUSIVE[site.op])
    yield "operands swapped, with + 20", site.spelled(plus, swapped=True)
    yield "operands swapped (same meaning)", site.spelled(site.constant, swapped=True)
    yield REMOVED, site.gone


def mutated(text: str, site: Site, guard: str) -> str:
    """``text`` with the site's guard replaced."""
    lines = text.split("\n")
    line = lines[site.line - 1]
    lines[site.line - 1] = line[: site.start] + guard + line[site.end :]
    return "\n".join(lines)
