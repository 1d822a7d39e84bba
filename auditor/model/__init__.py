"""The vocabulary that every stage shares: locations, policies, findings, reports, errors.

``identity.py`` is imported by who gives fingerprints.
"""

from auditor.model.errors import ConfigError, LenauditError, NothingAnalysed, UsageError, nearest
from auditor.model.ethernet import ETHERNET_HEADER, TAGGED_MAXIMUM, UNTAGGED_MAXIMUM, WIRE_MINIMUM
from auditor.model.finding import (
    Confidence,
    Edit,
    Finding,
    Fix,
    Loss,
    Related,
    Severity,
    Step,
    Term,
    Witness,
)
from auditor.model.location import NOWHERE, Location
from auditor.model.observation import Cell, Observation, Suspect, Threshold
from auditor.model.policy import ClassRow, LengthPolicy, Outcome, Span
from auditor.model.proof import Fate, Probe, Proof
from auditor.model.report import Coverage, Gap, Report
from auditor.model.rule import Rule, RuleDoc
from auditor.model.sources import Sources, decode, visible, written
from auditor.model.wording import describe, leaves

__all__ = [
    "ETHERNET_HEADER",
    "NOWHERE",
    "TAGGED_MAXIMUM",
    "UNTAGGED_MAXIMUM",
    "WIRE_MINIMUM",
    "Cell",
    "ClassRow",
    "Confidence",
    "ConfigError",
    "Coverage",
    "Edit",
    "Fate",
    "Finding",
    "Fix",
    "Gap",
    "LenauditError",
    "LengthPolicy",
    "Location",
    "Loss",
    "NothingAnalysed",
    "Observation",
    "Outcome",
    "Probe",
    "Proof",
    "Related",
    "Report",
    "Rule",
    "RuleDoc",
    "Severity",
    "Sources",
    "Span",
    "Step",
    "Suspect",
    "Term",
    "Threshold",
    "UsageError",
    "Witness",
    "decode",
    "describe",
    "leaves",
    "nearest",
    "visible",
    "written",
]  # fmt: skip
