"""Supervised worker processes: functions over bytes come in, an executor whose workers may die goes out.

What a worker does is not known here; ``auditor.jobs`` says it. Requests and replies are bytes on pipes, so
that nothing a worker sends can be more than data.
"""

from auditor.workers.child import Function
from auditor.workers.in_process import InProcess
from auditor.workers.limits import Limits
from auditor.workers.supervisor import Supervisor, supervised
from auditor.workers.tries import WorkerLost

__all__ = ["Function", "InProcess", "Limits", "Supervisor", "WorkerLost", "supervised"]
