"""Functions and limits in; workers that begin small, however much their supervisor holds by then, out.

A fork begins with all memory of the process that it copies. So on Linux a process that is forked early, and
stays as small as that, forks the workers that follow. Each is the child of one that ends at once: Linux gives
the orphan to the supervisor (PR_SET_CHILD_SUBREAPER, prctl(2)), which ends and buries it like any other. Its
pipes are opened where Linux shows them among the supervisor's files (/proc/PID/fd, proc(5)).
"""

from __future__ import annotations

import ctypes
import errno
import mmap
import os
import select
import signal
import struct
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from auditor.workers import child
from auditor.workers.channel import Broken
from auditor.workers.child import Function
from auditor.workers.limits import Limits
from auditor.workers.process import named

_PR_SET_CHILD_SUBREAPER, _PR_GET_CHILD_SUBREAPER = 36, 37  # linux/prctl.h
_ORDER = struct.Struct(">qq")
"""The supervisor's numbers of two files: where a worker shall read and where it shall write."""

_ANSWER = struct.Struct(">qq")
"""A new worker's process id and 0, or 0 and an errno: why there is none."""

_PATIENCE = 10.0  # seconds for one birth
_MOMENT = 0.0001  # seconds


class Nursery:
    """The process that begins workers. Linux only.

    ``others`` are files that it must not hold open. Raises OSError when the system has no process or no pipe
    to give.
    """

    def __init__(self, functions: Sequence[Function], limits: Limits, others: Iterable[int]) -> None:
        pipes: list[int] = []
        parent = os.getpid()
        try:
            pipes += os.pipe()
            pipes += os.pipe()
            self._pid = os.fork()
        except OSError:
            for fd in pipes:
                os.close(fd)
            raise
        inlet, self._outlet, self._inlet, outlet = pipes
        if self._pid == 0:
            _Births(functions, limits, (inlet, outlet), parent).serve((self._outlet, self._inlet, *others))
        os.close(inlet)
        os.close(outlet)

    def born(self, pipes: tuple[int, int]) -> int:
        """The process id of a new child of this process, a worker that reads and writes ``pipes``.

        Raises OSError when the system has no process to give, Broken when the nursery is of no use any more:
        of a worker that it has begun nobody knows then, and it ends with its pipes.
        """
        pid, why = self._answered(pipes)
        if why:
            raise OSError(why, os.strerror(why))
        try:
            gone, _ = os.waitpid(pid, os.WNOHANG)
        except ChildProcessError as error:  # this system gives orphans to somebody else
            raise Broken("it belongs to somebody else") from error
        if gone:
            raise Broken("it is gone")
        return pid

    def close(self) -> None:
        """End it; its workers live on."""
        os.close(self._outlet)
        os.close(self._inlet)
        os.kill(self._pid, signal.SIGKILL)
        os.waitpid(self._pid, 0)

    def _answered(self, pipes: tuple[int, int]) -> tuple[int, int]:
        waiting = select.poll()
        waiting.register(self._inlet, select.POLLIN)
        answer = b""
        with _adopting(), suppress(BrokenPipeError):
            os.write(self._outlet, _ORDER.pack(*pipes))
            if waiting.poll(_PATIENCE * 1000):
                answer = os.read(self._inlet, _ANSWER.size)
        if len(answer) < _ANSWER.size:
            raise Broken("nobody answers")
        pid, why = _ANSWER.unpack(answer)
        return pid, why


@contextmanager
def _adopting() -> Iterator[None]:
    """Make this process the parent of descendants that lose theirs meanwhile."""
    prctl, before = ctypes.CDLL(None).prctl, ctypes.c_int()
    prctl(_PR_GET_CHILD_SUBREAPER, ctypes.byref(before), 0, 0, 0)
    prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    try:
        yield
    finally:
        prctl(_PR_SET_CHILD_SUBREAPER, before.value, 0, 0, 0)


class _Births:
    """The nursery's side: orders come in by the first of ``pipes``, answers go out by the second."""

    def __init__(
        self, functions: Sequence[Function], limits: Limits, pipes: tuple[int, int], parent: int
    ) -> None:
        self.functions, self.limits, self.pipes, self.parent = functions, limits, pipes, parent
        self.answer = mmap.mmap(-1, _ANSWER.size)  # shared with the process between this one and a worker

    def serve(self, others: Iterable[int]) -> None:
        """Begin a worker for each order until there are none; never returns. It must not hold ``others``."""
        code, (inlet, outlet) = 1, self.pipes
        try:
            for fd in others:
                os.close(fd)
            child.settle(self.limits, self.parent)
            named("forks")
            _require_own_proc()
            while order := os.read(inlet, _ORDER.size):
                theirs = self._opened(*_ORDER.unpack(order))
                self._say(0, errno.EAGAIN)
                self._fork_between(theirs)
                for fd in theirs:
                    os.close(fd)
                os.write(outlet, self.answer)
            code = 0
        finally:
            os._exit(code)

    def _opened(self, inlet: int, outlet: int) -> tuple[int, int]:
        """The ends that the supervisor knows by these numbers."""
        folder = f"/proc/{self.parent}/fd"
        return os.open(f"{folder}/{inlet}", os.O_RDONLY), os.open(f"{folder}/{outlet}", os.O_WRONLY)

    def _fork_between(self, pipes: tuple[int, int]) -> None:
        """A process that forks a worker and is gone: the worker is the supervisor's then."""
        try:
            between = os.fork()
        except OSError as error:
            self._say(0, error.errno)
            return
        if between == 0:
            try:
                self._fork_worker(pipes)
            finally:
                os._exit(0)
        os.waitpid(between, 0)

    def _fork_worker(self, pipes: tuple[int, int]) -> None:
        between = os.getpid()
        try:
            pid = os.fork()
        except OSError as error:
            self._say(0, error.errno)
            return
        if pid:
            self._say(pid, 0)
            return
        self.answer.close()
        while os.getppid() == between:
            time.sleep(_MOMENT)
        child.run(self.functions, self.limits, pipes, self.pipes, self.parent)

    def _say(self, pid: int, why: int | None) -> None:
        _ANSWER.pack_into(self.answer, 0, pid, why or 0)


def _require_own_proc() -> None:
    """Raises OSError where /proc is not there, or counts processes otherwise than this one's namespace."""
    if Path("/proc/self").readlink().name != str(os.getpid()):
        raise OSError(errno.ESRCH, os.strerror(errno.ESRCH))
