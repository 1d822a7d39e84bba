"""Commands in; what whole processes cost, with the memory of the first one and of those it starts, out."""

from __future__ import annotations

import os
import re
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
PER_MIB = 1024 if sys.platform != "darwin" else 1024 * 1024  # ru_maxrss is in KiB on Linux, in bytes on macOS
EVERY = 0.01
"""Seconds between two looks at the memory of running processes."""

Commands = Mapping[str, Callable[[], list[str]]]
"""A row's name, and what makes its command line right before it is run."""

_PEAK = re.compile(rb"^VmHWM:\s*(\d+) kB", re.MULTILINE)


class Cost(NamedTuple):
    """Wall clock and CPU seconds of a process and those it started, and peaks of resident memory in MiB.

    ``peak`` is the process's own, ``workers`` that of the largest one it started, 0 when it started none.
    Where there is no ``/proc``, ``peak`` is that of the largest of all, and at least what this process held.
    """

    wall: float
    cpu: float
    peak: float
    workers: float


def measured(command: Sequence[str]) -> Cost:
    """Run ``command`` to its end, byte code written. Raises SystemExit when it fails. Unix only."""
    allowed = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, cwd=ROOT, env=allowed)
    seen: dict[int, float] = {}
    ended = threading.Event()
    watch = threading.Thread(target=_watch, args=(process.pid, seen, ended))
    watch.start()
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - start
    ended.set()
    watch.join()
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{' '.join(command)[:500]}: exit code {process.returncode}")
    own = seen.pop(process.pid, usage.ru_maxrss / PER_MIB)
    return Cost(wall, usage.ru_utime + usage.ru_stime, own, max(seen.values(), default=0.0))


def median(costs: Sequence[Cost]) -> Cost:
    """The median times, and the largest peaks."""
    return Cost(
        statistics.median(c.wall for c in costs),
        statistics.median(c.cpu for c in costs),
        max(c.peak for c in costs),
        max(c.workers for c in costs),
    )


def in_turns(rows: Commands, times: int) -> dict[str, Cost]:
    """Run every row ``times`` times in turns, before that once in vain if that is more than one time."""
    for make in rows.values() if times > 1 else ():
        measured(make())
    turns = [{name: measured(make()) for name, make in rows.items()} for _ in range(times)]
    return {name: median([turn[name] for turn in turns]) for name in rows}


def _watch(pid: int, seen: dict[int, float], ended: threading.Event) -> None:
    """Note the peak of ``pid`` and of all below it, until the end."""
    while not ended.wait(EVERY):
        for one in _with_children(pid):
            with suppress(OSError):  # it has ended
                if peak := _PEAK.search(Path(f"/proc/{one}/status").read_bytes()):
                    seen[one] = max(seen.get(one, 0.0), int(peak[1]) / 1024)


def _with_children(pid: int) -> Iterator[int]:
    pending = [pid]
    while pending:
        one = pending.pop()
        yield one
        with suppress(OSError):
            for task in Path(f"/proc/{one}/task").iterdir():
                pending += map(int, (task / "children").read_text().split())
