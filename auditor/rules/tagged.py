"""Enforced maxima in, those out that lose 802.1Q-tagged frames of full size while untagged ones pass."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from auditor.model import TAGGED_MAXIMUM, UNTAGGED_MAXIMUM, Confidence, Term
from auditor.policy import Bound
from auditor.policy.numbers.intervals import contains
from auditor.policy.numbers.values import Sym, parts
from auditor.policy.paths.classes import ClassTable
from auditor.rules.context import RuleContext
from auditor.rules.cut import CUT, beyond
from auditor.rules.losses import Decision, alone, decisions, is_ethernet
from auditor.rules.surroundings import around
from auditor.rules.units import carries_ethernet, takes_the_same_way

TAGGED = "vlan"
"""The frame class of ``protocols.toml`` that this is about."""

DROPPED = "dropped"
NAMED = frozenset({"macro", "enum", "const", "sizeof"})


class Tagless(msgspec.Struct, frozen=True, eq=False):
    """One comparison that, of frames of full size, only untagged ones pass whole, and how sure that is.

    ``accepted`` is the longest frame that passes, in bytes without FCS; ``fate`` what becomes of the others:
    dropped, cut short, or sent back for ever.
    """

    decision: Decision
    confidence: Confidence
    accepted: int
    fate: str


def without_room_for_a_tag(context: RuleContext) -> Iterator[Tagless]:
    """Every comparison whose maximum is what an untagged frame needs, or less than a tag's 4 bytes more."""
    for found in decisions(context, "maximum"):
        bounds = tuple(b for b in found.bounds if _loses_tagged(b))
        losses = tuple(loss for loss in found.losses if loss.frame_class == TAGGED)
        only = msgspec.structs.replace(found, bounds=bounds, losses=losses)
        if bounds and _counts(context, bounds):
            cut = any(takes_the_same_way(b) for b in bounds)
            yield _judged(only, CUT if cut else DROPPED)
    for bound, fate in _not_dropped(context):
        if _loses_tagged(bound) and _counts(context, (bound,)):
            yield _judged(alone(context, bound), fate)


def _judged(found: Decision, fate: str) -> Tagless:
    """The decision with its confidence: at most medium where frames are not simply dropped."""
    sure = _confidence(found)
    if fate != DROPPED and sure is Confidence.HIGH:
        sure = Confidence.MEDIUM
    return Tagless(found, sure, accepted(found.first), fate)


def accepted(bound: Bound) -> int:
    """The longest frame that passes, in bytes without FCS."""
    return bound.threshold + bound.shift - 1


def _not_dropped(context: RuleContext) -> Iterator[tuple[Bound, str]]:
    """Comparisons beyond which tagged frames are handed on without their end, or kept back."""
    table = ClassTable(context.knowledge.protocols)
    tagged = next((c for c in table.classes if c.id == TAGGED), None)
    if tagged is None:
        return
    lengths = range(UNTAGGED_MAXIMUM + 1, TAGGED_MAXIMUM + 1)
    for analysed in context.analysis.entries:
        yield from beyond(analysed, tagged, table.bit(TAGGED), lengths)


def _counts(context: RuleContext, bounds: tuple[Bound, ...]) -> bool:
    """Whether frames are lost that stand for themselves and hold their tag."""
    return not all(_is_aggregate(b) for b in bounds) and not _carries_tag_elsewhere(context, bounds[0])


def _loses_tagged(bound: Bound) -> bool:
    return (
        bound.frame_class.id == TAGGED
        and bound.layer == "L2"
        and UNTAGGED_MAXIMUM <= accepted(bound) < TAGGED_MAXIMUM <= bound.high + bound.shift
    )


def _is_aggregate(bound: Bound) -> bool:
    """Whether only frames that stand for several on the wire are lost: segmentation is left to the device."""
    words = bound.entry.platform.tagging.aggregates
    for key, values in bound.lost.state.facts.items():
        told = any(isinstance(p, Sym) and any(word in p.text for word in words) for p in parts(key))
        if told and not contains(values, 0):
            return True
    return False


def _carries_tag_elsewhere(context: RuleContext, bound: Bound) -> bool:
    """Whether the tag travels beside the frame, or the device takes no tagged frames."""
    entry, signs = bound.entry, bound.entry.platform.tagging
    direction = "receive" if entry.role is None else entry.role.direction
    beside = {"transmit": signs.transmit, "receive": signs.receive}.get(
        direction, signs.transmit + signs.receive
    )
    return bool(around(context.program, entry.function).first((*beside, *signs.challenged)))


def _confidence(found: Decision) -> Confidence:
    """High: the platform's own role, a constant with a name, a known drop. Low: a weak role."""
    bound = found.first
    if any(b.fork.guarded for b in found.bounds) or not bound.explored or not _is_ethernet(found):
        return Confidence.LOW
    if not bound.entry.strong or bound.entry.layer == "unknown":
        return Confidence.LOW
    sure = bound.complete and bound.mode is None and all(b.all_known for b in found.bounds)
    return Confidence.HIGH if sure and _named(found.term) else Confidence.MEDIUM


def _is_ethernet(found: Decision) -> bool:
    """Whether something shows Ethernet frames: the path, or a constant that counts their bytes."""
    return is_ethernet(found) or _named(found.term) or carries_ethernet(found.first)


def _named(term: Term | None) -> bool:
    """Whether a part of a constant has a name that says which bytes of a frame it counts, or is the MTU."""
    return term is not None and any(
        part.layer and (part.kind in NAMED or part.status == "assumed") for part in term.walk()
    )
