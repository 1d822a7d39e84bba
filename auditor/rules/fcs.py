"""Enforced bounds in, those out whose constant counts the frame check sequence and whose length does not, or
the reverse.
"""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from auditor.model import WIRE_MINIMUM, Confidence, Location, Loss, Term
from auditor.policy import Bound
from auditor.policy.numbers.lengths import Length
from auditor.rules.context import RuleContext
from auditor.rules.losses import Decision, applies, constant_term

FCS = 4
"""Bytes of the frame check sequence behind a frame (IEEE 802.3 clause 3.2.9)."""

TAGGED_WITH_FCS = 1522
"""The longest tagged frame and its FCS (IEEE 802.3 clause 3.2.7): no other reading has that many bytes."""

WITH, WITHOUT = "with", "without"
NAMED = frozenset({"macro", "enum", "const"})


class OneSided(msgspec.Struct, frozen=True, eq=False):
    """One comparison of a length and a constant of which one counts the FCS.

    ``length`` and ``constant`` say ``with`` or ``without``. No ``losses`` in the decision: the bound is only
    too wide by 4 bytes.
    """

    decision: Decision
    length: str
    constant: str
    confidence: Confidence


def fcs_on_one_side(context: RuleContext) -> Iterator[OneSided]:
    """Every bound whose two sides differ by the FCS, where both are known."""
    groups: dict[tuple[Location, int, str], list[Bound]] = {}
    for bound in context.analysis.bounds:
        if not bound.fork.narrowed and bound.layer == "L2" and applies(bound):
            groups.setdefault((bound.fork.at, id(bound.entry), bound.kind), []).append(bound)
    for (at, _, _), bounds in groups.items():
        first = bounds[0]
        term = constant_term(context, first)
        length, constant = length_counts(first), constant_counts(term)
        if {length, constant} != {WITH, WITHOUT}:
            continue
        losses = tuple(x for x in (_loss(b, length) for b in bounds) if x is not None)
        made = Decision(at, tuple(bounds), losses, first.threshold + first.shift, term)
        yield OneSided(made, length, constant, _confidence(first, losses))


def length_counts(bound: Bound) -> str:
    """Whether the compared length counts the FCS, empty when that is not known.

    A frame from the stack or a peer comes without; of a length from hardware, what the sink is given tells.
    """
    compared = bound.fork.left
    if not isinstance(compared, Length) or compared.shift is None:
        return ""
    role, event = bound.entry.role, bound.kept_fate.event
    raw = bound.entry.introduced or (role is not None and role.returns_frame)
    told = event is not None and isinstance(event.length, Length)
    if (raw and not told) or (not raw and bound.entry.layer != "L2"):
        return ""
    return {0: WITHOUT, FCS: WITH}.get(compared.shift - bound.shift, "")


def constant_counts(term: Term | None) -> str:
    """Whether a constant counts the FCS, by the names in it; empty when they do not say."""
    if term is None or term.status == "tainted":
        return ""
    leaves = [part for part in term.walk() if part.layer and part.kind in NAMED]
    if any(part.layer == "L2+FCS" for part in leaves):
        return WITH
    if term.value == TAGGED_WITH_FCS and not leaves:
        return WITH
    return WITHOUT if leaves and all(part.layer in ("L2", "L3") for part in leaves) else ""


def _loss(bound: Bound, length: str) -> Loss | None:
    """The legal frames that are lost for want of the 4 bytes; None when the bound is only too wide."""
    if (bound.kind == "minimum") == (length == WITH):
        return None
    threshold = bound.threshold + bound.shift
    padded = WIRE_MINIMUM if bound.entry.origin == "wire" else 0
    first = threshold - FCS if bound.kind == "minimum" else threshold
    low = max(first, bound.frame_class.minimum, padded)
    high = min(first + FCS - 1, bound.frame_class.maximum)
    return Loss(bound.frame_class.id, low, high) if low <= high else None


def _confidence(bound: Bound, losses: tuple[Loss, ...]) -> Confidence:
    """Medium where legal frames are lost for certain, else low."""
    sure = losses and bound.explored and not bound.fork.guarded
    return Confidence.MEDIUM if sure else Confidence.LOW
