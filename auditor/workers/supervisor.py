"""A function and a request come in, a future that a process keeps goes out.

Supervisor runs in the thread that calls it: ``wait`` moves everything on until some future is done. So the
process stays single-threaded and may fork a new worker whenever one is lost.
"""

from __future__ import annotations

import concurrent.futures
import os
import selectors
import signal
import time
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from typing import Any

from auditor.workers import child
from auditor.workers.channel import Broken, Incoming, Outgoing
from auditor.workers.child import Function
from auditor.workers.ends import End, buried
from auditor.workers.forking import Forking, held
from auditor.workers.in_process import InProcess
from auditor.workers.limits import Limits
from auditor.workers.tries import Task, WorkerLost

_GRACE = 1.0  # seconds between a closed pipe and the end of the process behind it
_PATIENCE = 10.0  # seconds, of a supervisor's life, to wait for a system that has no process to give
_PAUSE = 0.1


class _Worker:
    """One process, its two pipes, and the task it works on."""

    def __init__(self, pid: int, outgoing: Outgoing, incoming: Incoming) -> None:
        self.pid, self.outgoing, self.incoming = pid, outgoing, incoming
        self.task: Task | None = None
        self.until = 0.0


class Supervisor(concurrent.futures.Executor):
    """``count`` processes that serve ``functions``; a dead, stuck or greedy one is replaced.

    Futures fail with WorkerLost. Only ``functions`` given here can be submitted. Needs ``os.fork``.
    """

    def __init__(self, functions: Sequence[Function], count: int, limits: Limits | None = None) -> None:
        self._functions, self._count = tuple(functions), count
        self.limits = limits or Limits()
        self._forking = Forking(self._functions, self.limits)
        self._selector = selectors.DefaultSelector()
        self._workers: list[_Worker] = []
        self._queue: deque[Task] = deque()
        self._patience = _PATIENCE

    def submit(self, function: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """A future of ``function(request)``; later functions of the list go before earlier ones."""
        (request,) = args
        task = Task(self._functions.index(function), request, self.limits)
        if task.number and self._queue:
            self._queue.appendleft(task)
        else:
            self._queue.append(task)
        self._start()
        return task.future

    def wait(self) -> None:
        """Move on until something has happened: a reply, a death, or a time limit."""
        self._start()
        if len(self._workers) == self._count:
            self._forking.keep_small(self._files())
        busy = [w for w in self._workers if w.task is not None]
        if not busy:
            return
        soonest = min(worker.until for worker in busy)
        for key, _ in self._selector.select(max(0.0, soonest - time.monotonic())):
            if key.data in self._workers:
                self._advance(key.data)
        now = time.monotonic()
        for worker in [w for w in self._workers if w.task is not None and w.until <= now]:
            self._lose(worker, f"took longer than {self.limits.wall:.0f} s", again=False)
        self._start()

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """End every worker at once; what is not done never will be."""
        del wait, cancel_futures
        self._queue.clear()
        for worker in self._workers:  # together: each takes milliseconds to give its memory back
            os.kill(worker.pid, signal.SIGKILL)
        self._forking.close()
        for worker in list(self._workers):
            self._end(worker)
        self._selector.close()

    @property
    def processes(self) -> tuple[int, ...]:
        """The process ids of the workers that there are."""
        return tuple(worker.pid for worker in self._workers)

    def _start(self) -> None:
        """Give waiting tasks to idle workers, and to new ones as long as there may be more."""
        while self._queue and self._may_begin(self._queue[0]):
            worker = self._free()
            if worker is None:
                return
            task = self._queue.popleft()
            worker.task, worker.until = task, time.monotonic() + task.left
            worker.outgoing.put(task.number, task.request)
            self._advance(worker)

    def _may_begin(self, task: Task) -> bool:
        """Whether nobody needs to be alone: neither ``task`` nor one that is under way."""
        busy = [w.task for w in self._workers if w.task is not None]
        return not busy or not (task.alone or any(other.alone for other in busy))

    def _free(self) -> _Worker | None:
        """An idle worker, or a new one when there may be more; None when a task must wait for one.

        Later functions get a new one if there may be more: it inherits what was loaded for them meanwhile.
        Where the system can start none, what workers there are do it all; without any, tasks fail.
        """
        idle = [w for w in self._workers if w.task is None]
        if len(self._workers) >= self._count or (idle and not self._queue[0].number):
            return idle.pop() if idle else None
        while True:
            try:
                return self._fork()
            except OSError as error:
                if self._workers:
                    return idle.pop() if idle else None
                if self._patience <= 0:
                    why = f"no worker could be started ({error.strerror})"
                    self._queue.popleft().future.set_exception(WorkerLost(why))
                    return None
            self._patience -= _PAUSE
            time.sleep(_PAUSE)

    def _fork(self) -> _Worker:
        """Raises OSError."""
        with held():
            pid, outlet, inlet = self._forking.forked(self._files())
            worker = _Worker(pid, Outgoing(outlet), Incoming(inlet, self.limits.reply))
            self._workers.append(worker)
            self._selector.register(inlet, selectors.EVENT_READ, worker)
        return worker

    def _files(self) -> list[int]:
        """What no other process must hold open."""
        files = [fd for w in self._workers for fd in (w.outgoing.fd, w.incoming.fd)]
        if (own := getattr(self._selector, "fileno", None)) is not None:
            files.append(own())
        return files

    def _advance(self, worker: _Worker) -> None:
        """Send and receive what is possible without waiting."""
        try:
            sent = worker.outgoing.advance()
            self._watch_outlet(worker, not sent)
            message = worker.incoming.advance()
        except Broken as why:
            self._lose(worker, str(why), again=True)
            return
        if message is not None:
            self._finish(worker, *message)

    def _watch_outlet(self, worker: _Worker, wanted: bool) -> None:
        watched = worker.outgoing.fd in self._selector.get_map()
        if wanted and not watched:
            self._selector.register(worker.outgoing.fd, selectors.EVENT_WRITE, worker)
        elif watched and not wanted:
            self._selector.unregister(worker.outgoing.fd)

    def _finish(self, worker: _Worker, kind: int, body: bytes) -> None:
        task = worker.task
        worker.task = None
        if kind != child.DONE:
            self._end(worker)
        if task is None or kind not in (child.DONE, child.LAST, child.FAILED):
            self._end(worker)
            if task is not None:
                task.future.set_exception(WorkerLost("its worker answered nonsense"))
        elif kind == child.FAILED:
            task.future.set_exception(WorkerLost(body.decode("utf-8", "replace")))
        else:
            task.future.set_result(body)

    def _lose(self, worker: _Worker, why: str, *, again: bool) -> None:
        """Give up on a worker; its task gets another one, or fails."""
        task = worker.task
        end = self._end(worker, _GRACE if again else 0.0)
        if task is None:
            return
        task.left = worker.until - time.monotonic()
        if again:
            why = task.given_up(end, why)
        if why:
            task.future.set_exception(WorkerLost(why))
        else:
            self._queue.appendleft(task)

    def _end(self, worker: _Worker, grace: float = 0.0) -> End:
        """Make sure that a worker's process is gone, killed after ``grace`` seconds; how it ended."""
        if worker not in self._workers:
            return End(ours=True)
        self._workers.remove(worker)
        self._watch_outlet(worker, False)
        self._selector.unregister(worker.incoming.fd)
        os.close(worker.outgoing.fd)
        os.close(worker.incoming.fd)
        return buried(worker.pid, grace)


def supervised(
    functions: Sequence[Function], count: int, limits: Limits | None = None
) -> concurrent.futures.Executor:
    """Supervisor with ``count`` workers; InProcess for none, or where processes cannot fork (Windows)."""
    if count < 1 or not hasattr(os, "fork"):
        return InProcess()
    return Supervisor(functions, count, limits)
