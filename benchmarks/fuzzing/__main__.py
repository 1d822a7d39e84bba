"""Seconds in, a table out: made-up inputs for every reader, how many it refused, and which it fell over.

    python -m benchmarks.fuzzing [--seconds N] [--corpus DIR] [--jobs N] [--seed N] [READER...]

Each reader gets right inputs changed by atheris, which follows the code they reach, for N seconds, and for as
long files of the right shape that it makes; or by chance where the code is in a library or another process;
then tokens repeated many times. What reached new
code is kept in DIR for the next run. Exits 1 when a reader raised anything but an error of lenaudit's own,
took seconds for a few kilobytes, or ate memory; the inputs stay in DIR/faults.
"""

from __future__ import annotations

import os
import random
import re
import subprocess
import sys
from argparse import ArgumentParser
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

import platformdirs

from benchmarks.fuzzing.chance import by_chance
from benchmarks.fuzzing.readers import READERS, Reader
from benchmarks.fuzzing.repeated import bombs
from benchmarks.fuzzing.shaped import SHAPES

ROOT = Path(__file__).resolve().parents[2]
LINE = "{:24} {:>9} {:>9} {:>7} {:>6} {:>22} {:>5} {:>7}"
LAST = re.compile(r"cov: (\d+) ft: (\d+) corp: (\d+)")


class Row(NamedTuple):
    """What became of one reader; ``reached`` is libFuzzer's: branches, features and inputs that are kept."""

    name: str
    tried: int
    refused: int
    shaped: int
    repeated: int
    reached: str
    lost: int
    faults: tuple[str, ...]


def main() -> int:
    """Run the readers, two at a time, and print the table."""
    options = ArgumentParser(description="Made-up input for every reader.")
    options.add_argument("--seconds", type=int, default=60)
    options.add_argument("--corpus", type=Path, default=platformdirs.user_cache_path("lenaudit-fuzzing"))
    options.add_argument("--jobs", type=int, default=2)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("readers", nargs="*", metavar="READER", choices=[[], *(r.name for r in READERS)])
    given = options.parse_args()
    wanted = [r for r in READERS if not given.readers or r.name in given.readers]
    print(LINE.format("reader", "inputs", "refused", "shaped", "bombs", "reached", "lost", "faults"))
    with ThreadPoolExecutor(given.jobs) as pool:
        rows = list(
            pool.map(lambda reader: _told(_one(reader, given.seconds, given.corpus, given.seed)), wanted)
        )
    inputs = sum(row.tried + row.shaped + row.repeated for row in rows)
    faults = [fault for row in rows for fault in row.faults]
    print(f"{inputs} inputs, {len(faults)} faults")
    for row in rows:
        for fault in row.faults:
            print(f"\n{row.name}: {fault}")
    return bool(faults)


def _told(row: Row) -> Row:
    print(LINE.format(*row[:-1], len(row.faults)), flush=True)
    return row


def _one(reader: Reader, seconds: int, corpus: Path, seed: int) -> Row:
    if reader.chance:
        tried, refused, lost, fault = _child("chance", reader, str(seconds), str(seed))
        faults = (fault,) * bool(fault)
        return Row(reader.name, int(tried), int(refused), 0, 0, "by chance", int(lost), faults)
    tried, refused, reached, broken = _guided("bytes", reader, seconds, corpus)
    shaped, wrong = 0, ""
    if reader.name in SHAPES:
        shaped, _, _, wrong = _guided("shaped", reader, seconds, corpus)
    repeated, _, bomb = _child("bombs", reader)
    faults = tuple(fault for fault in (broken, wrong, bomb) if fault)
    return Row(reader.name, tried, refused, shaped, int(repeated), reached, 0, faults)


def _child(what: str, reader: Reader, *arguments: str) -> list[str]:
    """The figures of a process that dies in place of this one; its last words where it did die."""
    command = [sys.executable, "-m", "benchmarks.fuzzing", what, str(READERS.index(reader)), *arguments]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode == 0:
        return done.stdout.rstrip("\n").split("\t")
    figures = ["0"] * (3 if what == "chance" else 2)
    return [*figures, f"the process ended with {done.returncode}: {done.stderr[-3000:]}"]


def _guided(how: str, reader: Reader, seconds: int, corpus: Path) -> tuple[int, int, str, str]:
    """Inputs tried and refused, what they reached, and the fault that ended it."""
    name = re.sub(r"\W+", "-", reader.name) + "-shaped" * (how == "shaped")
    faults = corpus / "faults" / name
    faults.mkdir(parents=True, exist_ok=True)
    arguments = [how, str(READERS.index(reader)), str(corpus / name), str(seconds), str(faults)]
    command = [sys.executable, "-m", "benchmarks.fuzzing.guided", *arguments]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, check=False)
    said = done.stderr.decode(errors="replace") + done.stdout.decode(errors="replace")
    seen = LAST.findall(said)
    reached = "{} br {} ft {} kept".format(*seen[-1]) if seen else ""
    counts = faults / "counts"
    tried, refused = map(int, counts.read_text(encoding="utf-8").split()) if counts.is_file() else (0, 0)
    return tried, refused, reached, said[-4000:] if done.returncode else ""


def _inner(what: str, number: int, rest: list[str]) -> None:
    """One reader in this process, its figures parted by tabs."""
    os.nice(10)
    reader = READERS[number]
    found: tuple[object, ...]
    found = (
        by_chance(reader, float(rest[0]), random.Random(int(rest[1]))) if what == "chance" else bombs(reader)
    )
    print("\t".join(map(str, found)))


if __name__ == "__main__":
    if sys.argv[1:2] in (["chance"], ["bombs"]):
        _inner(sys.argv[1], int(sys.argv[2]), sys.argv[3:])
    else:
        sys.exit(main())
