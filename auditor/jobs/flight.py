"""Requests under way: what is sent to an executor comes in, what came of each goes out as it is done."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future
from queue import Empty, SimpleQueue
from typing import Any, Generic, TypeVar

from auditor.workers import Function, InProcess, Supervisor, WorkerLost

Tag = TypeVar("Tag")
Outcome = bytes | WorkerLost

AHEAD = 64
"""Requests under way at a time: enough for every worker, few enough to keep what is done small."""


class Flight(Generic[Tag]):
    """Requests, each with a tag; works with any executor whose functions may be sent to it.

    ``executor`` makes it, with the first request; a context manager, at whose end it is shut down.
    """

    def __init__(self, executor: Callable[[], Executor]) -> None:
        self._make = executor
        self._executor: Executor | None = None
        self._done: SimpleQueue[tuple[Tag, Future[bytes]]] = SimpleQueue()
        self.under_way = 0

    def __enter__(self) -> Flight[Tag]:
        return self

    def __exit__(self, *_: object) -> None:
        if self._executor is not None:
            self._executor.shutdown()

    @property
    def full(self) -> bool:
        """Whether more requests would only wait; one is enough for this process, which does it at once."""
        return self.under_way >= (1 if isinstance(self._executor, InProcess) else AHEAD)

    def send(self, function: Function, request: bytes, tag: Tag) -> None:
        """Ask for ``function(request)``."""
        if self._executor is None:
            self._executor = self._make()
        future: Future[bytes] = self._executor.submit(function, request)
        self.under_way += 1
        future.add_done_callback(lambda done: self._done.put((tag, done)))

    def landed(self) -> Iterator[tuple[Tag, Outcome]]:
        """Outcomes in the order they come in, until nothing is under way; more may be sent meanwhile.

        A lost request is an outcome; every other exception goes through.
        """
        while self.under_way:
            tag, future = self._next()
            self.under_way -= 1
            error: Any = future.exception()
            yield tag, error if isinstance(error, WorkerLost) else future.result()

    def _next(self) -> tuple[Tag, Future[bytes]]:
        while isinstance(self._executor, Supervisor):  # it works while we wait, and not otherwise
            try:
                return self._done.get_nowait()
            except Empty:
                self._executor.wait()
        return self._done.get()
