"""What becomes of findings once the rules have run; needs no rule, and nothing that a rule needs."""

from auditor.findings.concern import concerning
from auditor.findings.known import against_baseline, baseline_text, mark_known
from auditor.findings.settle import STRENGTH, settle

__all__ = ["STRENGTH", "against_baseline", "baseline_text", "concerning", "mark_known", "settle"]
