"""Enforced minima in, those out that ask for a wire's minimum where no wire pads."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from auditor.model import Confidence, Outcome, Term
from auditor.policy import Entry
from auditor.rules.context import RuleContext
from auditor.rules.losses import Decision, decisions, is_ethernet, made_of_headers
from auditor.rules.surroundings import virtual_link, within
from auditor.rules.units import carries_ethernet, takes_the_same_way

MINIMA = range(56, 69)
"""60 and 64 bytes, give or take an FCS or a tag (IEEE 802.3-2018 section 4.4.2): a wire minimum."""

EXACT = frozenset({56, 60, 64, 68})
"""What a bare number must be: 60 without FCS, 64 with it, each without or with the 4 bytes of a tag."""

NOTHING_PADS = frozenset({"stack", "peer", "untrusted"})
"""Origins whose frames come as short as their senders made them."""


class Unpadded(msgspec.Struct, frozen=True, eq=False):
    """One comparison that asks unpadded frames for a wire's minimum, how sure that is, and why unpadded."""

    decision: Decision
    confidence: Confidence
    evidence: str


def is_wire_minimum(found: Decision) -> bool:
    """Whether a minimum is a wire's, by its name or its very number, rather than a sum of headers."""
    if found.threshold not in MINIMA or made_of_headers(found.term):
        return False
    return _named(found.term) or _exact(found)


def wire_minima(context: RuleContext) -> Iterator[Unpadded]:
    """Every comparison that drops frames below a wire's minimum on a path where nothing has padded them."""
    for found in decisions(context, "minimum"):
        if not is_wire_minimum(found):
            continue
        if any(takes_the_same_way(bound) for bound in found.bounds):
            continue
        entry = found.first.entry
        strength, why = _unpadded(context, entry)
        if strength:
            yield Unpadded(found, _confidence(context, found, strength), why)


def _unpadded(context: RuleContext, entry: Entry) -> tuple[str, str]:
    """(strength, evidence) that nothing pads the frames of ``entry``; strength is strong, weak or empty."""
    link = virtual_link(context.program, entry)
    if link[0] != "strong" and entry.origin in NOTHING_PADS:
        return "strong" if entry.strong else "weak", f"frames from the {entry.origin} come unpadded"
    return link


def _exact(found: Decision) -> bool:
    """Whether the shortest length that passes, as it is compared, is a wire's minimum and no sum."""
    fork = found.first.fork
    if fork.constant is None or (found.term is not None and found.term.operator):
        return False
    return fork.constant.value + (fork.op in (">", "<=")) in EXACT


def _named(term: Term | None) -> bool:
    """Whether a part of a constant is named as the smallest frame."""
    return term is not None and any(
        part.kind in ("macro", "enum", "const") and part.source and part.value in EXACT
        for part in term.walk()
    )


def _confidence(context: RuleContext, found: Decision, strength: str) -> Confidence:
    """High: strong evidence, always, a known drop. Low: weak evidence, or the driver's own senders pad."""
    bound = found.first
    ethernet = is_ethernet(found) or _named(found.term) or carries_ethernet(bound)
    if strength == "weak" or not ethernet or any(b.fork.guarded for b in found.bounds) or not bound.explored:
        return Confidence.LOW
    if _own_side_pads(context, bound.entry):
        return Confidence.LOW
    always = all(b.mode is None for b in found.bounds)
    sure = always and bound.complete and all(b.all_known for b in found.bounds)
    return Confidence.HIGH if sure else Confidence.MEDIUM


def _own_side_pads(context: RuleContext, entry: Entry) -> bool:
    """Whether the file of a receive path pads what it sends, so that its peers may be expected to."""
    if entry.role is not None and entry.role.direction == "transmit":
        return False
    pads = [name for call in entry.platform.calls if call.effect in ("pad", "fill") for name in call.names]
    if within(context.program, entry.function).first(pads):
        return True
    others = (a for a in context.analysis.entries if a.entry.function.file == entry.function.file)
    return any(
        Outcome.PADDED in span.outcomes
        for other in others
        if other.entry.role is not None and other.entry.role.direction == "transmit"
        for policy in other.policies
        for row in policy.rows
        for span in row.spans
    )
