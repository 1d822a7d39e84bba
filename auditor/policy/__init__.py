"""The length policy: abstract execution of every entry point, all lengths and frame classes at once."""

from auditor.policy.analysis import Analysis, EntryAnalysis, analyse
from auditor.policy.answers.outcomes import KNOWN, RETURNED
from auditor.policy.answers.tables import mode_text
from auditor.policy.answers.verdicts import Bound
from auditor.policy.entry_points.entry import Entry
from auditor.policy.paths.forks import Fork

__all__ = ["KNOWN", "RETURNED", "Analysis", "Bound", "Entry", "EntryAnalysis", "Fork", "analyse", "mode_text"]
