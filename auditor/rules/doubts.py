"""An enforced bound in, what keeps it from being a finding or a finding of high confidence out, in words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from auditor.model import Term
from auditor.policy import KNOWN, Bound
from auditor.rules.losses import SMALLEST_REAL, applies, loss_of, shows_ethernet

MOST_SOURCES = 2  # classes of one reason whose figures come with their source


def silent(bounds: Iterable[Bound], term: Term | None) -> Iterator[str]:
    """Why frames that are lost at ``bounds`` are no fault, classes with the same reason together.

    ``term`` is the provenance of the constant that they compare with.
    """
    reasons: dict[str, dict[str, str]] = defaultdict(dict)
    for bound in bounds:
        reason, detail = _reason(bound, term)
        reasons[reason][bound.frame_class.title] = detail
    for reason, classes in reasons.items():
        few = len(classes) <= MOST_SOURCES
        said = [f"{title}{detail if few else detail.partition(' (')[0]}" for title, detail in classes.items()]
        yield f"{reason}: {', '.join(said)}"


def _reason(bound: Bound, term: Term | None) -> tuple[str, str]:
    """The reason, and what there is to say about the class, its source in brackets."""
    loss, of = loss_of(bound), bound.frame_class
    limit = bound.threshold + bound.shift
    if not applies(bound):
        return "frames come here without their Ethernet header, which classes need that are no IP", ""
    if bound.fork.narrowed:
        return "frame bytes select a part of the class before it, whose legal lengths are not known", ""
    if loss is None and bound.kind == "minimum":
        return f"{limit} bytes are asked for, and legal frames have at least", f" {of.minimum} ({of.source})"
    if loss is None:
        return f"{limit - 1} bytes may pass, and legal frames have at most", f" {of.maximum} ({of.source})"
    if loss.high < SMALLEST_REAL:
        return f"no protocol sends frames of less than {SMALLEST_REAL} bytes, longer ones pass", ""
    if term is not None and term.status == "tainted":
        return "the constant rests on a type whose definition was not found", ""
    return "legal frames are lost, but no rule that ran takes a limit like this for a fault", (
        f" {loss.low}..{loss.high}"
    )


def missing(bound: Bound, term: Term | None) -> Iterator[str]:
    """The evidence that would make it surer that frames are lost here which should not be."""
    entry = bound.entry
    if not entry.strong:
        yield f"nothing of the platform registers {entry.function.name}: it is an entry point by its looks"
    if entry.layer == "unknown":
        yield f"nothing says at which header the frames of {entry.function.name} start"
    if not shows_ethernet(bound, term):
        yield "nothing shows that the frames start with an Ethernet header"
    if not bound.all_known:
        yield f"the drop is not certain on every path: {bound.lost_fate.why}"
    if bound.kept_fate.strength != KNOWN:
        yield f"it is not certain that the other frames are handed on: {bound.kept_fate.why}"
    if bound.fork.guarded:
        yield "frame bytes were read in an unrecognised way before: the check may be meant for one protocol"
    if not bound.explored:
        yield "not every path was explored"
    elif not bound.complete:
        yield "some paths were explored without all that was known on them"
