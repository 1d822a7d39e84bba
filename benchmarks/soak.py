"""A tree in, how scans of it fare while processes are killed out; the exit code is 1 when one fares ill.

    python benchmarks/soak.py PATH [--scans N] [--together N] [--seconds N] [--seed N]

All scans use one cache, so many at a time as ``--together`` says. Workers are killed at random moments, with
SIGKILL or SIGTERM; every third scan is killed itself, with SIGKILL, at a random moment. The cache is empty
before some rounds, holds a part before others, and is as the round before left it for the rest.

A scan that lives must write, byte for byte, what an undisturbed scan without a cache writes, or name the
files that it lost with killed workers. After each round a copy of the cache must be sound for SQLite, and one
more scan with that copy, undisturbed, must write the same bytes. Nothing may be left behind: no worker, no
file.
"""

from __future__ import annotations

import json
import random
import shutil
import signal
import sqlite3
import sys
import tempfile
import time
from argparse import ArgumentParser, Namespace
from collections import Counter
from pathlib import Path

from fire import MOMENT, Scan, fire, outlived

from auditor.cache import FILE

CLEAN, NOTHING_ANALYSED = 0, 3
RIGHT, LOST = "scans with the right bytes", "scans that name what they lost"
HIT = "scans with the right bytes, of which workers were killed"
OUR_FILES = {FILE, f"{FILE}-wal", f"{FILE}-shm"}
SHARE = 10
"""Of so many scans at least one must have a worker killed in each phase, else the fire did not hit."""


def main() -> int:
    """Scan, kill, compare, count."""
    given = _given()
    begun, dice, counts, longest = time.monotonic(), random.Random(given.seed), Counter[str](), 0.0
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        (scratch := folder / "scratch").mkdir()
        undisturbed(given.path, folder, scratch, "--no-cache")  # Python compiles, the system reads
        right, lasts = undisturbed(given.path, folder, scratch, "--no-cache")
        number = 0
        while number < given.scans and time.monotonic() - begun < given.seconds:
            counts[prepared(folder / "cache", dice)] += 1
            scans = []
            for _ in range(given.together):
                out, options = folder / f"out-{number}.json", ("--cache-dir", str(folder / "cache"))
                doomed = dice.uniform(0, 1.2) * lasts if number % 3 == 2 else None
                scans.append(Scan(given.path, out, scratch, *options, doomed=doomed))
                number += 1
            counts += fire(scans, dice, lasts)
            for scan in scans:
                longest = max(longest, gone := outlived(scan))
                counts["scans with workers LEFT BEHIND"] += gone >= MOMENT
                counts[judged(scan, right, counts)] += 1
            check_cache(given.path, folder, scratch, right, counts)
            counts["files LEFT BEHIND"] += len([*scratch.iterdir()])
    for name, count in sorted(counts.items()):
        print(f"{count:6} {name}")
    print(f"{lasts:6.2f} s an undisturbed scan without a cache; {len(right)} bytes of report")
    print(f"{longest:6.3f} s at most until nothing of an ended scan ran any more")
    faults = found_at_fault(counts, number)
    print("\n".join(f"FAILED: {fault}" for fault in faults) or f"{number} scans: all is well")
    return 1 if faults else 0


def _given() -> Namespace:
    options = ArgumentParser(description="Scans under fire.")
    options.add_argument("path", type=Path)
    options.add_argument("--scans", type=int, default=200)
    options.add_argument("--together", type=int, default=1, help="scans at a time")
    options.add_argument("--seconds", type=float, default=float("inf"), help="begin none after so many")
    options.add_argument("--seed", type=int, default=1)
    return options.parse_args()


def undisturbed(path: Path, folder: Path, scratch: Path, *options: str) -> tuple[bytes, float]:
    """What a scan writes that nobody kills, and how many seconds it takes."""
    scan = Scan(path, folder / "quiet.json", scratch, *options)
    if scan.process.wait() != CLEAN:
        raise SystemExit(scan.out.with_suffix(".err").read_text(encoding="utf-8"))
    return scan.out.read_bytes(), time.monotonic() - scan.begun


def prepared(cache: Path, dice: random.Random) -> str:
    """The cache as a round shall find it."""
    match dice.choice(("empty", "empty", "empty", "part", "part", "left")):
        case "empty":
            shutil.rmtree(cache, ignore_errors=True)
            return "rounds with an empty cache"
        case "part" if (cache / FILE).exists():
            with sqlite3.connect(cache / FILE) as database:
                keys = [key for (key,) in database.execute("SELECT key FROM entries ORDER BY key")]
                gone = [(key,) for key in keys if dice.random() < 0.5]
                database.executemany("DELETE FROM entries WHERE key = ?", gone)
            database.close()
            return "rounds with half a cache"
    return "rounds with the cache as it was left"


def judged(scan: Scan, right: bytes, counts: Counter[str]) -> str:
    """What one scan's end is called; what it lost is counted."""
    code = scan.process.returncode
    if scan.fate and code == -signal.SIGKILL:
        return scan.fate
    if code == NOTHING_ANALYSED:
        return LOST
    if code != CLEAN or not scan.out.exists():
        print(scan.out.with_suffix(".err").read_text(encoding="utf-8"), file=sys.stderr)
        return f"scans FAILED with code {code}"
    if (said := scan.out.read_bytes()) == right:
        counts[HIT] += scan.hit > 0
        return RIGHT
    got, whole = json.loads(said), json.loads(right)
    lost = [gap for gap in got["gaps"] if gap["kind"] == "worker"]
    counts["files named as lost"] += len(lost)
    invented = [finding for finding in got["findings"] if finding not in whole["findings"]]
    return LOST if lost and not invented else "scans with a WRONG result"


def check_cache(path: Path, folder: Path, scratch: Path, right: bytes, counts: Counter[str]) -> None:
    """Look at a copy of the cache, so that the next round finds the cache as this one left it."""
    cache, copy = folder / "cache", folder / "copy"
    if not cache.exists():
        return
    counts["files LEFT BEHIND"] += sum(file.name not in OUR_FILES for file in cache.iterdir())
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(cache, copy)
    counts["caches checked"] += 1
    counts["caches UNSOUND"] += not sound(copy / FILE)
    said, _ = undisturbed(path, folder, scratch, "--cache-dir", str(copy))
    counts["undisturbed scans with such a cache and a WRONG result"] += said != right


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
    faults = [f"{count} {name}" for name, count in sorted(counts.items()) if count and _bad(name)]
    for phase in ("lowering", "judging"):
        if (hits := counts[f"workers killed {phase}"]) < scans // SHARE:
            faults.append(f"only {hits} workers killed {phase}")
    if counts[HIT] < scans // SHARE:
        faults.append(f"only {counts[HIT]} {HIT}")
    if counts[LOST] > scans // 100:
        faults.append(f"{counts[LOST]} {LOST}")
    return faults


def _bad(name: str) -> bool:
    return any(word.isupper() and len(word) > 1 for word in name.split() if not word.startswith("SIG"))


if __name__ == "__main__":
    sys.exit(main())
