"""One measured run in, a line of a file of results out, and back: nothing that was measured is lost."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path

import msgspec
from measuring import OVER, ROOT, Cost


class Series(msgspec.Struct, frozen=True):
    """What all runs share that may be compared with each other.

    ``commit`` is that of lenaudit, with the first digits of a digest of what was changed since, if anything.
    ``processors`` are those that the runs are held to; none means all.
    """

    tree: str
    commit: str
    jobs: int
    processors: tuple[int, ...] = ()


class Run(msgspec.Struct, frozen=True):
    """One run of a row; ``load`` are the system's averages over a minute before and after it.

    ``tables`` are those that it was measured for, ``facts`` what is known of its input.
    """

    series: Series
    row: str
    round: int
    command: str
    cost: Cost
    load: tuple[float, float]
    tables: tuple[str, ...]
    facts: Mapping[str, int] = {}


class Results:
    """A file of runs, one line of JSON each."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.runs = _read(path)

    def add(self, run: Run) -> None:
        """Append a line at once, in one piece: others may append to the same file."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        begin = b"\n" if _cut_off(self.path) else b""
        with self.path.open("ab", buffering=0) as file:
            file.write(begin + msgspec.json.encode(run) + b"\n")
            os.fsync(file)
        self.runs.append(run)

    def holds(self, series: Series, row: str, number: int, tables: Collection[str], limit: float) -> bool:
        """Whether the row was run in that round for all of ``tables``, or took ``limit`` seconds in any."""
        runs = [run for run in self.runs if run.series == series and run.row == row]
        runs = [run for run in runs if set(tables) <= set(run.tables)]
        late = any(run.cost.end.startswith(OVER) and run.cost.wall >= limit for run in runs)
        return late or any(run.round == number and not run.cost.end for run in runs)


def commit() -> str:
    """The commit of this checkout; "unknown" outside of one."""
    try:
        name = _git("rev-parse", "--short", "HEAD").decode().strip()
        changes = _git("diff", "HEAD")
    except (OSError, subprocess.CalledProcessError):
        return "unknown"
    return name + (f"+{hashlib.sha256(changes).hexdigest()[:6]}" if changes else "")


def latest(runs: Iterable[Run], table: str) -> dict[Series, list[Run]]:
    """The runs for ``table`` by tree, number of jobs and processors, each of the commit measured last."""
    found: dict[tuple[object, ...], dict[str, list[Run]]] = {}
    for run in runs:
        if table in run.tables:
            series = run.series
            commits = found.setdefault((series.tree, series.jobs, series.processors), {})
            commits[series.commit] = [
                *commits.pop(series.commit, []),
                run,
            ]  # the last one measured stands last
    lasts = (list(commits.values())[-1] for commits in found.values())
    return {last[0].series: last for last in lasts}


def _read(path: Path) -> list[Run]:
    """All runs; a line that was cut off when the system stopped is named and passed over."""
    runs = []
    for number, line in enumerate(path.read_bytes().splitlines() if path.exists() else (), 1):
        try:
            runs.append(msgspec.json.decode(line, type=Run))
        except msgspec.DecodeError as why:
            print(f"{path}:{number}: {why}", file=sys.stderr)
    return runs


def _cut_off(path: Path) -> bool:
    """Whether the last line has no end."""
    return path.exists() and path.read_bytes()[-1:] not in (b"", b"\n")


def _git(*arguments: str) -> bytes:
    return subprocess.run(
        ["git", *arguments], cwd=ROOT, check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ).stdout
