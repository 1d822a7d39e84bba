"""Commands in; what they cost, each part where it belongs, and how they ended."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

BENCHMARKS = Path(__file__).resolve().parents[2] / "benchmarks"
sys.path.insert(0, str(BENCHMARKS))
measuring: Any = pytest.importorskip("measuring")

LINUX = pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="needs /proc")
MIB = 2**20
HOLDS = f"import time; held = b'x' * (60 * {MIB}); time.sleep(0.3)"
STARTS = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {HOLDS!r}], check=True)"
FORKS = f"""
import os, time
held = b'x' * (60 * {MIB})
for mib in (5, 25, 1):  # one after the other, as workers that are replaced
    if not (pid := os.fork()):
        more = b'y' * (mib * {MIB})
        time.sleep(0.25)
        os._exit(0)
    os.waitpid(pid, 0)
"""


def test_one_process() -> None:
    cost = measuring.measured([sys.executable, "-c", HOLDS])
    assert cost.wall >= 0.3
    assert cost.peak > 60
    assert (cost.workers, cost.private, cost.end) == (0, 0, "")


@LINUX
def test_a_short_one_is_not_taken_for_who_started_it() -> None:
    held = b"x" * (80 * MIB)
    assert measuring.measured(["true"]).peak < 60
    del held


@LINUX
def test_memory_of_what_it_starts_is_told_apart() -> None:
    cost = measuring.measured([sys.executable, "-c", STARTS])
    assert 1 < cost.peak < 60 < cost.private <= cost.workers


@LINUX
def test_what_a_worker_shares_is_told_apart_and_replaced_ones_count() -> None:
    """Own pages are counted again when the peak, of 90 MiB, has grown by a hundredth of it: 24.1 may stay."""
    cost = measuring.measured([sys.executable, "-c", FORKS])
    assert 24 < cost.private < 60 < 85 < cost.workers


def test_processor_time_counts_what_it_starts() -> None:
    busy = "import time; end = time.process_time() + 0.3\nwhile time.process_time() < end: pass"
    started = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {busy!r}])"
    assert measuring.measured([sys.executable, "-c", started]).cpu >= 0.3


def test_a_command_that_fails_says_why(capsys: pytest.CaptureFixture[str]) -> None:
    failing = "import sys; print('why', file=sys.stderr); raise SystemExit(3)"
    assert measuring.measured([sys.executable, "-c", failing]).end == "exit code 3"
    assert "why" in capsys.readouterr().err


def test_one_that_takes_too_long_is_ended_with_all_that_it_started() -> None:
    begun = time.monotonic()
    assert measuring.measured(["sh", "-c", "sleep 50 & sleep 60"], limit=0.2).end == "over 0 s"
    assert time.monotonic() - begun < 10


def test_who_measures_and_is_ended_ends_what_is_measured(tmp_path: Path) -> None:
    noted = tmp_path / "pid"
    script = f"""
import signal, sys
sys.path.insert(0, {str(BENCHMARKS)!r})
from measuring import measured
signal.signal(signal.SIGTERM, lambda *_: sys.exit(4))
measured(["sh", "-c", "echo $$ > {noted}; sleep 60"])
"""
    process = subprocess.Popen([sys.executable, "-c", script])
    until = time.monotonic() + 30
    while not (noted.exists() and noted.read_text(encoding="utf-8").endswith("\n")):
        assert time.monotonic() < until
        time.sleep(0.01)
    process.send_signal(signal.SIGTERM)
    assert process.wait(10) == 4
    with pytest.raises(ProcessLookupError):
        os.kill(int(noted.read_text(encoding="utf-8")), 0)


@pytest.mark.skipif(not hasattr(os, "sched_getaffinity"), reason="Linux only")
def test_processors() -> None:
    one = min(os.sched_getaffinity(0))
    told = f"import os; raise SystemExit(os.sched_getaffinity(0) != {{{one}}})"
    assert measuring.measured([sys.executable, "-c", told], processors=(one,)).end == ""


def test_byte_code_is_written(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    told = "import sys; raise SystemExit(sys.dont_write_bytecode)"
    assert measuring.measured([sys.executable, "-c", told]).end == ""
