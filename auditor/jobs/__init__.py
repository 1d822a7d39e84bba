"""The work of a scan as functions over bytes, and the run that gives them to an executor."""

from auditor.jobs.joining import joined
from auditor.jobs.judging import Part, judged, part_of, ruled
from auditor.jobs.remembering import Memory
from auditor.jobs.remote import audit_remotely
from auditor.jobs.running import Audit, audit, lowered
from auditor.jobs.work import Shared, Work, chosen_rules

__all__ = [
    "Audit",
    "Memory",
    "Part",
    "Shared",
    "Work",
    "audit",
    "audit_remotely",
    "chosen_rules",
    "joined",
    "judged",
    "lowered",
    "part_of",
    "ruled",
]
