"""A tree in, one table of measured runs out; each row is whole processes, in turns with those of the others.

    python benchmarks/tables.py runs PATH [--file FILE] [--runs N] [--jobs N]
    python benchmarks/tables.py others PATH [--runs N] [--jobs N] [--semgrep COMMAND]
    python benchmarks/tables.py growth PATH [--sizes N,N,N] [--runs N] [--jobs N]

``runs``: a cold scan, a second one with the cache of the first, one file without and with a cache, beside a
bare libclang parse of the same files. ``others``: a cold scan and the tools that are installed, each with one
simple rule, on the same files with as many processes. ``growth``: cold scans of so many files, then of all;
whole drivers in one random order, so that a larger scan holds the smaller ones. Medians; CPU counts worker
processes; peaks of resident memory are those of the first process and of the largest that it started. The
command of each row stands below the table. Unix only, for ``os.wait4``.
"""

from __future__ import annotations

import json
import os
import random
import shlex
import sys
import tempfile
from argparse import ArgumentParser, Namespace
from pathlib import Path

from measuring import Commands, Cost, in_turns, measured
from rivals import bare_parse, rivals
from scan_ratio import jobs

from auditor.frontend import drivers, find
from auditor.settings import Settings

HEAD = f"{'':22} {'wall s':>9} {'CPU s':>9} {'MiB':>6} {'workers MiB':>12}"
SEED = 1  # of the order of drivers


def main() -> None:
    """Measure and print."""
    options = ArgumentParser(description="Measured runs of lenaudit and of other tools.")
    options.add_argument("table", choices=["runs", "others", "growth"])
    options.add_argument("path", type=Path)
    options.add_argument("--runs", type=int, default=5, help="of each row (default 5)")
    options.add_argument("--jobs", default="2", help="worker processes (default 2)")
    options.add_argument("--file", type=Path, help="the one file of a hook (default: the tree's median)")
    options.add_argument("--semgrep", default="semgrep", help="how to start semgrep")
    options.add_argument("--sizes", default="100,300,1000", help="C files (default 100,300,1000), then all")
    given = options.parse_args()
    given.path = given.path.resolve()
    with tempfile.TemporaryDirectory() as folder:
        {"runs": runs, "others": others, "growth": growth}[given.table](given, Path(folder))


def runs(given: Namespace, folder: Path) -> None:
    """Cold, warm, one file, and the bare parse in one process."""
    path, cache, files = given.path, folder / "cache", sources(given.path)
    one = given.file or sorted(files, key=lambda file: file.stat().st_size)[len(files) // 2]
    warm = [*scan(given), "--cache-dir", str(cache)]
    parse = bare_parse(job_lists(path, folder, 1), "1")
    for filled in (path, one):
        measured([*warm, str(filled)])
    rows: Commands = {
        "cold": lambda: [*scan(given), "--no-cache", str(path)],
        "cold, cache filled": lambda: [*scan(given), "--cache-dir", tempfile.mkdtemp(dir=folder), str(path)],
        "warm": lambda: [*warm, str(path)],
        "one file, cold": lambda: [*scan(given), "--no-cache", str(one)],
        "one file, warm": lambda: [*warm, str(one)],
        "bare parse": lambda: parse,
    }
    print(f"{path.name}: {len(files)} files; one file: {one.name}")
    show(rows, given.runs, base="bare parse")


def others(given: Namespace, folder: Path) -> None:
    """The tools that are installed, each with one rule, on the files of a scan."""
    tools, missing = rivals(given.path, given.jobs, given.semgrep)
    parse = bare_parse(job_lists(given.path, folder, int(given.jobs)), given.jobs)
    commands = {"lenaudit, cold": [*scan(given), "--no-cache", str(given.path)], "bare parse": parse, **tools}
    rows: Commands = {name: lambda command=command: command for name, command in commands.items()}  # type: ignore[misc]
    print(f"{given.path.name}: {len(sources(given.path))} files, {given.jobs} processes")
    show(rows, given.runs, base="lenaudit, cold")
    for name in missing:
        print(f"{name}: not installed")


def growth(given: Namespace, folder: Path) -> None:
    """One row a size; the whole tree is the context of each, so that drivers and headers are the same."""
    del folder
    print(f"{HEAD} {'files':>6} {'drivers':>8} {'MB':>6} {'ms CPU a file':>14}")
    command = [*scan(given), "--no-cache"]
    for size in (*map(int, given.sizes.split(",")), sys.maxsize):
        files, count, whole = grown(given.path, size)
        chosen = [str(given.path)] if whole else ["--context", str(given.path), *files]
        costs = in_turns({"": lambda chosen=chosen: [*command, *chosen]}, given.runs)  # type: ignore[misc]
        megabytes = sum(Path(file).stat().st_size for file in files) / 1e6
        each = 1000 * costs[""].cpu / len(files)
        name = "all" if whole else f"{size} or more"
        print(f"{line(name, costs[''])} {len(files):6} {count:8} {megabytes:6.1f} {each:14.0f}", flush=True)
        if whole:
            break
    print(f"\n{shlex.join(command)} {shlex.quote(str(given.path))}\n... --context {given.path} FILE...")


def grown(path: Path, size: int) -> tuple[list[str], int, bool]:
    """The files of the first drivers that have ``size`` files, how many drivers, and whether that is all."""
    order = sorted(drivers(find(Settings(paths=(path,)))), key=lambda driver: driver.name)
    random.Random(SEED).shuffle(order)
    files: list[str] = []
    for count, driver in enumerate(order, 1):
        files += driver.sources
        if len(files) >= size:
            return files, count, count == len(order)
    return files, len(order), True


def scan(given: Namespace) -> list[str]:
    """A scan that says nothing and finds nothing too bad."""
    command = [sys.executable, "-m", "auditor", "scan", "-q", "-j", given.jobs, "--no-config"]
    return [*command, "-f", "sarif", "-o", os.devnull, "--fail-on", "never"]


def sources(path: Path) -> list[Path]:
    """The C files that a scan of ``path`` analyses."""
    return [Path(file) for file in find(Settings(paths=(path,))).sources]


def job_lists(path: Path, folder: Path, count: int) -> list[Path]:
    """The parses of a scan of ``path`` in ``count`` lists, for ``bare_parse.py``."""
    content = jobs(path)
    lists = []
    for number in range(count):
        lists.append(folder / f"jobs{number}.json")
        part = {**content, "jobs": content["jobs"][number::count]}  # type: ignore[index]
        lists[-1].write_text(json.dumps(part), encoding="utf-8")
    return lists


def show(rows: Commands, times: int, base: str) -> None:
    """Print the medians of every row, ratios to ``base``, and the commands."""
    costs = in_turns(rows, times)
    print(f"{HEAD} {'wall ratio':>11} {'CPU ratio':>10}")
    for name, cost in costs.items():
        ratios = f"{cost.wall / costs[base].wall:11.2f} {cost.cpu / costs[base].cpu:10.2f}"
        print(f"{line(name, cost)} {ratios}")
    print()
    for name, make in rows.items():
        print(f"{name}: {shlex.join(make())}")


def line(name: str, cost: Cost) -> str:
    """The first columns of a row."""
    return f"{name:22} {cost.wall:9.3f} {cost.cpu:9.3f} {cost.peak:6.0f} {cost.workers:12.0f}"


if __name__ == "__main__":
    main()
