"""A function and a request come in, an answer that is there goes out: an executor without processes."""

from __future__ import annotations

from auditor.workers.child import Function
from auditor.workers.executor import Answer, Executor


class InProcess(Executor):
    """Runs every request at once, in this process; exceptions go through to the caller."""

    def submit(self, function: Function, request: bytes) -> Answer:
        """An answer that has come."""
        answer = Answer()
        answer.set_result(function(request))
        return answer

    def wait(self) -> None:
        """There is nothing to wait for."""

    def shutdown(self) -> None:
        """There is nothing to end."""
