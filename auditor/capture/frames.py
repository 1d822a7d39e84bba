"""Real frames for witnesses: a sample of ``rules/protocols.toml`` comes in, its bytes go out."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from auditor.capture.builders import LEAVES, WRAPPERS, Part
from auditor.knowledge import Protocols, Sample
from auditor.model import ConfigError, Loss, Witness

EMPTY = (
    14  # a frame of the Ethernet header alone (IEEE 802.3-2018 section 3.2) carries nothing: never a witness
)


def build(sample: Sample, length: int | None = None) -> bytes:
    """The frame of ``sample`` with valid lengths and checksums, from the destination address on, without FCS.

    ``length`` in bytes, ``sample.length`` unless given; another length needs a sample with ``longest``.
    Raises ConfigError when the sample names unknown layers or its layers do not have that length.
    """
    wanted = sample.length if length is None else length
    frame = _assemble(sample, 0)
    if len(frame) < wanted:
        frame = _assemble(sample, wanted - len(frame))
    if len(frame) != wanted:
        raise _fault(sample, "length", f"{wanted} bytes, its layers give {len(frame)}")
    return frame


def witnesses(protocols: Protocols, losses: Sequence[Loss], limit: int = 3) -> tuple[Witness, ...]:
    """At most ``limit`` real frames among ``losses`` (L2 without FCS), most telling first, then smallest.

    Each class gives its best frame before any class gives a second one.
    """
    found: list[tuple[int, int, int, Sample]] = []
    per_class: dict[str, int] = {}
    for telling, length, sample in _candidates(protocols, losses):
        turn = per_class.get(sample.frame_class, 0)
        per_class[sample.frame_class] = turn + 1
        found.append((turn, telling, length, sample))
    found.sort(key=lambda one: one[:3])
    return tuple(
        Witness(
            name=sample.title,
            data=build(sample, length),
            source=sample.source,
            frame_class=sample.frame_class,
        )
        for _, _, length, sample in found[: max(limit, 0)]
    )


def cut_frames(protocols: Protocols, classes: Collection[str], length: int) -> tuple[Witness, ...]:
    """The first ``length`` bytes (L2) of real frames of ``classes`` that are longer, telling ones first."""
    chosen = (s for s in protocols.samples if s.frame_class in classes)
    longer = [s for s in chosen if max(s.length, s.longest) > length]
    return tuple(
        Witness(
            name=f"{sample.title}, cut to {length} bytes",
            data=build(sample, max(sample.length, length + 1))[:length],
            source=sample.source,
            frame_class=sample.frame_class,
        )
        for sample in sorted(longer, key=lambda s: (-s.telling, s.length, s.id))
    )


def _candidates(protocols: Protocols, losses: Sequence[Loss]) -> list[tuple[int, int, Sample]]:
    """(-telling, length, sample) of every sample that is lost, best first."""
    lost = []
    for sample in protocols.samples:
        lengths = [n for loss in losses if (n := _length_within(sample, loss)) is not None]
        if lengths:
            lost.append((-sample.telling, min(lengths), sample))
    return sorted(lost, key=lambda one: (one[0], one[1], one[2].id))


def _length_within(sample: Sample, loss: Loss) -> int | None:
    """The smallest length of ``sample`` inside ``loss``; None when there is none."""
    if sample.frame_class != loss.frame_class:
        return None
    length = max(sample.length, loss.low, EMPTY + 1)
    return length if length <= min(loss.high, max(sample.length, sample.longest)) else None


def _assemble(sample: Sample, extra: int) -> bytes:
    """The bytes of ``sample``'s layers, from the innermost out; that one gets ``extra`` bytes of data."""
    *outer, inner = sample.layers or ("",)
    leaf = LEAVES.get(inner)
    if leaf is None or not outer or outer[0] != "ethernet":
        raise _fault(
            sample, "layers", f"expected 'ethernet' first and last one of {', '.join(sorted(LEAVES))}"
        )
    part: Part = leaf(extra)
    for name in reversed(outer):
        if (wrap := WRAPPERS.get(name)) is None:
            raise _fault(sample, "layers", f"{name!r} is none of {', '.join(sorted(WRAPPERS))}")
        part = wrap(part)
    return part.data


def _fault(sample: Sample, key: str, text: str) -> ConfigError:
    return ConfigError("protocols.toml", f"samples.{sample.id}.{key}", text)
