"""The work of a scan as functions over bytes, and the run that gives them to an executor.

What plans and joins stands here; ``lowering.py`` and ``judging.py``, which need the stages themselves, are
imported by who has something to analyse, ``remembering.py`` by who keeps it.
"""

from auditor.jobs.joining import joined
from auditor.jobs.part import Part, part_of
from auditor.jobs.remote import audit_remotely
from auditor.jobs.running import Audit, audit
from auditor.jobs.work import Shared, Work

__all__ = ["Audit", "Part", "Shared", "Work", "audit", "audit_remotely", "joined", "part_of"]
