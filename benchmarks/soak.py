"""A tree in, how scans of it fare while processes are killed out.

    python benchmarks/soak.py PATH [--scans N] [--seed N]

Every scan uses one cache. Workers are killed at random moments; every third scan is killed itself, with
SIGKILL, at a random moment. Scans that live must say, byte for byte, what an undisturbed scan without a cache
says, but for the files that they name as lost with a killed worker; the cache must stay a sound database.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from argparse import ArgumentParser
from collections import Counter
from pathlib import Path

from auditor.cache import FILE

NOTHING_ANALYSED = 3
ROOT = Path(__file__).resolve().parent.parent


def main() -> None:
    """Scan, kill, compare, count."""
    options = ArgumentParser(description="Scans under fire.")
    options.add_argument("path", type=Path)
    options.add_argument("--scans", type=int, default=200)
    options.add_argument("--seed", type=int, default=1)
    given = options.parse_args()
    dice, counts = random.Random(given.seed), Counter[str]()
    with tempfile.TemporaryDirectory() as folder:
        begun = time.monotonic()
        right = said(
            started(given.path, "--no-cache", out=Path(folder, "right.json")), Path(folder, "right.json")
        )
        lasts = time.monotonic() - begun
        for number in range(given.scans):
            out, cache = Path(folder, "out.json"), Path(folder, "cache")
            if dice.random() < 0.5:
                (cache / FILE).unlink(missing_ok=True)
            scan = started(given.path, "--cache-dir", str(cache), out=out)
            counts["workers killed"] += disturb(scan, dice, lasts)
            if number % 3 == 2 and scan.poll() is None:
                scan.kill()
            scan.wait()
            counts[judged(scan.returncode, right, out, counts)] += 1
            counts["left behind"] += len(workers(scan.pid))
            counts["cache unsound"] += not sound(cache / FILE)
    for name, count in sorted(counts.items()):
        print(f"{count:6} {name}")


def started(path: Path, *more: str, out: Path) -> subprocess.Popen[bytes]:
    """A scan of ``path``."""
    out.unlink(missing_ok=True)
    command = [sys.executable, "-m", "auditor", "scan", "-q", "-j", "2", "--fail-on", "never", *more]
    command += ["-f", "json", "-o", str(out), str(path)]
    return subprocess.Popen(command, cwd=ROOT, stderr=subprocess.DEVNULL)


def disturb(scan: subprocess.Popen[bytes], dice: random.Random, lasts: float) -> int:
    """Kill a worker now and then until the scan is done or its time is up; how many were killed."""
    killed, until = 0, time.monotonic() + dice.uniform(0.1, 1.5) * lasts
    while scan.poll() is None and time.monotonic() < until:
        time.sleep(dice.uniform(0.02, 0.4))
        if (alive := workers(scan.pid)) and dice.random() < 0.3:
            try:
                os.kill(dice.choice(alive), signal.SIGKILL)
            except ProcessLookupError:
                continue
            killed += 1
    return killed


def workers(parent: int) -> list[int]:
    """The children of a process, as Linux tells them."""
    try:
        return list(map(int, Path(f"/proc/{parent}/task/{parent}/children").read_text().split()))
    except OSError:
        return []


def judged(code: int, right: dict[str, object], out: Path, counts: Counter[str]) -> str:
    """What one scan's end is called."""
    if code == -signal.SIGKILL:
        return "scans killed"
    if code == NOTHING_ANALYSED:
        return "scans that lost all files"
    if code != 0 or not out.exists():
        return f"scans FAILED with code {code}"
    got = json.loads(out.read_text(encoding="utf-8"))
    if got == right:
        return "scans with the right result"
    lost = [gap for gap in got["gaps"] if gap["kind"] == "worker"]
    counts["files named as lost"] += len(lost)
    return "scans that name what they lost" if lost else "scans with a WRONG result"


def said(scan: subprocess.Popen[bytes], out: Path) -> dict[str, object]:
    """A finished scan's report."""
    scan.wait()
    report: dict[str, object] = json.loads(out.read_text(encoding="utf-8"))
    return report


def sound(file: Path) -> bool:
    """Whether SQLite finds nothing wrong with the cache."""
    if not file.exists():
        return True
    with sqlite3.connect(file) as database:
        return bool(database.execute("PRAGMA integrity_check").fetchone() == ("ok",))


if __name__ == "__main__":
    main()
