"""Requests that answer, crash, hang or ask for too much in; answers and reasons out, and the rest goes on."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

import pytest

from auditor.workers import InProcess, Limits, Supervisor, supervised

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="workers are forked")


def work(request: bytes) -> bytes:
    """What a test asks a worker to do, by name."""
    what, _, argument = request.partition(b" ")
    match what:
        case b"die":
            os.kill(os.getpid(), signal.SIGSEGV)
        case b"once":  # dies the first time only
            flag = Path(os.fsdecode(argument))
            if flag.exists():
                flag.rmdir()
                os.kill(os.getpid(), signal.SIGKILL)
        case b"hang":
            time.sleep(60)
        case b"stop":
            os.kill(os.getpid(), signal.SIGSTOP)
        case b"spin":
            while True:
                pass
        case b"eat":
            return bytes(2**40)
        case b"raise":
            raise KeyError("no such thing")
        case b"write":
            Path(os.fsdecode(argument)).write_text("something", encoding="utf-8")
        case b"shout":
            os.write(1, b"noise")
            os.write(2, b"noise")
        case b"long":
            return bytes(int(argument))
    return b"did " + what


def upper(request: bytes) -> bytes:
    return request.upper()


def answers(supervisor: Supervisor, *requests: bytes) -> list[object]:
    """The answer to each request, or why there is none."""
    futures = [supervisor.submit(work, request) for request in requests]
    while not all(f.done() for f in futures):
        supervisor.wait()
    return [f.result() if f.exception() is None else str(f.exception()) for f in futures]


@pytest.mark.parametrize(
    ("request_", "limits", "why"),
    [
        (b"die", {}, "its worker died (SIGSEGV)"),
        (b"hang", {"wall": 0.3}, "took longer than 0 s"),
        (b"stop", {"wall": 0.3}, "took longer than 0 s"),
        (b"spin", {"cpu": 0}, "used more than 0 s of processor time"),
        (b"eat", {}, "it ran out of memory"),
        (b"raise", {}, "internal error: KeyError: 'no such thing' (test_supervisor.py:"),
        (b"long 5000", {"reply": 1000}, "its worker died"),
    ],
    ids=lambda value: value.decode().partition(" ")[0] if isinstance(value, bytes) else None,
)
def test_one_bad_request_costs_itself_only(request_: bytes, limits: dict[str, int], why: str) -> None:
    with Supervisor((work,), 2, Limits(**limits)) as supervisor:
        first, bad, last = answers(supervisor, b"first", request_, b"last")
    assert (first, last) == (b"did first", b"did last")
    assert str(bad).startswith(why)


def test_a_worker_that_somebody_killed_gets_its_request_done_after_all(tmp_path: Path) -> None:
    flag = tmp_path / "flag"
    flag.mkdir()
    with Supervisor((work,), 1) as supervisor:
        assert answers(supervisor, b"once " + os.fsencode(flag)) == [b"did once"]


def test_a_worker_writes_no_file(tmp_path: Path) -> None:
    target = tmp_path / "made"
    with Supervisor((work,), 1) as supervisor:
        (why,) = answers(supervisor, b"write " + os.fsencode(target))
    assert "OSError" in str(why)
    assert not target.exists() or target.read_bytes() == b""


def test_a_worker_says_nothing(capfd: pytest.CaptureFixture[str]) -> None:
    with Supervisor((work,), 1) as supervisor:
        assert answers(supervisor, b"shout") == [b"did shout"]
    assert capfd.readouterr() == ("", "")


def test_large_requests_and_replies() -> None:
    with Supervisor((work,), 2) as supervisor:
        (reply,) = answers(supervisor, b"long 3000000")
        future = supervisor.submit(work, b"x" * 3_000_000)
        while not future.done():
            supervisor.wait()
    assert reply == bytes(3_000_000)
    assert len(future.result()) == 3_000_004


def test_later_functions_go_first() -> None:
    order: list[bytes] = []
    with Supervisor((work, upper), 1) as supervisor:
        requests = [(work, b"a"), (work, b"b"), (work, b"c"), (upper, b"d")]
        futures = [supervisor.submit(function, request) for function, request in requests]
        for future in futures:
            future.add_done_callback(lambda done: order.append(done.result()))
        while not all(f.done() for f in futures):
            supervisor.wait()
    assert order == [b"did a", b"D", b"did b", b"did c"]


def test_a_bloated_worker_is_replaced() -> None:
    with Supervisor((work,), 1, Limits(resident=1)) as supervisor:
        answers(supervisor, b"first")
        before = supervisor.processes
        answers(supervisor, b"second")
    assert before == ()


def test_nothing_is_left_behind() -> None:
    with Supervisor((work,), 2, Limits(wall=30)) as supervisor:
        for request in (b"hang", b"hang"):
            supervisor.submit(work, request)
        supervisor.submit(work, b"never begun")
        pids = supervisor.processes
        begun = time.monotonic()
    assert time.monotonic() - begun < 5
    assert len(pids) == 2
    for pid in pids:
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)


def test_without_workers_exceptions_go_through() -> None:
    with supervised((work,), 0) as executor:
        assert isinstance(executor, InProcess)
        assert executor.submit(work, b"first").result() == b"did first"
        with pytest.raises(KeyError):
            executor.submit(work, b"raise")


def test_only_known_functions_can_be_asked_for() -> None:
    with Supervisor((work,), 1) as supervisor, pytest.raises(ValueError, match="not in tuple"):
        supervisor.submit(upper, b"x")
