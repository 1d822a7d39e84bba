"""A worker's process comes in, how it ended goes out."""

from __future__ import annotations

import os
import signal
import time

import msgspec

_OTHERS = frozenset({"SIGKILL", "SIGTERM"})
"""What a process gets from somebody else: from a system short of memory, or from an operator."""


class End(msgspec.Struct, frozen=True):
    """How a process ended: ``signal`` by name, "" for none; ``ours`` when the supervisor ended it."""

    signal: str = ""
    ours: bool = False

    @property
    def killed(self) -> bool:
        """Whether somebody else ended it; any other end is the process's own."""
        return self.signal in _OTHERS and not self.ours


def buried(pid: int, grace: float) -> End:
    """How the child process ``pid`` ended; it is killed when it has not within ``grace`` seconds."""
    until = time.monotonic() + grace
    gone, status = os.waitpid(pid, os.WNOHANG)
    while not gone and time.monotonic() < until:
        time.sleep(0.002)
        gone, status = os.waitpid(pid, os.WNOHANG)
    if not gone:
        os.kill(pid, signal.SIGKILL)
        _, status = os.waitpid(pid, 0)
    return End(_signal(status), ours=not gone)


def _signal(status: int) -> str:
    if not os.WIFSIGNALED(status):
        return ""
    number = os.WTERMSIG(status)
    try:
        return signal.Signals(number).name
    except ValueError:  # a real-time signal
        return f"signal {number}"
