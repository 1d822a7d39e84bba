"""A finding as plain data: what is wrong, where, why we believe it, and the proof."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum

import msgspec

from auditor.model.location import Location
from auditor.model.policy import LengthPolicy


class Confidence(StrEnum):
    """How sure the analysis is; see ``docs/how-it-decides.md``."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class Severity(StrEnum):
    """How bad the fault is when it is real; a property of the rule."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class Term(msgspec.Struct, frozen=True):
    """One node of a constant's provenance: ``34 = ETHERNET_HEADER_SIZE 14 [L2] + IP_HEADER_SIZE 20 [L3]``.

    ``kind`` is macro, enum, const, sizeof, literal, operator or unknown; ``operator`` joins ``parts``
    (empty for a leaf or an alias). ``layer`` is L2, L2+FCS, L3, L4, payload or "" when unknown.
    ``status`` is exact, assumed (a default such as an MTU of 1500), or tainted (a stubbed type).
    ``readings`` are candidate meanings of a bare literal, never proof.
    """

    text: str
    value: int | None
    kind: str
    layer: str = ""
    operator: str = ""
    parts: tuple[Term, ...] = ()
    at: Location | None = None
    status: str = "exact"
    readings: tuple[str, ...] = ()
    source: str = ""

    def walk(self) -> Iterator[Term]:
        """The term itself and every part below it, whole before part."""
        yield self
        for part in self.parts:
            yield from part.walk()


class Step(msgspec.Struct, frozen=True):
    """One step of the path that loses the frame, in execution order."""

    at: Location
    message: str
    function: str = ""
    importance: str = "important"  # SARIF: essential, important, unimportant


class Related(msgspec.Struct, frozen=True):
    """Another place the reader should see: a twin ASSERT, a sibling that is right."""

    at: Location
    message: str


class Witness(msgspec.Struct, frozen=True):
    """A real frame that is lost: its name, its bytes, and the protocol document that makes it legal.

    ``data`` counts from the first byte of the destination address (L2) without FCS.
    """

    name: str
    data: bytes
    source: str
    frame_class: str

    @property
    def length(self) -> int:
        """Length in bytes, L2 without FCS."""
        return len(self.data)


class Edit(msgspec.Struct, frozen=True):
    """Replace the text at ``at`` by ``text``."""

    at: Location
    text: str


class Fix(msgspec.Struct, frozen=True):
    """A suggested change and, once it was tried, whether the finding goes and nothing else does.

    ``doubt`` says why it was tried and is not offered; ``see`` what only a reader can change with it.
    ``low..high`` are the lengths that it lets through, in bytes as the driver counts them.
    """

    description: str
    edits: tuple[Edit, ...]
    verified: bool = False
    doubt: str = ""
    see: tuple[Related, ...] = ()
    low: int = 0
    high: int = 65535


class Loss(msgspec.Struct, frozen=True):
    """Legal lengths of one class that are lost: ``low..high`` bytes inclusive, L2 without FCS."""

    frame_class: str
    low: int
    high: int


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """One fault, reported once, at the deciding comparison."""

    rule: str
    at: Location
    message: str
    confidence: Confidence
    severity: Severity
    function: str = ""
    arguments: tuple[str, ...] = ()  # what `message` puts into the rule's template, in order
    losses: tuple[Loss, ...] = ()
    threshold: int | None = None
    constant: Term | None = None
    evidence: tuple[str, ...] = ()
    witnesses: tuple[Witness, ...] = ()
    path: tuple[Step, ...] = ()
    related: tuple[Related, ...] = ()
    fixes: tuple[Fix, ...] = ()
    policies: tuple[LengthPolicy, ...] = ()
    policies_after: tuple[LengthPolicy, ...] = ()
    fingerprint: str = ""  # the same as long as rule, file, function and code are
    suppressed: str = ""  # the reason, when a comment in the source suppresses it
    known: str = ""  # where it stood before: a baseline, an earlier revision

    @property
    def low(self) -> int | None:
        """Smallest legal length lost over all classes, in bytes."""
        return min((loss.low for loss in self.losses), default=None)

    @property
    def high(self) -> int | None:
        """Largest legal length lost over all classes, in bytes."""
        return max((loss.high for loss in self.losses), default=None)
