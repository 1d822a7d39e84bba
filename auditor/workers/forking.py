"""Functions and limits in; a process that serves them, and the pipes to it, out."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

from auditor.workers import child
from auditor.workers.child import Function
from auditor.workers.limits import Limits


@contextmanager
def held() -> Iterator[None]:
    """Let what would stop this process wait: a new one inherits handlers that are not meant for it."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, ())
    try:
        signal.pthread_sigmask(signal.SIG_BLOCK, child.STOPPING)
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def forked(functions: Sequence[Function], limits: Limits, others: Iterable[int]) -> tuple[int, int, int]:
    """The process id of a new worker, where to write requests and where to read replies; use while ``held``.

    ``others`` are files that it must not hold open. Raises OSError when the system has no process, no memory
    or no pipe to give.
    """
    pipes: list[int] = []
    parent = os.getpid()
    try:
        pipes += os.pipe()
        pipes += os.pipe()
        pid = os.fork()
    except OSError:
        for fd in pipes:
            os.close(fd)
        raise
    their_inlet, our_outlet, our_inlet, their_outlet = pipes
    if pid == 0:
        child.run(functions, limits, (their_inlet, their_outlet), (our_outlet, our_inlet, *others), parent)
    os.close(their_inlet)
    os.close(their_outlet)
    return pid, our_outlet, our_inlet
