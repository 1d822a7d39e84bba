"""Expectation comments of a C source in, what findings disagree with them out.

Three markers, each a block comment on the line it speaks about (a ``//`` would swallow a continued macro):

- ``/* expect: rule-id 14..33 */``: exactly one finding of that rule on this line, losing just these lengths
  (bytes; left out for rules that lose no lengths);
- ``/* ok: reason */``: no finding of any rule on this line, and why;
- ``/* todo: rule-id - why */``: a finding that is due but not there yet; fails once it is there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

import msgspec

from auditor.model import Finding

MARKER = re.compile(r"/\*\s*(expect|ok|todo)\b(?P<rest>.*?)\*/", re.DOTALL)
EXPECT = re.compile(r":\s*(?P<rule>[a-z0-9][a-z0-9-]*[a-z0-9])(?:\s+(?P<low>\d+)\.\.(?P<high>\d+))?\s*")
TODO = re.compile(
    r":\s*(?P<rule>[a-z0-9][a-z0-9-]*[a-z0-9])(?:\s+(?P<low>\d+)\.\.(?P<high>\d+))?\s+-\s+\S.*", re.DOTALL
)
REASON = re.compile(r":\s*\S.*", re.DOTALL)


class Expectation(msgspec.Struct, frozen=True):
    """One marker: ``kind`` is expect, ok or todo; lengths in bytes, inclusive, None where it names none."""

    line: int
    rule: str
    low: int | None
    high: int | None
    kind: str

    def __str__(self) -> str:
        lengths = "" if self.low is None else f" {self.low}..{self.high}"
        return f"line {self.line}: {self.kind}: {self.rule}{lengths}"


def expectations(text: str) -> list[Expectation]:
    """The markers of ``text`` in order. Raises ValueError for a comment that only looks like a marker."""
    found = []
    for match in MARKER.finditer(text):
        line = text.count("\n", 0, match.start()) + 1
        found.append(_expectation(match[1], match["rest"], line))
    return found


def mismatches(expected: Iterable[Expectation], findings: Iterable[Finding]) -> list[str]:
    """Every way in which the findings of one file and its markers disagree; empty when they agree."""
    markers = list(expected)
    left = sorted(findings, key=lambda f: (f.at.line, f.rule))
    wrong = []
    for marker in markers:
        if marker.kind == "expect":
            wrong += _unmet(marker, left)
        elif marker.kind == "todo" and any(_same_place(marker, f) for f in left):
            wrong.append(f"{marker} now works: turn it into an expect")
            left = [f for f in left if not _same_place(marker, f)]
    fine = {m.line for m in markers if m.kind == "ok"}
    return wrong + [f"{_spell(f)} is {'marked ok' if f.at.line in fine else 'not marked'}" for f in left]


def _expectation(kind: str, rest: str, line: int) -> Expectation:
    match = {"expect": EXPECT, "todo": TODO, "ok": REASON}[kind].fullmatch(rest)
    if match is None:
        raise ValueError(f"line {line}: not a marker: /* {kind}{rest}*/")
    if kind == "ok":
        return Expectation(line, "", None, None, kind)
    low, high = match["low"], match["high"]
    return Expectation(line, match["rule"], low and int(low), high and int(high), kind)


def _unmet(marker: Expectation, left: list[Finding]) -> list[str]:
    """Take the finding that meets ``marker`` out of ``left``, or say what is wrong with the nearest one."""
    here = [f for f in left if _same_place(marker, f)]
    exact = [f for f in here if (f.low, f.high) == (marker.low, marker.high)]
    if exact:
        left.remove(exact[0])
        return []
    if here:
        left.remove(here[0])
        return [f"{marker} found with lengths {here[0].low}..{here[0].high}"]
    return [f"{marker} not found"]


def _same_place(marker: Expectation, finding: Finding) -> bool:
    return (finding.at.line, finding.rule) == (marker.line, marker.rule)


def _spell(finding: Finding) -> str:
    return f"line {finding.at.line}: finding {finding.rule} {finding.low}..{finding.high}"
