"""A supervisor that is killed in; its workers gone a moment later, whatever they did."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from auditor.workers import Supervisor

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="workers are forked")

MOMENT = 2.0
"""Seconds; a thread looks twice in one."""

PROGRAM = """
import os, signal, sys, time
from auditor.workers import Supervisor, child, process

def spin(request):
    while True:
        pass

def sleep(request):
    time.sleep(60)

if sys.argv[1] == "watched":
    child.end_with = process.watch
supervisor = Supervisor((spin, sleep), 3)
for function in (spin, sleep):
    supervisor.submit(function, b"")
supervisor._fork()
supervisor._forking.keep_small(supervisor._files())
if sys.argv[1] == "late":
    os.kill(supervisor.processes[1], signal.SIGKILL)
    supervisor.wait()
print(*supervisor.processes, flush=True)
supervisor.wait()
"""


def alive(pid: int) -> bool:
    """Whether it still runs; one that nobody has buried yet does not."""
    try:
        os.kill(pid, 0)
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except ProcessLookupError:
        return False
    except FileNotFoundError:  # no such folder on this system, or gone in between
        return not Path("/proc/self/stat").exists()


def children(pid: int) -> list[int]:
    """Of a process, where Linux tells them."""
    file = Path(f"/proc/{pid}/task/{pid}/children")
    return [*map(int, file.read_text().split())] if file.exists() else []


@pytest.mark.parametrize("how", ["told", "watched", "late"])
def test_busy_and_idle_workers_end_with_their_supervisor(how: str) -> None:
    with subprocess.Popen([sys.executable, "-c", PROGRAM, how], stdout=subprocess.PIPE) as supervisor:
        assert supervisor.stdout is not None
        pids = [int(pid) for pid in supervisor.stdout.readline().split()]
        time.sleep(0.2)  # the last worker has begun
        assert [alive(pid) for pid in pids] == [True] * 3
        pids = children(supervisor.pid) or pids  # with a nursery
        supervisor.send_signal(signal.SIGKILL)
        supervisor.wait()
        until = time.monotonic() + MOMENT
        while any(map(alive, pids)) and time.monotonic() < until:
            time.sleep(0.01)
        left = [pid for pid in pids if alive(pid)]
        for pid in left:
            os.kill(pid, signal.SIGKILL)
    assert left == []


def told(request: bytes) -> bytes:
    """The name that the system knows this process by."""
    return Path("/proc/self/comm").read_bytes()


@pytest.mark.skipif(sys.platform != "linux", reason="processes have such names on Linux")
def test_a_worker_is_named_for_what_it_does() -> None:
    with Supervisor((told,), 1) as supervisor:
        future = supervisor.submit(told, b"")
        while not future.done():
            supervisor.wait()
        assert future.result() == b"lenaudit told\n"
        (pid,) = supervisor.processes
        until = time.monotonic() + MOMENT
        while (idle := Path(f"/proc/{pid}/comm").read_bytes()) != b"lenaudit waits\n":
            assert time.monotonic() < until, idle
