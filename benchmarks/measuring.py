"""A command in; what the whole process cost, with the memory of the first one and of those it starts, out."""

from __future__ import annotations

import math
import os
import resource
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import IO

import msgspec
from watching import Watch, kill

ROOT = Path(__file__).resolve().parent.parent
PER_MIB = 1024 if sys.platform != "darwin" else 1024 * 1024  # ru_maxrss is in KiB on Linux, in bytes on macOS

OVER = "over"
"""What the end of a run begins with whose time was up."""

_PROC = Path("/proc/self/status")
_ENDING = signal.SIGINT, signal.SIGTERM


class Cost(msgspec.Struct, frozen=True):
    """Wall clock and CPU seconds of a process and those it started, and peaks of memory in MiB.

    ``peak`` is the process's own resident memory, ``workers`` that of the largest one it started, 0 when it
    started none, and ``private`` the most that one of these held for itself (``watching.py``). Where there is
    no ``/proc``, ``peak`` is that of the largest of all, and at least what this process held; where there is,
    it is 0 of what ended before it could be looked at. ``end`` says how it ended if not well: the figures are
    then those until there, and no measurement.
    """

    wall: float
    cpu: float
    peak: float
    workers: float
    private: float
    end: str = ""


def measured(command: Sequence[str], limit: float = math.inf, processors: Iterable[int] = ()) -> Cost:
    """Run ``command`` for ``limit`` seconds at most, on some of the processors if any are named. Unix only.

    It may write byte code. What it writes to stderr is shown, the last of it, when it fails.
    """
    with tempfile.TemporaryFile() as complaints:
        code, wall, usage, watch = _run(command, complaints, frozenset(processors), limit)
        end = f"{OVER} {limit:.0f} s" if watch.over else f"exit code {code}" if code else ""
        if code and not watch.over:
            print(_last(complaints), file=sys.stderr)
    unseen = 0.0 if _PROC.exists() else usage.ru_maxrss / PER_MIB
    peak = watch.peaks.pop(watch.pid, unseen)
    watch.private.pop(watch.pid, None)
    workers, private = (max(seen.values(), default=0.0) for seen in (watch.peaks, watch.private))
    return Cost(wall, usage.ru_utime + usage.ru_stime, peak, workers, private, end)


def _run(
    command: Sequence[str], complaints: IO[bytes], processors: frozenset[int], limit: float
) -> tuple[int, float, resource.struct_rusage, Watch]:
    """Exit code and seconds of the command, which leads a group: what ends this process ends all of it."""
    allowed = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    begun = time.perf_counter()
    # Else a signal could come before it is known what to end.
    waiting = signal.pthread_sigmask(signal.SIG_BLOCK, _ENDING)

    def prepared() -> None:
        signal.pthread_sigmask(signal.SIG_SETMASK, waiting)
        if processors:
            os.sched_setaffinity(0, processors)

    process = subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=complaints, cwd=ROOT, env=allowed,
        start_new_session=True, preexec_fn=prepared,
    )  # fmt: skip
    watch = Watch(process.pid, limit)
    try:
        signal.pthread_sigmask(signal.SIG_SETMASK, waiting)
        watch.start()
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - begun
        process.returncode = os.waitstatus_to_exitcode(status)
        return process.returncode, wall, usage, watch
    except BaseException:
        kill(process.pid)
        process.wait()
        raise
    finally:
        watch.end()


def _last(complaints: IO[bytes]) -> str:
    complaints.seek(max(0, complaints.seek(0, os.SEEK_END) - 1000))
    return complaints.read().decode("utf-8", "replace")
