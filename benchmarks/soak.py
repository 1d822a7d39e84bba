"""A tree in, how scans of it fare while processes are killed out; the exit code is 1 when one fares ill.

    python benchmarks/soak.py PATH [--scans N] [--together N] [--seconds N] [--seed N]

All scans use one cache, so many at a time as ``--together`` says. Workers are killed at random moments, with
SIGKILL or SIGTERM; every third scan is killed itself, with SIGKILL, at a random moment. The cache is empty
before some rounds, holds a part before others, and is as the round before left it for the rest; in some
rounds somebody clears it meanwhile.

A scan that lives must write, byte for byte, what an undisturbed scan without a cache writes, or name the
files that it lost with killed workers and find nothing else than that. After each round a copy of the cache
must be sound for SQLite, and one more scan with that copy, undisturbed, must write the same bytes. Nothing
may be left behind: no worker, no file.
"""

from __future__ import annotations

import json
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from argparse import ArgumentParser, Namespace
from collections import Counter
from contextlib import suppress
from pathlib import Path
from typing import Any

from fire import MOMENT, ROOT, Scan, fire, outlived

from auditor.cache import FILE, SUFFIXES

CLEAN, NOTHING_ANALYSED = 0, 3
RIGHT, LOST = "scans with the right bytes", "scans that name what they lost"
HIT = "scans with the right bytes, of which workers were killed"
WRONG, FAILED, HANGING = "scans with a wrong result", "scans that failed", "scans that hang"
WRONG_AFTERWARDS = "undisturbed scans with such a cache and a wrong result"
UNSOUND = "caches that SQLite finds unsound"
WORKERS_LEFT, FILES_LEFT = "scans with workers left behind", "files left behind"
FAULTS = (WRONG, FAILED, HANGING, WRONG_AFTERWARDS, UNSOUND, WORKERS_LEFT, FILES_LEFT)

SHARE = 10
"""Of so many scans one worker at least must have been killed in each phase, else the fire did not hit."""

BEARABLE = 100
"""Of so many scans one may lose files, and one in any case: a request that is hit ten times is given up."""

CLEARING = """
import sys, time
from auditor.cli import run
time.sleep(float(sys.argv[1]))
run(["cache", "clear", "--cache-dir", sys.argv[2]])
"""


def main() -> int:
    """Scan, kill, compare, count."""
    given, begun = _given(), time.monotonic()
    with tempfile.TemporaryDirectory() as made:
        soak = Soak(given.path, Path(made), random.Random(given.seed))
        while soak.scans < given.scans and time.monotonic() - begun < given.seconds:
            soak.round(given.together)
    for name, count in sorted(soak.counts.items()):
        print(f"{count:6} {name}")
    print(f"{soak.lasts:6.2f} s an undisturbed scan without a cache; {len(soak.right)} bytes of report")
    print(f"{soak.longest:6.3f} s at most until nothing of an ended scan ran any more")
    faults = found_at_fault(soak.counts, soak.scans)
    print("\n".join(f"FAILED: {fault}" for fault in faults) or f"{soak.scans} scans: all is well")
    return 1 if faults else 0


def _given() -> Namespace:
    options = ArgumentParser(description="Scans under fire.")
    options.add_argument("path", type=Path)
    options.add_argument("--scans", type=int, default=200)
    options.add_argument("--together", type=int, default=1, help="scans at a time")
    options.add_argument("--seconds", type=float, default=float("inf"), help="begin none after so many")
    options.add_argument("--seed", type=int, default=1)
    return options.parse_args()


class Soak:
    """Rounds of scans of ``path``; files are made in ``folder``. ``counts`` says how they fared."""

    def __init__(self, path: Path, folder: Path, dice: random.Random) -> None:
        self.path, self.folder, self.dice = path.resolve(), folder, dice
        self.cache, self.scratch = folder / "cache", folder / "scratch"
        self.scratch.mkdir()
        self.scans, self.longest, self.counts = 0, 0.0, Counter(dict.fromkeys((*FAULTS, LOST), 0))
        self._undisturbed("--no-cache")  # Python compiles, the system reads
        begun = time.monotonic()
        self.right = self._undisturbed("--no-cache")
        self.lasts = time.monotonic() - begun

    def round(self, together: int) -> None:
        """So many scans at a time under fire, each judged, and the cache after them."""
        self.counts[self._prepared()] += 1
        clearing = self._clearing() if self.dice.random() < 0.2 else None
        scans = [self._started() for _ in range(together)]
        self.counts.update(fire(scans, self.dice, self.lasts))
        if clearing is not None:
            clearing.wait()
        for scan in scans:
            self.longest = max(self.longest, gone := outlived(scan))
            self.counts[WORKERS_LEFT] += gone >= MOMENT
            self.counts[fate := judged(scan, self.right)] += 1
            self.counts[HIT] += scan.hit > 0 and fate == RIGHT
        if self.cache.exists():
            self._check_cache()
        self.counts[FILES_LEFT] += len([*self.scratch.iterdir()])

    def _prepared(self) -> str:
        """The cache as a round shall find it."""
        file, wanted = (
            self.cache / FILE,
            self.dice.choice(("empty", "empty", "empty", "part", "part", "left")),
        )
        if wanted == "empty":
            shutil.rmtree(self.cache, ignore_errors=True)
            return "rounds with an empty cache"
        if wanted == "left" or not file.exists():
            return "rounds with the cache as it was left"
        database = sqlite3.connect(file)
        with database, suppress(sqlite3.OperationalError):  # no table: a scan was killed before it made one
            keys = [key for (key,) in database.execute("SELECT key FROM entries ORDER BY key")]
            gone = [(key,) for key in keys if self.dice.random() < 0.5]
            database.executemany("DELETE FROM entries WHERE key = ?", gone)
        database.close()
        return "rounds with half a cache"

    def _clearing(self) -> subprocess.Popen[bytes]:
        self.counts["rounds in which the cache is cleared meanwhile"] += 1
        after = str(self.dice.uniform(0, 1.2) * self.lasts)
        return subprocess.Popen([sys.executable, "-c", CLEARING, after, str(self.cache)], cwd=ROOT)

    def _started(self) -> Scan:
        doomed = self.dice.uniform(0, 1.2) * self.lasts if self.scans % 3 == 2 else None
        out = self.folder / f"out-{self.scans}.json"
        self.scans += 1
        return Scan(self.path, out, self.scratch, "--cache-dir", str(self.cache), doomed=doomed)

    def _check_cache(self) -> None:
        """Look at a copy of the cache, so that the next round finds the cache as this one left it."""
        ours = {FILE + suffix for suffix in SUFFIXES}
        self.counts[FILES_LEFT] += sum(file.name not in ours for file in self.cache.iterdir())
        copy = self.folder / "copy"
        shutil.rmtree(copy, ignore_errors=True)
        shutil.copytree(self.cache, copy)
        self.counts["caches checked"] += 1
        self.counts[UNSOUND] += not sound(copy / FILE)
        self.counts[WRONG_AFTERWARDS] += self._undisturbed("--cache-dir", str(copy)) != self.right

    def _undisturbed(self, *options: str) -> bytes:
        """What a scan writes that nobody kills."""
        scan = Scan(self.path, self.folder / "quiet.json", self.scratch, *options)
        if scan.process.wait() != CLEAN:
            raise SystemExit(scan.out.with_suffix(".err").read_text(encoding="utf-8"))
        return scan.out.read_bytes()


def judged(scan: Scan, right: bytes) -> str:
    """What one scan's end is called."""
    code = scan.process.returncode
    if code == -signal.SIGKILL and scan.fate:
        return scan.fate
    if code == NOTHING_ANALYSED and "worker was killed" in scan.said():
        print(f"{scan.hit} workers killed; {scan.said()}", file=sys.stderr)
        return LOST
    if code != CLEAN:
        print(f"exit code {code}: {scan.said()}", file=sys.stderr)
        return FAILED
    if (written := scan.out.read_bytes()) == right:
        return RIGHT
    got, whole = json.loads(written), json.loads(right)
    lost = [gap["message"] for gap in got["gaps"] if gap["kind"] == "worker"]
    print(f"{scan.hit} workers killed; {_differences(got, whole)}; {lost}", file=sys.stderr)
    return LOST if lost and _faults(got) <= _faults(whole) else WRONG


def _differences(got: Any, whole: Any) -> str:
    """The parts of a report that are not as they should be, and faults that are missing or new."""
    parts = [name for name in whole if got.get(name) != whole[name]]
    return f"{parts} differ, {_faults(whole) - _faults(got)} missing, {_faults(got) - _faults(whole)} new"


def _faults(report: Any) -> set[tuple[str, ...]]:
    """Rules and places: what a finding says of its path may change when a caller is lost."""
    return {(finding["rule"], *map(str, finding["at"].values())) for finding in report["findings"]}


def sound(file: Path) -> bool:
    """Whether SQLite finds nothing wrong with the cache; a scan killed early has made none."""
    if not file.exists():
        return True
    database = sqlite3.connect(file)
    try:
        return bool(database.execute("PRAGMA integrity_check").fetchone() == ("ok",))
    except sqlite3.DatabaseError:
        return False
    finally:
        database.close()


def found_at_fault(counts: Counter[str], scans: int) -> list[str]:
    """What must not be; a fire that hit too little proves nothing, which is a fault too."""
    faults = [f"{counts[name]} {name}" for name in FAULTS if counts[name]]
    needed = ("workers killed lowering", "workers killed judging", HIT)
    faults += [f"only {counts[name]} {name}" for name in needed if counts[name] < scans / SHARE]
    if counts[LOST] > max(1, scans // BEARABLE):
        faults.append(f"{counts[LOST]} {LOST}")
    return faults


if __name__ == "__main__":
    sys.exit(main())
