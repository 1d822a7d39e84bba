"""Proofs in, text out: what to send for each finding, byte by byte, and what will become of it."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator
from itertools import count

from auditor.model import Probe, Proof
from auditor.report.wording import hex_dump, lengths_lost

MOST_ROWS = 8  # of 16 bytes that are shown; the files have all


def render(proofs: Iterable[Proof], width: int = 80) -> str:
    """Each finding with its frames, numbered as they stand in the capture file."""
    lines: list[str] = []
    numbers = count(1)
    for proof in proofs:
        lines += [*_finding(proof), ""]
        for probe in proof.probes:
            lines += [*_probe(next(numbers), probe), ""]
    wrapped = (piece for line in lines for piece in _wrap(line, width))
    return "\n".join(wrapped).rstrip("\n") + "\n"


def _finding(proof: Proof) -> Iterator[str]:
    lost = lengths_lost(proof.finding.losses)
    yield f"{proof.finding.at} [{proof.finding.rule}]{f' loses {lost} bytes' if lost else ''}"
    if proof.finding.policies and all(policy.layer == "L3" for policy in proof.finding.policies):
        yield "  the frames enter from their IP header on; lengths count an Ethernet header before it"
    if not proof.probes:
        yield "  no real frame is known that shows it"


def _probe(number: int, probe: Probe) -> Iterator[str]:
    witness = probe.witness
    reasons = f" ({', '.join(probe.why)})" if probe.why else ""
    yield f"  {number}. {witness.length} bytes, {probe.fate.upper()}: {witness.name}{reasons}"
    yield f"     {witness.source}"
    rows = hex_dump(witness)
    yield from (f"     {row}" for row in rows[:MOST_ROWS])
    if len(rows) > MOST_ROWS:
        yield f"     ... and {witness.length - 16 * MOST_ROWS} bytes more"


def _wrap(line: str, width: int) -> list[str]:
    if len(line) <= width:
        return [line]
    lead = " " * (len(line) - len(line.lstrip()) + 2)
    return textwrap.wrap(
        line, width, subsequent_indent=lead, break_long_words=False, break_on_hyphens=False
    )  # fmt: skip
