"""Commands in; what they cost, each part where it belongs."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "benchmarks"))
measuring: Any = pytest.importorskip("measuring")

LINUX = pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="needs /proc")
MIB = 2**20
HOLDS = f"import time; held = b'x' * (60 * {MIB}); time.sleep(0.3)"
STARTS = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {HOLDS!r}], check=True)"


def test_one_process() -> None:
    cost = measuring.measured([sys.executable, "-c", HOLDS])
    assert cost.wall >= 0.3
    assert cost.peak > 60
    assert cost.workers == 0


@LINUX
def test_memory_of_what_it_starts_is_told_apart() -> None:
    cost = measuring.measured([sys.executable, "-c", STARTS])
    assert 1 < cost.peak < 60 < cost.workers


def test_processor_time_counts_what_it_starts() -> None:
    busy = "import time; end = time.process_time() + 0.3\nwhile time.process_time() < end: pass"
    started = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {busy!r}])"
    assert measuring.measured([sys.executable, "-c", started]).cpu >= 0.3


def test_a_command_that_fails() -> None:
    with pytest.raises(SystemExit, match="exit code 3"):
        measuring.measured([sys.executable, "-c", "raise SystemExit(3)"])


def test_byte_code_is_written(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    measuring.measured([sys.executable, "-c", "import sys; raise SystemExit(sys.dont_write_bytecode)"])


def test_medians_of_times_and_largest_peaks() -> None:
    costs = [measuring.Cost(*numbers) for numbers in ((1, 9, 5, 0), (2, 7, 4, 8), (30, 8, 6, 1))]
    assert measuring.median(costs) == (2, 8, 6, 8)


def test_every_row_runs_in_turns(tmp_path: Path) -> None:
    log = tmp_path / "log"
    rows = {name: lambda name=name: ["sh", "-c", f"echo {name} >> {log}"] for name in ("a", "b")}
    assert list(measuring.in_turns(rows, 2)) == ["a", "b"]
    assert log.read_text(encoding="utf-8").split() == ["a", "b"] * 3
    assert list(measuring.in_turns(rows, 1)) == ["a", "b"]
    assert log.read_text(encoding="utf-8").split() == ["a", "b"] * 4
