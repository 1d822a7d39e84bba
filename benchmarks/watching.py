"""A running process in; peaks of memory of it and of all it starts out, and its end when its time is up."""

# Path objects would cost more than the looks:
# ruff: noqa: PTH123, PTH208

from __future__ import annotations

import os
import re
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import suppress

EVERY = 0.01
"""Seconds between two looks at a short run."""

_PART = 0.005, 0.1
"""Between two looks at a longer one: such a part of its time so far, and at most so many seconds."""

_GROWN = 1.01
"""Times its peak before, and a process's own pages are counted: 190 times on the way from 30 to 200 MiB.

Linux walks all pages for that, 1.5 ms for 200 MiB; a hundred times dearer than the peak of resident memory.
"""

_LATER = 1.0
"""Seconds after which they are counted in any case: its parent may have given up what they shared."""

_PEAK = re.compile(rb"^VmHWM:\s*(\d+) kB", re.MULTILINE)
_PRIVATE = re.compile(rb"^Private_Dirty:\s*(\d+) kB", re.MULTILINE)


class Watch(threading.Thread):
    """Looks at the process ``pid``, which leads a group, and kills the group ``limit`` seconds from now.

    ``peaks`` has the most resident memory of each process, in MiB; the system keeps it, so a look misses
    only what a process took after the last look at it. ``private`` has the most that a process was seen to
    hold that is its own: in no file, and shared with no process since one of the two wrote there. Pages of a
    library do not count, which it may share with a stranger. Both stay empty where there is no ``/proc``.
    """

    def __init__(self, pid: int, limit: float) -> None:
        super().__init__(daemon=True)
        self.pid, self.begun, self.limit = pid, time.perf_counter(), limit
        self.peaks: dict[int, float] = {}
        self.private: dict[int, float] = {}
        self.over = False
        self._counted: dict[int, tuple[float, float]] = {}  # when, and at which peak
        self._ended = threading.Event()

    def run(self) -> None:
        """Look until the end, which is the process's or that of its time; once in any case."""
        part, most = _PART
        lasted = 0.0
        while lasted <= self.limit:
            for pid in _with_children(self.pid):
                with suppress(OSError):  # it has ended
                    self._look(pid)
            if self._ended.wait(max(EVERY, min(most, lasted * part))):
                return
            lasted = time.perf_counter() - self.begun
        self.over = True
        kill(self.pid)

    def end(self) -> None:
        """Look no more."""
        self._ended.set()
        if self.ident is not None:  # it was started
            self.join()

    def _look(self, pid: int) -> None:
        found = _PEAK.search(_bytes(f"/proc/{pid}/status"))
        if found is None:  # it has ended, and nobody has asked how
            return
        peak, now = int(found[1]) / 1024, time.perf_counter()
        self.peaks[pid] = max(self.peaks.get(pid, 0.0), peak)
        when, least = self._counted.get(pid, (0.0, 0.0))
        if peak > least * _GROWN or now - when > _LATER:
            self._counted[pid] = now, peak
            pages = _PRIVATE.findall(_bytes(f"/proc/{pid}/smaps_rollup"))
            self.private[pid] = max(self.private.get(pid, 0.0), sum(map(int, pages)) / 1024)


def kill(group: int) -> None:
    """End every process of ``group``."""
    with suppress(ProcessLookupError, PermissionError):  # macOS forbids it for what has ended
        os.killpg(group, signal.SIGKILL)


def _with_children(pid: int) -> Iterator[int]:
    pending = [pid]
    while pending:
        one = pending.pop()
        yield one
        with suppress(OSError):
            for task in os.listdir(f"/proc/{one}/task"):
                pending += map(int, _bytes(f"/proc/{one}/task/{task}/children").split())


def _bytes(name: str) -> bytes:
    with open(name, "rb", buffering=0) as file:
        return file.read()
