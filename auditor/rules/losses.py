"""Enforced bounds in, findings out: what rules about lost frames share, so that a rule only says which."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec

from auditor.model import ETHERNET_HEADER, WIRE_MINIMUM, Confidence, Finding, Location, Loss, Rule, Term
from auditor.policy import KNOWN, RETURNED, Bound
from auditor.rules.context import RuleContext
from auditor.rules.fixes import replacement
from auditor.rules.story import evidence, story, twins
from auditor.rules.units import in_frame_bytes

SMALLEST_REAL = 17
"""Ethernet and LLC headers (IEEE 802.2): no protocol in use sends a frame of fewer bytes."""

MOST_PADDED = 64
"""The longest that a short frame is padded to, in bytes without FCS: 60 and a tag (IEEE 802.1Q annex G)."""

ENOUGH_EVIDENCE = 3
"""Points for a medium confidence: one for a likely entry, two for the platform's own; one for a failure
that is returned, two for a known drop; one each for a known hand-on and a constant made of headers."""


class Decision(msgspec.Struct, frozen=True, eq=False):
    """All bounds that one comparison decides on one entry point, and the legal lengths lost by them.

    ``threshold`` is T + the unit's shift: bytes of L2 without FCS. ``term`` is the constant's provenance,
    None when the comparison has no constant operand.
    """

    at: Location
    bounds: tuple[Bound, ...]
    losses: tuple[Loss, ...]
    threshold: int
    term: Term | None

    @property
    def first(self) -> Bound:
        """The bound that stands for all: losing on a known path first."""
        return min(
            self.bounds, key=lambda b: (b.lost_fate.strength != "known", b.kept_fate.strength != "known")
        )


def decisions(context: RuleContext, kind: str) -> Iterator[Decision]:
    """Every comparison that decides a ``minimum`` or ``maximum`` above or below what a class allows.

    Frames whose legal length is not known (a part of the class was selected) and constants that rest on
    stubbed types are left out: no finding may rest on them.
    """
    groups: dict[tuple[Location, int], list[Bound]] = {}
    for bound in map(in_frame_bytes, context.analysis.bounds):
        if bound.kind == kind and not bound.fork.narrowed and applies(bound) and keeps_some(bound):
            groups.setdefault((bound.fork.at, id(bound.entry)), []).append(bound)
    for (at, _), group in groups.items():
        losses = tuple(loss for loss in (loss_of(bound) for bound in group) if loss is not None)
        if not losses or all(loss.high < SMALLEST_REAL for loss in losses):
            continue
        first = group[0]
        term = constant_term(context, first)
        if term is not None and term.status == "tainted":
            continue
        yield Decision(at, tuple(group), _distinct(losses), first.threshold + first.shift, term)


def alone(context: RuleContext, bound: Bound) -> Decision:
    """The decision of one bound by itself."""
    loss = loss_of(bound)
    at, threshold = bound.fork.at, bound.threshold + bound.shift
    return Decision(at, (bound,), () if loss is None else (loss,), threshold, constant_term(context, bound))


def constant_term(context: RuleContext, bound: Bound) -> Term | None:
    """The provenance of the constant that the deciding comparison compares with."""
    constant = bound.fork.constant
    if constant is None or constant.source is None:
        return None
    return context.provenance(constant.source)


def finding(
    context: RuleContext,
    rule_id: str,
    rule: Rule,
    found: Decision,
    arguments: tuple[str, ...],
    sure: Confidence | None = None,
    further: tuple[str, ...] = (),
) -> Finding:
    """The finding for one decision, with its proof.

    ``sure`` is the confidence where the rule has its own measure, ``further`` what it knows beyond the proof.
    """
    bound = found.first
    return Finding(
        rule=rule_id,
        at=found.at,
        message=rule.say(*arguments),
        arguments=arguments,
        confidence=confidence(found) if sure is None else sure,
        severity=rule.severity,
        function=bound.fork.function.rpartition("::")[2],
        losses=found.losses,
        threshold=found.threshold,
        constant=found.term,
        evidence=(*further, *evidence(found.bounds, bound)),
        witnesses=context.witnesses(found.losses),
        path=tuple(story(bound)),
        related=tuple(twins(context.program, bound)),
        fixes=tuple(replacement(context, bound, found.term, found.losses)),
        policies=tuple(p for a in context.analysis.entries if a.entry is bound.entry for p in a.policies),
    )


def confidence(found: Decision) -> Confidence:
    """High: the platform's own role, a known drop, a known hand-on, all explored. Low: a weak link."""
    bound = found.first
    if any(b.fork.guarded for b in found.bounds) or _pads_anyway(found) or not is_ethernet(found):
        return Confidence.LOW
    if not bound.explored or _is_unexplained(found.term):
        return Confidence.LOW
    sure = bound.entry.strong and bound.entry.layer != "unknown"
    kept = bound.kept_fate.strength == KNOWN
    if sure and kept and bound.complete and all(b.all_known for b in found.bounds):
        return Confidence.HIGH
    drop = {KNOWN: 2, RETURNED: 1}.get(bound.lost_fate.strength, 0)
    points = (2 if sure else 1) + drop + kept + made_of_headers(found.term)
    return Confidence.MEDIUM if points >= ENOUGH_EVIDENCE else Confidence.LOW


def is_ethernet(found: Decision) -> bool:
    """Whether something shows that the frames start with an Ethernet header, not another link's."""
    return shows_ethernet(found.first, found.term)


def shows_ethernet(bound: Bound, term: Term | None) -> bool:
    """The same of one bound and the constant it compares with."""
    return bound.entry.layer == "L2" or bound.reads_ethertype or _counts_ethernet(term)


def _counts_ethernet(term: Term | None) -> bool:
    """Whether an Ethernet header is named in a constant, or read in a bare one."""
    return term is not None and any(
        (part.layer == "L2" and part.value == ETHERNET_HEADER) or any("thernet" in r for r in part.readings)
        for part in term.walk()
    )


def _is_unexplained(term: Term | None) -> bool:
    """Whether a minimum is a bare number that is no header or sum of headers: another link's, perhaps."""
    return term is not None and term.kind == "literal" and not term.readings


def _pads_anyway(found: Decision) -> bool:
    """Whether frames this short cannot arrive: a wire pads them (IEEE 802.3 clause 4.2.3.3)."""
    return found.first.entry.origin == "wire" and found.threshold <= WIRE_MINIMUM


def ranges(losses: Iterable[Loss]) -> str:
    """The lost lengths over all classes, as text: ``14..33``."""
    losses = tuple(losses)
    low, high = min(loss.low for loss in losses), max(loss.high for loss in losses)
    return f"{low}..{high}" if low < high else str(low)


def made_of_headers(term: Term | None) -> bool:
    """Whether a constant is a sum in which a header above Ethernet is named."""
    return term is not None and any(
        part.layer in ("L3", "L4") and part.kind not in ("operator", "literal") for part in term.walk()
    )


def applies(bound: Bound) -> bool:
    """Ethernet classes only where the path carries Ethernet headers."""
    return bound.layer == "L2" or bound.frame_class.ip_version is not None


def keeps_some(bound: Bound) -> bool:
    """Whether a legal frame of the class is on the other side: else the length is not what is asked.

    A frame of a protocol with packets of one size may be padded.
    """
    at = bound.threshold + bound.shift
    allowed = bound.frame_class
    longest = max(allowed.maximum, MOST_PADDED)
    return at <= longest if bound.kind == "minimum" else at > allowed.minimum


def loss_of(bound: Bound) -> Loss | None:
    """The legal lengths of its class that a bound loses, None when there are none."""
    low = max(bound.low + bound.shift, bound.frame_class.minimum)
    high = min(bound.high + bound.shift, bound.frame_class.maximum)
    return Loss(bound.frame_class.id, low, high) if low <= high else None


def _distinct(losses: tuple[Loss, ...]) -> tuple[Loss, ...]:
    merged: dict[str, Loss] = {}
    for loss in losses:
        known = merged.get(loss.frame_class)
        merged[loss.frame_class] = (
            loss
            if known is None
            else Loss(loss.frame_class, min(known.low, loss.low), max(known.high, loss.high))
        )
    return tuple(merged.values())
