"""The length policy: abstract execution of every entry point, all lengths and frame classes at once."""

from auditor.policy.analysis import Analysis, EntryAnalysis, analyse
from auditor.policy.entry import Entry
from auditor.policy.forks import Fork
from auditor.policy.outcomes import KNOWN, RETURNED
from auditor.policy.tables import mode_text
from auditor.policy.verdicts import Bound

__all__ = ["KNOWN", "RETURNED", "Analysis", "Bound", "Entry", "EntryAnalysis", "Fork", "analyse", "mode_text"]
