"""What one scan says: findings, policies, and what could not be understood."""

from __future__ import annotations

import msgspec

from auditor.model.finding import Finding
from auditor.model.location import Location
from auditor.model.policy import LengthPolicy


class Gap(msgspec.Struct, frozen=True):
    """Something that was not understood; never passed over in silence.

    ``kind`` is unreadable, unparsed, partial, skipped, budget, entry, suppression, baseline, truncated or
    worker; level error (the file was not analysed), warning (partly analysed) or note (skipped on purpose).
    """

    kind: str
    message: str
    at: Location
    level: str = "warning"


class Coverage(msgspec.Struct, frozen=True):
    """Length-relevant comparisons of one file: seen in its text against understood in the IR."""

    file: str
    in_text: int
    understood: int


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """The whole result of a scan, ready for any renderer.

    ``base`` is the absolute folder that every ``Location.file`` is relative to.
    """

    base: str
    findings: tuple[Finding, ...] = ()
    policies: tuple[LengthPolicy, ...] = ()
    gaps: tuple[Gap, ...] = ()
    coverage: tuple[Coverage, ...] = ()
    files: int = 0
    rules: tuple[str, ...] = ()
    seconds: float = 0.0
    command: tuple[str, ...] = ()

    @property
    def understood(self) -> float:
        """Share of comparisons understood, 0..1 (1 when there were none)."""
        total = sum(c.in_text for c in self.coverage)
        return sum(min(c.understood, c.in_text) for c in self.coverage) / total if total else 1.0
