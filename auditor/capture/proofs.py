"""A finding in, the real frames that prove it out: lost ones, and neighbours on both sides of the limit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from auditor.capture.frames import build, witnesses
from auditor.knowledge import Protocols, Sample
from auditor.model import Fate, Finding, Loss, Probe, Proof, Witness

TELLING, SMALLEST = "the most telling", "the smallest"
SMALLEST_IN_USE = 17
"""Ethernet and LLC headers (IEEE 802.2): no protocol in use sends a frame of fewer bytes."""


def proof(finding: Finding, protocols: Protocols) -> Proof:
    """The most telling and the smallest frame that are lost, then frames of T - 1 and of T bytes.

    A finding that is not about lost frames is proved by its own witnesses.
    """
    if not finding.losses:
        shown = (Probe(witness, Fate.SHOWS, ()) for witness in finding.witnesses)
        return Proof(finding, tuple(shown))
    lost = witnesses(protocols, finding.losses, len(protocols.samples))
    probes = []
    if lost:
        in_use = [w for w in lost if w.length >= SMALLEST_IN_USE] or lost
        probes = [(lost[0], TELLING), (min(in_use, key=lambda w: w.length), SMALLEST)]
    if finding.threshold is not None:
        probes += _neighbours(protocols, finding.losses, finding.threshold)
    return Proof(finding, tuple(_distinct(probes, finding.losses)))


def _neighbours(
    protocols: Protocols, losses: Sequence[Loss], threshold: int
) -> Iterator[tuple[Witness, str]]:
    """One protocol's frames of ``threshold`` - 1 and ``threshold`` bytes, of which one is lost."""
    lengths = (threshold - 1, threshold)
    fits = [
        sample
        for sample in protocols.samples
        if sample.length <= lengths[0] and lengths[1] <= sample.longest
        if _lost(sample.frame_class, lengths[0], losses) != _lost(sample.frame_class, lengths[1], losses)
    ]
    for sample in sorted(fits, key=lambda s: (-s.telling, s.id))[:1]:
        yield _made(sample, lengths[0]), f"T - 1 = {lengths[0]}"
        yield _made(sample, lengths[1]), f"T = {lengths[1]}"


def _made(sample: Sample, length: int) -> Witness:
    return Witness(sample.title, build(sample, length), sample.source, sample.frame_class)


def _lost(frame_class: str, length: int, losses: Sequence[Loss]) -> bool:
    return any(one.frame_class == frame_class and one.low <= length <= one.high for one in losses)


def _distinct(probes: Sequence[tuple[Witness, str]], losses: Sequence[Loss]) -> Iterator[Probe]:
    """Each frame once, with all reasons for it."""
    found: dict[bytes, Probe] = {}
    for witness, why in probes:
        known = found.get(witness.data)
        fate = Fate.LOST if _lost(witness.frame_class, witness.length, losses) else Fate.PASSES
        found[witness.data] = (
            Probe(witness, fate, (why,))
            if known is None
            else msgspec.structs.replace(known, why=(*known.why, why))
        )
    yield from found.values()
