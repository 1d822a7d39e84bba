"""The rule engine, and everything the author of a rule file in ``rules/`` needs to import.

A rule file is one module whose stem is the rule's id. It holds a docstring (a title line, a summary, then
the headings of ``HEADINGS``), ``RULE``, the examples ``BAD`` and ``GOOD``, and ``check(context)``.
"""

from auditor.constants import Site
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
    describe,
)
from auditor.rules.bare_mtu import BareMtu, against_bare_mtu
from auditor.rules.byteorder import Unswapped, unswapped_lengths
from auditor.rules.byteorder_findings import bytes_finding, unswapped_finding
from auditor.rules.comparison_findings import Compared, comparison_finding
from auditor.rules.context import RuleContext
from auditor.rules.declaring import DeclaringFrame, declaring_frame, padded_frame
from auditor.rules.exact import exact_lengths
from auditor.rules.fcs import OneSided, fcs_on_one_side
from auditor.rules.load import HEADINGS, LoadedRule, load_rules
from auditor.rules.losses import Decision, decisions, finding, made_of_headers, ranges
from auditor.rules.mismatch import L2, Mismatch, mismatches
from auditor.rules.mismatch_findings import mismatch_finding
from auditor.rules.overread_findings import overread_finding
from auditor.rules.overreads import Overread, overreads
from auditor.rules.run import check_rules
from auditor.rules.story import way_to
from auditor.rules.swaps import swap_name
from auditor.rules.tagged import Tagless, without_room_for_a_tag
from auditor.rules.unswapped import UnswappedBytes, unswapped_bytes
from auditor.rules.wires import Unpadded, is_wire_minimum, wire_minima
from auditor.rules.wrap_findings import wrap_finding
from auditor.rules.wraps import Wrap, wraps

__all__ = [
    "HEADINGS",
    "L2",
    "BareMtu",
    "Compared",
    "Confidence",
    "Decision",
    "DeclaringFrame",
    "Edit",
    "Finding",
    "Fix",
    "LengthPolicy",
    "LoadedRule",
    "Location",
    "Loss",
    "Mismatch",
    "OneSided",
    "Outcome",
    "Overread",
    "Related",
    "Rule",
    "RuleContext",
    "RuleDoc",
    "Severity",
    "Site",
    "Step",
    "Tagless",
    "Term",
    "Unpadded",
    "Unswapped",
    "UnswappedBytes",
    "Witness",
    "Wrap",
    "against_bare_mtu",
    "bytes_finding",
    "check_rules",
    "comparison_finding",
    "decisions",
    "declaring_frame",
    "describe",
    "exact_lengths",
    "fcs_on_one_side",
    "finding",
    "is_wire_minimum",
    "load_rules",
    "made_of_headers",
    "mismatch_finding",
    "mismatches",
    "overread_finding",
    "overreads",
    "padded_frame",
    "ranges",
    "swap_name",
    "unswapped_bytes",
    "unswapped_finding",
    "unswapped_lengths",
    "way_to",
    "wire_minima",
    "without_room_for_a_tag",
    "wrap_finding",
    "wraps",
]  # fmt: skip
