"""The ends of a request's workers come in, why it gets no other one goes out.

A worker that dies of its own, of SIGSEGV say, does so because of what it was asked: its request gets one
more, for flukes. One that was killed was ended by somebody else, who does not know what it worked on: its
request gets many more, all within the time of one, and soon alone, for what kills is mostly a system short of
memory.
"""

from __future__ import annotations

from concurrent.futures import Future

from auditor.workers.ends import End
from auditor.workers.limits import Limits

DEATHS = 2
"""Workers that may die of one request."""

KILLS = 10
"""Workers that may be killed over one request."""

LONELY = 3
"""Killed workers after which a request gets the next one while no other works."""


class WorkerLost(Exception):
    """A request that no worker could answer; ``args[0]`` says what became of it, as the end of a sentence."""


class Task:
    """One request on its way to its answer; ``left`` are the seconds that workers may still have it."""

    def __init__(self, number: int, request: bytes, limits: Limits) -> None:
        self.number, self.request = number, request
        self.future: Future[bytes] = Future()
        self.left = limits.wall
        self._limits, self._deaths, self._kills = limits, 0, 0

    @property
    def alone(self) -> bool:
        """Whether no other worker may be busy meanwhile."""
        return self._kills >= LONELY

    def given_up(self, end: End, why: str) -> str:
        """Why a worker's ``end`` is the request's too, or "" when it gets another one.

        ``why`` the worker is of no use any more stands in for a signal that it did not get.
        """
        if end.signal == "SIGXCPU":
            return f"used more than {self._limits.cpu} s of processor time"
        if not end.killed:
            self._deaths += 1
            cause = why if end.ours else end.signal or why
            return f"its worker died ({cause})" if self._deaths >= DEATHS else ""
        self._kills += 1
        if self._kills < KILLS and self.left > 0:
            return ""
        times = f"{self._kills} times" if self._kills > 1 else "once"
        return f"its worker was killed {times} ({end.signal}), as a system short of memory does"
