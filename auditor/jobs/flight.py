"""Requests under way: what is sent to an executor comes in, what came of each goes out as it is done."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Executor, Future
from queue import Empty, SimpleQueue
from typing import Any, Generic, TypeVar

from auditor.workers import Function, Supervisor, WorkerLost

Tag = TypeVar("Tag")
Outcome = bytes | WorkerLost


class Flight(Generic[Tag]):
    """Requests, each with a tag; works with any executor whose functions may be sent to it."""

    def __init__(self, executor: Executor) -> None:
        self._executor = executor
        self._done: SimpleQueue[tuple[Tag, Future[bytes]]] = SimpleQueue()
        self.under_way = 0

    def send(self, function: Function, request: bytes, tag: Tag) -> None:
        """Ask for ``function(request)``."""
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
