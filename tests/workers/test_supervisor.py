"""Requests that answer, crash, hang or ask for too much in; answers and reasons out, and the rest goes on."""

from __future__ import annotations

import errno
import itertools
import os
import signal
import time
from pathlib import Path

import pytest

from auditor.workers import InProcess, Limits, Supervisor, child, supervised
from auditor.workers import supervisor as supervisor_module

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="workers are forked")


KEPT: list[bytes] = []
"""What a worker does not give back."""


def work(request: bytes) -> bytes:
    """What a test asks a worker to do, by name."""
    what, _, argument = request.partition(b" ")
    match what:
        case b"die":
            os.kill(os.getpid(), signal.SIGSEGV)
        case b"end":  # by a signal, so many times, after so many seconds
            name, times, seconds, folder = os.fsdecode(argument).split(" ", 3)
            if tried(Path(folder)) <= int(times):
                time.sleep(float(seconds))
                os.kill(os.getpid(), signal.Signals[name])
        case b"exit":
            tried(Path(os.fsdecode(argument)))
            os._exit(0)
        case b"nap":
            busy = Path(os.fsdecode(argument), f"busy {os.getpid()}")
            busy.mkdir()
            time.sleep(0.05)
            busy.rmdir()
        case b"hang":
            time.sleep(60)
        case b"keep":
            KEPT.append(b"x" * int(argument))
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


def tried(folder: Path) -> int:
    """The how-manieth time this is; a worker may make folders. Notes whether another one was busy."""
    beside = any(folder.glob("busy *"))
    number = len(tries(folder)) + 1
    (folder / f"try {number:02} {'beside' if beside else 'alone'}").mkdir()
    return number


def tries(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.glob("try *"))


def upper(request: bytes) -> bytes:
    return request.upper()


def answers(supervisor: Supervisor, *requests: bytes, function: child.Function = work) -> list[object]:
    """The answer to each request, or why there is none."""
    futures = [supervisor.submit(function, request) for request in requests]
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


FAULTS, KILLERS = ("SIGSEGV", "SIGABRT", "SIGBUS", "SIGILL"), ("SIGKILL", "SIGTERM")


@pytest.mark.parametrize(
    ("name", "times", "answer"),
    [
        *((name, 1, b"did end") for name in FAULTS),
        *((name, 2, f"its worker died ({name})") for name in FAULTS),
        *((name, 9, b"did end") for name in KILLERS),
        *((name, 10, f"its worker was killed 10 times ({name}), as a system short") for name in KILLERS),
    ],
    ids=lambda value: str(value) if isinstance(value, str | int) else "done",
)
def test_a_request_is_tried_more_often_when_somebody_else_ends_its_workers(
    name: str, times: int, answer: bytes | str, tmp_path: Path
) -> None:
    with Supervisor((work,), 1) as supervisor:
        (got,) = answers(supervisor, b"end %s %d 0 %s" % (name.encode(), times, os.fsencode(tmp_path)))
    assert got == answer or str(got).startswith(str(answer))
    assert len(tries(tmp_path)) == times + isinstance(answer, bytes)


def test_a_worker_that_leaves_has_died_of_its_own(tmp_path: Path) -> None:
    with Supervisor((work,), 1) as supervisor:
        (got,) = answers(supervisor, b"exit " + os.fsencode(tmp_path))
    assert got == "its worker died (the pipe is closed)"
    assert len(tries(tmp_path)) == 2


def test_all_tries_together_have_the_time_of_one(tmp_path: Path) -> None:
    with Supervisor((work,), 1, Limits(wall=1.0)) as supervisor:
        (got,) = answers(supervisor, b"end SIGKILL 10 0.3 " + os.fsencode(tmp_path))
    assert str(got).startswith(("took longer than 1 s", "its worker was killed"))  # the clock or the kill
    assert 2 <= len(tries(tmp_path)) <= 4


def test_a_request_whose_workers_are_killed_soon_has_the_machine_for_itself(tmp_path: Path) -> None:
    folder = os.fsencode(tmp_path)
    with Supervisor((work,), 3) as supervisor:
        naps = [b"nap " + folder] * 20
        got = answers(supervisor, *naps[:2], b"end SIGKILL 5 0.02 " + folder, *naps[2:])
    assert got == [b"did nap", b"did nap", b"did end", *[b"did nap"] * 18]
    assert [name.split()[-1] for name in tries(tmp_path)[3:]] == ["alone"] * 3


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


@pytest.mark.parametrize(("most", "workers"), [(1, 1), (2, 2)])
def test_a_later_function_gets_a_new_worker_if_there_may_be_more(most: int, workers: int) -> None:
    with Supervisor((work, upper), most) as supervisor:
        assert answers(supervisor, b"x") == [b"did x"]
        assert answers(supervisor, b"y", b"z", function=upper) == [b"Y", b"Z"]
        assert answers(supervisor, b"x", b"x", b"x") == [b"did x"] * 3
        assert len(supervisor.processes) == workers


def test_a_later_function_is_served_where_no_new_worker_can_be_started(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with Supervisor((work, upper), 2) as supervisor:
        assert answers(supervisor, b"x") == [b"did x"]
        monkeypatch.setattr(os, "fork", refuse)
        assert answers(supervisor, b"y", function=upper) == [b"Y"]
        assert len(supervisor.processes) == 1


@pytest.mark.parametrize(("kept", "left"), [(1_000_000, 1), (99_000_000, 0)], ids=["little", "much"])
def test_a_worker_that_keeps_much_is_replaced(kept: int, left: int) -> None:
    """What it shares with its parent, which may have more than that, does not count."""
    with Supervisor((work,), 1, Limits(gained=5_000_000)) as supervisor:
        answers(supervisor, b"keep %d" % kept)
        assert len(supervisor.processes) == left
        assert answers(supervisor, b"x") == [b"did x"]


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


@pytest.mark.parametrize(("failing", "workers"), [(range(1, 4), 2), (range(2, 1000), 1)])
def test_a_system_that_can_start_no_process_now_is_asked_again(
    failing: range, workers: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first calls fail, or all but the first: then one worker does it all."""
    fork, calls = os.fork, itertools.count(1)
    monkeypatch.setattr(os, "fork", lambda: refuse() if next(calls) in failing else fork())
    files = len(list(Path("/dev/fd").iterdir()))
    with Supervisor((work,), 2) as supervisor:
        assert answers(supervisor, *[b"x"] * 4) == [b"did x"] * 4
        assert len(supervisor.processes) == workers
    assert len(list(Path("/dev/fd").iterdir())) == files


def test_a_system_that_can_start_no_process_at_all(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "fork", refuse)
    monkeypatch.setattr(supervisor_module, "_PATIENCE", 0.2)
    with Supervisor((work,), 2) as supervisor:
        assert answers(supervisor, b"x", b"y") == [f"no worker could be started ({REFUSAL})"] * 2


REFUSAL = os.strerror(errno.EAGAIN)


def refuse() -> int:
    raise OSError(errno.EAGAIN, REFUSAL)


@pytest.mark.parametrize("name", ["SIGTERM", "SIGINT"])
def test_what_stops_a_worker_that_only_begins_does_not_reach_its_supervisors_handlers(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A worker that ran the handler would leave by an exception: a death of its own, and two are too many."""

    def ended(parent: int) -> None:
        if tried(tmp_path) <= 5:
            os.kill(os.getpid(), signal.Signals[name])

    monkeypatch.setattr(child, "end_with", ended)
    before = signal.signal(signal.Signals[name], signal.default_int_handler)
    try:
        with Supervisor((work,), 1) as supervisor:
            assert answers(supervisor, b"x") == [b"did x"]
    finally:
        signal.signal(signal.Signals[name], before)


def test_only_known_functions_can_be_asked_for() -> None:
    with Supervisor((work,), 1) as supervisor, pytest.raises(ValueError, match="not in tuple"):
        supervisor.submit(upper, b"x")
