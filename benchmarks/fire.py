"""Running scans in, kills at random moments and what they hit out.

Linux only: its /proc tells a scan's workers, and by their names what they do.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MOMENT = 1.0
"""Seconds that a killed scan's workers may outlive it before they count as left behind."""

PATIENCE = 300.0
"""Seconds after which a scan that nobody fires at any more hangs."""

SHOTS = 6
"""At workers, in the time of an undisturbed scan."""

_DOING = {
    "lenaudit lower": "lowering", "lenaudit judge": "judging", "lenaudit waits": "waiting",
    "lenaudit forks": "forking",
}  # fmt: skip
_AIMS = ("lowering", "judging", "judging", "anything")
_KILLERS = (signal.SIGKILL, signal.SIGKILL, signal.SIGKILL, signal.SIGTERM)


class Scan:
    """A scan that runs; ``doomed`` seconds after its start it is killed, if it is not done by then."""

    def __init__(self, path: Path, out: Path, scratch: Path, *options: str, doomed: float | None = None):
        out.unlink(missing_ok=True)
        command = [sys.executable, "-m", "auditor", "scan", "-q", "-j", "2", "--fail-on", "never", *options]
        command += ["-f", "json", "-o", str(out), str(path)]
        self.out, self.doomed, self.hit, self.fate = out, doomed, 0, ""
        self.begun = time.monotonic()
        environment = os.environ | {"TMPDIR": str(scratch)}
        with out.with_suffix(".err").open("wb") as said:
            self.process = subprocess.Popen(command, cwd=ROOT, stderr=said, env=environment)

    def runs(self) -> bool:
        """Whether it has not ended."""
        return self.process.poll() is None

    def said(self) -> str:
        """What it wrote to stderr."""
        return self.out.with_suffix(".err").read_text(encoding="utf-8", errors="replace")

    def kill(self) -> None:
        """Kill it with SIGKILL; its fate is told by what it was doing."""
        doing = {_doing(pid) for pid in workers(self.process.pid)}
        now = next((d for d in ("judging", "lowering") if d in doing), "with no worker busy")
        self.process.kill()
        if self.process.wait() == -signal.SIGKILL:
            self.fate = f"scans killed, {now}"


def fire(scans: list[Scan], dice: random.Random, lasts: float) -> Counter[str]:
    """Kill workers now and then, and doomed scans, until all have ended; what was hit.

    An undisturbed scan takes ``lasts`` seconds. The fire goes on for up to 1.5 times as long, at random
    moments, SHOTS of them in ``lasts`` on average, at workers in one phase or in any.
    """
    hits: Counter[str] = Counter()
    until, aim = time.monotonic() + dice.uniform(0.2, 1.5) * lasts, dice.choice(_AIMS)
    following = time.monotonic()
    while running := [scan for scan in scans if scan.runs()]:
        time.sleep(0.002)
        now = time.monotonic()
        for scan in running:
            if scan.doomed is not None and now - scan.begun >= scan.doomed:
                scan.kill()
            elif now > until + PATIENCE:
                scan.kill()
                scan.fate = "scans that hang"
        if following <= now < until and (hit := _shot(dice.choice(running), dice, aim)):
            hits += hit
            following = now + dice.expovariate(SHOTS / lasts)
    return hits


def _shot(scan: Scan, dice: random.Random, aim: str) -> Counter[str]:
    """One worker of a scan, killed while it did what is aimed at, if there is one."""
    doing = {pid: _doing(pid) for pid in workers(scan.process.pid)}
    if not (pids := [pid for pid, does in doing.items() if aim in ("anything", does)]):
        return Counter()
    pid, killer = dice.choice(pids), dice.choice(_KILLERS)
    try:
        os.kill(pid, killer)
    except ProcessLookupError:
        return Counter()
    scan.hit += 1
    return Counter({f"workers killed {doing[pid]}": 1, f"workers killed with {killer.name}": 1})


def workers(parent: int) -> list[int]:
    """The children of a process."""
    try:
        return list(map(int, Path(f"/proc/{parent}/task/{parent}/children").read_text().split()))
    except OSError:
        return []


def _doing(pid: int) -> str:
    try:
        return _DOING.get(Path(f"/proc/{pid}/comm").read_text().strip(), "starting")
    except OSError:
        return "starting"


def outlived(scan: Scan) -> float:
    """Seconds until nothing of an ended scan runs any more; MOMENT when something still does, killed now."""
    begun = time.monotonic()
    while left := _of(scan):
        if time.monotonic() - begun > MOMENT:
            for pid in left:
                os.kill(pid, signal.SIGKILL)
            return MOMENT
        time.sleep(0.002)
    return time.monotonic() - begun


def _of(scan: Scan) -> list[int]:
    """Processes with a scan's command line: a worker has its supervisor's; the dead have none."""
    found, mark = [], os.fsencode(scan.out)
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if mark in (folder / "cmdline").read_bytes().split(b"\0"):
                found.append(int(folder.name))
        except OSError:
            continue
    return found
