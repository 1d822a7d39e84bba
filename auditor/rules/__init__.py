"""The rule engine, and everything the author of a rule file in ``rules/`` needs to import.

A rule file is one module whose stem is the rule's id. It holds a docstring (a title line, a summary, then
the headings of ``HEADINGS``), ``RULE``, the examples ``BAD`` and ``GOOD``, and ``check(context)``.
"""

from auditor.constants import Site, describe
from auditor.model import (
    Confidence,
    Edit,
    Finding,
    Fix,
    LengthPolicy,
    Location,
    Loss,
    Outcome,
    Related,
    Rule,
    RuleDoc,
    Severity,
    Step,
    Term,
    Witness,
)
from auditor.rules.context import RuleContext
from auditor.rules.load import HEADINGS, LoadedRule, choose, load_rules
from auditor.rules.losses import Decision, decisions, finding, made_of_headers, ranges
from auditor.rules.run import run_rules

__all__ = [
    "HEADINGS",
    "Confidence",
    "Decision",
    "Edit",
    "Finding",
    "Fix",
    "LengthPolicy",
    "LoadedRule",
    "Location",
    "Loss",
    "Outcome",
    "Related",
    "Rule",
    "RuleContext",
    "RuleDoc",
    "Severity",
    "Site",
    "Step",
    "Term",
    "Witness",
    "choose",
    "decisions",
    "describe",
    "finding",
    "load_rules",
    "made_of_headers",
    "ranges",
    "run_rules",
]  # fmt: skip
