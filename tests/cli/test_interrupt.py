"""Ctrl-C and SIGTERM while a file never ends in; what is known, exit code 130 and no process left out."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from auditor.commands import INTERRUPTED

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="needs Linux' /proc")


def children(process: int) -> list[int]:
    return list(map(int, Path(f"/proc/{process}/task/{process}/children").read_text().split()))


@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM])
def test_a_scan_that_is_ended(sent: signal.Signals, tmp_path: Path) -> None:
    bomb = [f"#define M{n} M{n + 1} M{n + 1}" for n in range(40)]
    (tmp_path / "bomb.c").write_text(
        "\n".join([*bomb, "#define M40 1 +", "int x = M0 1;\n"]), encoding="utf-8"
    )
    command = [sys.executable, "-m", "auditor", "scan", "-q", "-j", "1", "-f", "json", str(tmp_path)]
    scan = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    until = time.monotonic() + 30
    while not (workers := children(scan.pid)) and time.monotonic() < until:
        time.sleep(0.05)
    scan.send_signal(sent)
    begun = time.monotonic()
    out, err = scan.communicate(timeout=30)
    assert (scan.returncode, err) == (INTERRUPTED, b"")
    assert time.monotonic() - begun < 10
    (gap,) = json.loads(out)["gaps"]
    assert (gap["kind"], gap["message"]) == ("worker", "bomb.c was not analysed: the scan was ended before")
    for worker in workers:
        with pytest.raises(ProcessLookupError):
            os.kill(worker, 0)
