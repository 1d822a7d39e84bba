"""A mismatch of lengths in, its finding out: both sides with their units, a frame, the way."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from auditor.model import ETHERNET_HEADER, Finding, Loss, Rule, Step, Witness
from auditor.policy.expressions.branching import HOLDS
from auditor.policy.numbers.intervals import contains
from auditor.policy.numbers.values import Bytes
from auditor.rules import story
from auditor.rules.context import RuleContext
from auditor.rules.mismatch import Mismatch

IPV4 = "ipv4"
"""The frame class whose headers the least frame of a gap is made of."""


def mismatch_finding(
    context: RuleContext, rule_id: str, rule: Rule, found: Mismatch, arguments: tuple[str, ...]
) -> Finding:
    """The finding for one mismatch, reported at the comparison."""
    fork, entry = found.gap.fork, found.entry
    witnesses = tuple(_witnesses(context, found))
    return Finding(
        rule=rule_id,
        at=fork.at,
        message=rule.say(*arguments),
        arguments=arguments,
        confidence=found.confidence,
        severity=rule.severity,
        function=fork.function.rpartition("::")[2],
        threshold=found.gap.least,
        evidence=tuple(_evidence(found, witnesses[:1])),
        witnesses=witnesses,
        path=tuple(_path(found)),
        policies=tuple(p for p in context.analysis.policies if p.at == entry.function.at),
    )


def _witnesses(context: RuleContext, found: Mismatch) -> Iterator[Witness]:
    """Real frames without IP options that the gap alone turns away and that come to the comparison."""
    least = found.gap.least
    if not found.strict or least is None or found.gap.bytes > 0:
        return
    first = least + found.gap.bytes
    for witness in context.witnesses((Loss(IPV4, first, first),)):
        if all(contains(values, _read(witness.data, field)) for field, values in found.gap.fork.bytes):
            yield witness


def _read(data: bytes, field: Bytes) -> int:
    """What a read of a frame's bytes gives on a little-endian machine."""
    order: Literal["big", "little"] = "big" if field.host else "little"
    number = int.from_bytes(data[field.offset : field.offset + field.width], order) >> field.shift
    return number if field.mask == -1 else number & field.mask


def _evidence(found: Mismatch, shown: tuple[Witness, ...]) -> Iterator[str]:
    gap = found.gap
    yield from found.entry.evidence
    yield f"strong: one side is {gap.length}, followed from the entry point"
    yield f"strong: the other is {gap.other}"
    for witness in shown:
        counted = witness.length - ETHERNET_HEADER
        yield f"{witness.name}: {witness.length} bytes, {counted} from the IP header on"
        yield f"what it is compared with: {gap.least - ETHERNET_HEADER if gap.least is not None else ''}"
    if found.loss is not None:
        yield f"turned away: {found.loss.lost_fate.why}"
        yield f"others are {found.loss.kept_fate.why}"
    else:
        yield "medium: frames for which it holds leave the function early"


def _path(found: Mismatch) -> Iterator[Step]:
    entry, fork, loss = found.entry, found.gap.fork, found.loss
    name, holder = entry.function.name, fork.function.rpartition("::")[2]
    if loss is not None:
        yield from story.loss(entry, fork, loss.truth, "", loss.lost, loss.lost_fate.why)
        return
    side = (fork.number, found.truth)
    leaf = next((x for x in found.run.leaves if side in x.state.history), None)
    if leaf is None:
        yield Step(entry.function.at, f"Frames enter at {name}", name, "essential")
        yield Step(fork.at, f"{fork.expr} {HOLDS[found.truth]}", holder, "essential")
    else:
        yield from story.loss(entry, fork, found.truth, "", leaf, "the rest of the function is left out")
