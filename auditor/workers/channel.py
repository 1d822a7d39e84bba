"""Frames on a pipe: bytes come in with their length before them, whole messages go out.

A message is its kind (one byte), its length (eight bytes, big-endian) and its bytes. The supervisor's side
never blocks: a worker that stops in the middle of a message holds up nobody.
"""

from __future__ import annotations

import os
import struct

HEAD = struct.Struct(">BQ")
_CHUNK = 1 << 20


class Broken(Exception):
    """The other side closed the pipe, or sent what is no message; ``args[0]`` says which."""


def send(fd: int, kind: int, body: bytes) -> None:
    """Write one message, blocking. Raises Broken when nobody reads."""
    for part in (HEAD.pack(kind, len(body)), body):
        view = memoryview(part)
        while view:
            try:
                view = view[os.write(fd, view) :]
            except BrokenPipeError as error:
                raise Broken("the pipe is closed") from error


def receive(fd: int) -> tuple[int, bytes]:
    """Read one message, blocking. Raises Broken at the end of the pipe."""
    kind, length = HEAD.unpack(_exactly(fd, HEAD.size))
    return kind, _exactly(fd, length)


def _exactly(fd: int, count: int) -> bytes:
    data = bytearray()
    while len(data) < count:
        part = os.read(fd, min(_CHUNK, count - len(data)))
        if not part:
            raise Broken("the pipe is closed")
        data += part
    return bytes(data)


class Outgoing:
    """Bytes on their way into a non-blocking pipe."""

    def __init__(self, fd: int) -> None:
        os.set_blocking(fd, False)
        self.fd = fd
        self._left = memoryview(b"")

    def put(self, kind: int, body: bytes) -> None:
        """Begin to send one message; the one before must be through."""
        self._left = memoryview(HEAD.pack(kind, len(body)) + body)

    def advance(self) -> bool:
        """Write what fits; whether all is through. Raises Broken when nobody reads."""
        while self._left:
            try:
                self._left = self._left[os.write(self.fd, self._left[:_CHUNK]) :]
            except BlockingIOError:
                return False
            except BrokenPipeError as error:
                raise Broken("the pipe is closed") from error
        return True


class Incoming:
    """Bytes as they come out of a non-blocking pipe; messages longer than ``most`` are refused."""

    def __init__(self, fd: int, most: int) -> None:
        os.set_blocking(fd, False)
        self.fd, self._most = fd, most
        self._data = bytearray()

    def advance(self) -> tuple[int, bytes] | None:
        """The next whole message, None as long as it is not there. Raises Broken."""
        while (message := self._message()) is None:
            try:
                part = os.read(self.fd, _CHUNK)
            except BlockingIOError:
                return None
            if not part:
                raise Broken("the pipe is closed")
            self._data += part
        return message

    def _message(self) -> tuple[int, bytes] | None:
        if len(self._data) < HEAD.size:
            return None
        kind, length = HEAD.unpack_from(self._data)
        if length > self._most:
            raise Broken(f"a reply of {length} bytes")
        end = HEAD.size + length
        if len(self._data) < end:
            return None
        body = bytes(self._data[HEAD.size : end])
        del self._data[:end]
        return kind, body
