"""A running process in; peaks of memory of it and of all it starts out, and its end when its time is up."""

from __future__ import annotations

import os
import re
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

EVERY = 0.01
"""Seconds between two looks: 0.05 ms each for three processes."""

_BETWEEN = 0.1, 1.0
"""Seconds from one count of a process's private pages to the next: at least, and where it has not grown.

Linux walks all pages for it, 1.5 ms for 200 MiB; a hundred times dearer than the peak of resident memory.
"""

_GROWN = 1.01
_PEAK = re.compile(rb"^VmHWM:\s*(\d+) kB", re.MULTILINE)
_PRIVATE = re.compile(rb"^Private_\w+:\s*(\d+) kB", re.MULTILINE)


class Watch(threading.Thread):
    """Looks at the process ``pid``, which leads a group, and kills the group ``limit`` seconds from now.

    ``peaks`` has the most resident memory of each process, in MiB; the system keeps it, so a look misses
    only what a process took after the last look at it. ``private`` has the most that a process was seen to
    share with no other. Both stay empty where there is no ``/proc``.
    """

    def __init__(self, pid: int, limit: float) -> None:
        super().__init__(daemon=True)
        self.pid, self.until = pid, time.perf_counter() + limit
        self.peaks: dict[int, float] = {}
        self.private: dict[int, float] = {}
        self.over = False
        self._counted: dict[int, tuple[float, float]] = {}  # when, and at which peak
        self._ended = threading.Event()

    def run(self) -> None:
        """Look until the end, which is the process's or that of its time."""
        while not self._ended.wait(EVERY):
            if time.perf_counter() > self.until:
                self.over = True
                kill(self.pid)
                return
            for pid in _with_children(self.pid):
                with suppress(OSError):  # it has ended
                    self._look(pid)

    def end(self) -> None:
        """Look no more."""
        self._ended.set()
        if self.ident is not None:  # it was started
            self.join()

    def _look(self, pid: int) -> None:
        found = _PEAK.search(Path(f"/proc/{pid}/status").read_bytes())
        if found is None:  # it has ended, and nobody has asked how
            return
        peak, now = int(found[1]) / 1024, time.perf_counter()
        self.peaks[pid] = max(self.peaks.get(pid, 0.0), peak)
        when, least = self._counted.get(pid, (0.0, 0.0))
        soon, late = _BETWEEN
        if now - when > (soon if peak > least * _GROWN else late):
            self._counted[pid] = now, peak
            pages = _PRIVATE.findall(Path(f"/proc/{pid}/smaps_rollup").read_bytes())
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
            for task in Path(f"/proc/{one}/task").iterdir():
                pending += map(int, (task / "children").read_text().split())
