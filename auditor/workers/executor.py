"""What every executor can do, and what it gives for a request: an answer that comes later.

As the standard library has them, but for one thread: its own bring ``logging`` along, and a twentieth of the
time until the first worker begins.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from typing import Self

from auditor.workers.child import Function


class Answer:
    """What comes of one request: a reply, or an error."""

    def __init__(self) -> None:
        self._reply: bytes | None = None
        self._error: Exception | None = None
        self._listeners: list[Callable[[Answer], None]] = []

    def done(self) -> bool:
        """Whether it has come."""
        return self._reply is not None or self._error is not None

    def result(self) -> bytes:
        """The reply. Raises the error, and ValueError before there is either."""
        if self._error is not None:
            raise self._error
        if self._reply is None:
            raise ValueError("nothing has come yet")
        return self._reply

    def exception(self) -> Exception | None:
        """The error, None for a reply."""
        return self._error

    def add_done_callback(self, listener: Callable[[Answer], None]) -> None:
        """Call ``listener`` with this when it has come, or at once."""
        if self.done():
            listener(self)
        else:
            self._listeners.append(listener)

    def set_result(self, reply: bytes) -> None:
        """It has come."""
        self._reply = reply
        self._tell()

    def set_exception(self, error: Exception) -> None:
        """No reply will come."""
        self._error = error
        self._tell()

    def _tell(self) -> None:
        listeners, self._listeners = self._listeners, []
        for listener in listeners:
            listener(self)


class Executor(ABC):
    """Serves requests; a context manager, at whose end it is shut down."""

    @abstractmethod
    def submit(self, function: Function, request: bytes) -> Answer:
        """The answer of ``function(request)``."""

    @abstractmethod
    def wait(self) -> None:
        """Move on until something has happened."""

    @abstractmethod
    def shutdown(self) -> None:
        """End; what is not done never will be."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.shutdown()
