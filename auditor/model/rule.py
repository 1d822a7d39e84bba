"""What a rule says about itself: metadata, documentation and examples, as plain data for any renderer."""

from __future__ import annotations

import msgspec

from auditor.model.finding import Severity


class Rule(msgspec.Struct, frozen=True, kw_only=True):
    """Metadata of a rule, written as ``RULE`` in its file.

    ``message`` is the finding's sentence with ``'{0}'``, ``'{1}'`` ... where a finding's arguments go.
    ``cwe`` is a number of the Common Weakness Enumeration (https://cwe.mitre.org), None where none fits.
    ``security`` is a CVSS-like score (0.1..10), None for a rule without a security side.
    ``precision`` (very-high, high, medium, low) says how rarely the rule is wrong at its usual confidence.
    """

    title: str
    message: str
    severity: Severity
    since: str
    cwe: int | None = None
    security: float | None = None
    precision: str = "high"
    default_on: bool = True

    def say(self, *arguments: str) -> str:
        """The finding's sentence with ``arguments`` put in."""
        return self.message.format(*arguments)


class RuleDoc(msgspec.Struct, frozen=True, kw_only=True):
    """A loaded rule as readers see it: ``sections`` maps each fixed heading to its markdown text.

    ``bad`` and ``good`` map an example's title to C source with expectation comments on the lines.
    """

    id: str
    rule: Rule
    summary: str
    sections: dict[str, str]
    bad: dict[str, str]
    good: dict[str, str]
