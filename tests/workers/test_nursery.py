"""Supervisors that hold much, and nurseries that fail, in; small workers out, or such as without."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path

import pytest

from auditor.workers import Supervisor, nursery, supervisor
from auditor.workers.limits import resident

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="orphans find another parent on Linux")

MUCH = 100_000_000


def tell(request: bytes) -> bytes:
    """The resident bytes, the open files and the parent of a worker."""
    return b"%d %d %d" % (resident(), open_files(), os.getppid())


def open_files() -> int:
    """How many this process has."""
    return sum(1 for _ in Path("/dev/fd").iterdir())


def told(workers: Supervisor) -> tuple[int, int, int]:
    """What a worker tells of itself."""
    future = workers.submit(tell, b"")
    while not future.done():
        workers.wait()
    size, files, parent = map(int, future.result().split())
    return size, files, parent


@contextmanager
def one_worker() -> Iterator[tuple[Supervisor, tuple[int, int, int]]]:
    """A supervisor, and what its first worker tells."""
    with Supervisor((tell,), 1) as workers:
        yield workers, told(workers)


def kill_worker(workers: Supervisor) -> None:
    (pid,) = workers.processes
    os.kill(pid, signal.SIGKILL)


def nursery_of(workers: Supervisor) -> int:
    """The child of this process that forks workers, once it says so; other tests may have children too."""
    children = Path(f"/proc/self/task/{os.getpid()}/children")
    for _ in range(500):
        for child in children.read_text().split():
            if Path(f"/proc/{child}/comm").read_text() == "lenaudit forks\n":
                assert int(child) not in workers.processes
                return int(child)
        time.sleep(0.01)
    raise AssertionError("there is no nursery")


def test_a_late_worker_begins_as_small_as_the_first_one() -> None:
    with one_worker() as (workers, (size, files, parent)):
        much = b"x" * MUCH
        kill_worker(workers)
        late, late_files, late_parent = told(workers)
        assert late < size + len(much) / 10
        assert (late_files, late_parent) == (files, parent) == (files, os.getpid())


@pytest.mark.parametrize("name", ["SIGKILL", "SIGTERM", "SIGSTOP"])
def test_without_a_nursery_workers_begin_as_they_did(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nursery, "_PATIENCE", 0.2)
    files = open_files()
    with one_worker() as (workers, first):
        pid = nursery_of(workers)
        os.kill(pid, signal.Signals[name])
        for _ in range(3):
            kill_worker(workers)
            assert told(workers)[1:] == first[1:]
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)
    assert open_files() == files


def test_a_worker_that_the_system_gives_to_somebody_else_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nursery, "_adopting", nullcontext)
    with one_worker() as (workers, first):
        kill_worker(workers)
        assert told(workers)[1:] == first[1:]


def test_a_nursery_that_would_open_files_of_a_stranger_begins_none(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where /proc is that of other processes: another's file may have the number of a pipe."""
    monkeypatch.setattr(Path, "readlink", lambda path: Path("1"))
    with one_worker() as (workers, first):
        pid = nursery_of(workers)
        kill_worker(workers)
        assert told(workers)[1:] == first[1:]
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)


@pytest.mark.parametrize("forks", [0, 1], ids=["none", "no worker"])
def test_a_nursery_that_cannot_fork_says_so(forks: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither the process between, or it but no worker."""
    fork, here, left = os.fork, os.getpid(), [forks]

    def refusing() -> int:
        if os.getpid() != here:
            if not left:
                raise BlockingIOError(11, "refused")
            left.pop()
        return fork()

    if not forks:
        left.clear()
    monkeypatch.setattr(os, "fork", refusing)
    monkeypatch.setattr(supervisor, "_PATIENCE", 0.2)
    with one_worker() as (workers, _):
        kill_worker(workers)
        with pytest.raises(supervisor.WorkerLost, match="no worker could be started"):
            told(workers)


def test_a_nursery_takes_no_time_to_end() -> None:
    begun = time.monotonic()
    with one_worker() as (workers, _):
        pid = nursery_of(workers)
    assert time.monotonic() - begun < 5
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)
