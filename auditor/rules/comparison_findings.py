"""A comparison of a frame's length that nothing but the frame can tell in, its finding with proof out."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from auditor.model import Confidence, Finding, Rule, Witness
from auditor.policy import EntryAnalysis
from auditor.policy.answers.comparing import Declared, Lost
from auditor.rules import story
from auditor.rules.context import RuleContext


class Compared(msgspec.Struct, frozen=True, eq=False):
    """A comparison of a frame's length with a declared one, what it does to frames, and how sure that is."""

    analysed: EntryAnalysis
    declared: Declared
    loss: Lost
    confidence: Confidence


def comparison_finding(
    context: RuleContext,
    rule_id: str,
    rule: Rule,
    found: Compared,
    arguments: tuple[str, ...],
    witnesses: tuple[Witness, ...],
) -> Finding:
    """The finding at the comparison, with the two operands and their units, and how a frame is lost by it."""
    entry, fork, loss = found.analysed.entry, found.declared.fork, found.loss
    steps = story.loss(entry, fork, loss.truth, "", loss.lost, loss.lost_fate.why)
    return Finding(
        rule=rule_id,
        at=fork.at,
        message=rule.say(*arguments),
        arguments=arguments,
        confidence=found.confidence,
        severity=rule.severity,
        function=fork.function.rpartition("::")[2],
        evidence=tuple(_evidence(found)),
        witnesses=witnesses,
        path=tuple(steps),
        policies=tuple(p for p in context.analysis.policies if p.at == entry.function.at),
    )


def _evidence(found: Compared) -> Iterator[str]:
    field = found.declared.field
    yield from found.analysed.entry.evidence
    yield f"one operand: the frame's length {found.declared.constant:+d}, from the Ethernet header to its end"
    yield f"the other: {field.title} ({field.source}), swapped; it counts from byte {field.counted_from} on"
    yield f"lost: {found.loss.lost_fate.why}"
    yield f"others are {found.loss.kept_fate.why}"
