"""Functions and limits in; processes that serve them, and the pipes to each, out."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from auditor.workers import child
from auditor.workers.channel import Broken
from auditor.workers.child import Function
from auditor.workers.limits import Limits

if TYPE_CHECKING:
    from auditor.workers.nursery import Nursery

Pipes = tuple[int, int]
"""Where to read and where to write."""


@contextmanager
def held() -> Iterator[None]:
    """Let what would stop this process wait: a new one inherits handlers that are not meant for it."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, ())
    try:
        signal.pthread_sigmask(signal.SIG_BLOCK, child.STOPPING)
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


class Forking:
    """Begins workers that serve ``functions`` within ``limits``."""

    def __init__(self, functions: Sequence[Function], limits: Limits) -> None:
        self._functions, self._limits = functions, limits
        self._nursery: Nursery | None = None
        self._keeps = False

    def keep_small(self, others: Iterable[int]) -> None:
        """Have workers that come later begin as small as this process is now, where the system can do that.

        ``others`` are files that no worker must hold open.
        """
        if self._keeps or sys.platform != "linux":
            return
        self._keeps = True
        from auditor.workers.nursery import Nursery  # the first workers need none

        with held(), suppress(OSError):
            self._nursery = Nursery(self._functions, self._limits, others)

    def forked(self, others: Iterable[int]) -> tuple[int, int, int]:
        """The process id of a new worker, where to write requests and where to read replies.

        Use while ``held``. ``others`` are files that it must not hold open. Raises OSError when the system
        has no process, no memory or no pipe to give.
        """
        if self._nursery is not None:
            try:
                nursery = self._nursery
                return _piped(lambda theirs, ours: nursery.born(theirs))
            except Broken:
                self.close()
        return _piped(lambda theirs, ours: self._fork(theirs, (*ours, *others)))

    def close(self) -> None:
        """Begin no small workers any more."""
        if self._nursery is not None:
            self._nursery.close()
            self._nursery = None

    def _fork(self, pipes: Pipes, others: Iterable[int]) -> int:
        parent = os.getpid()
        pid = os.fork()
        if pid == 0:
            child.run(self._functions, self._limits, pipes, others, parent)
        return pid


def _piped(birth: Callable[[Pipes, Pipes], int]) -> tuple[int, int, int]:
    """What ``forked`` gives, of a process that gets the first of two pairs of ends, and not the second."""
    pipes: list[int] = []
    try:
        pipes += os.pipe()
        pipes += os.pipe()
        their_inlet, our_outlet, our_inlet, their_outlet = pipes
        pid = birth((their_inlet, their_outlet), (our_inlet, our_outlet))
    except (OSError, Broken):
        for fd in pipes:
            os.close(fd)
        raise
    os.close(their_inlet)
    os.close(their_outlet)
    return pid, our_outlet, our_inlet
