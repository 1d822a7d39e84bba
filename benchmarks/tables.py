"""A tree in, one table of measured runs out; each row is whole processes, in turns with those of the others.

    python benchmarks/tables.py runs PATH [--file FILE] [--runs N] [--jobs N]
    python benchmarks/tables.py others PATH [--runs N] [--jobs N] [--semgrep COMMAND]
    python benchmarks/tables.py growth PATH PATH... [--runs N] [--jobs N]

``runs``: a cold scan, a second one with the cache of the first, one file without and with a cache, beside a
bare libclang parse of the same files. ``others``: tools that are installed, each with one simple rule, on the
same files. ``growth``: cold scans of trees of different sizes. Medians; CPU counts worker processes, and the
peak is that of the largest process. Unix only, for ``os.wait4``.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
import tempfile
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Sequence
from pathlib import Path

from scan_ratio import HERE, Cost, jobs, measured, median

from auditor.frontend import find
from auditor.settings import Settings

Commands = dict[str, Callable[[], list[str]]]
"""A row's name, and what makes its command line right before it is run."""

SEMGREP_RULE = """rules:
  - {id: short, languages: [c], severity: INFO, message: length check, pattern: "$X < $Y"}
"""
SMPL_RULE = "@@\nexpression X, Y;\n@@\n* X < Y\n"


def main() -> None:
    """Measure and print."""
    options = ArgumentParser(description="Measured runs of lenaudit and of other tools.")
    options.add_argument("table", choices=["runs", "others", "growth"])
    options.add_argument("paths", type=Path, nargs="+")
    options.add_argument("--runs", type=int, default=5, help="of each row (default 5)")
    options.add_argument("--jobs", default="2", help="worker processes (default 2)")
    options.add_argument("--file", type=Path, help="the one file of a hook (default: the tree's median)")
    options.add_argument("--semgrep", default="semgrep", help="how to start semgrep")
    given = options.parse_args()
    given.paths = [path.resolve() for path in given.paths]
    with tempfile.TemporaryDirectory() as folder:
        {"runs": runs, "others": others, "growth": growth}[given.table](given, Path(folder))


def runs(given: Namespace, folder: Path) -> None:
    """Cold, warm, one file, and the bare parse."""
    path, cache = given.paths[0], folder / "cache"
    one = given.file or sorted(sources(path), key=lambda file: file.stat().st_size)[len(sources(path)) // 2]
    (folder / "jobs.json").write_text(json.dumps(jobs(path)), encoding="utf-8")
    warm = [*scan(given), "--cache-dir", str(cache)]
    for filled in (path, one):
        measured([*warm, str(filled)])
    print(f"{path.name}: {len(sources(path))} files; one file: {one.name}")
    rows: Commands = {
        "cold": lambda: [*scan(given), "--no-cache", str(path)],
        "cold, cache filled": lambda: [*scan(given), "--cache-dir", tempfile.mkdtemp(dir=folder), str(path)],
        "warm": lambda: [*warm, str(path)],
        "one file, cold": lambda: [*scan(given), "--no-cache", str(one)],
        "one file, warm": lambda: [*warm, str(one)],
        "bare parse": lambda: [sys.executable, str(HERE / "bare_parse.py"), str(folder / "jobs.json")],
    }
    show(rows, given.runs, base="bare parse")


def others(given: Namespace, folder: Path) -> None:
    """The tools that are installed, each with one rule, on the files of a scan."""
    path = given.paths[0]
    (folder / "rule.yml").write_text(SEMGREP_RULE, encoding="utf-8")
    (folder / "rule.cocci").write_text(SMPL_RULE, encoding="utf-8")
    files = list(map(str, sources(path)))
    rows: Commands = {"lenaudit, cold": lambda: [*scan(given), "--no-cache", str(path)]}
    rule = ["--config", str(folder / "rule.yml"), "--output", os.devnull]
    quiet = ["scan", "-q", "--metrics", "off", "--disable-version-check", "-j", given.jobs]
    loop = 'for f in "$@"; do clang -fsyntax-only -w "$f" 2>/dev/null; done; true'
    tools = {
        "clang -fsyntax-only": ["sh", "-c", loop, "clang", *files],
        "cppcheck": ["sh", "-c", 'cppcheck -q "$@" 2>/dev/null', "cppcheck", "-j", given.jobs, str(path)],
        "spatch": [
            "spatch",
            "--sp-file",
            str(folder / "rule.cocci"),
            "--very-quiet",
            "-j",
            given.jobs,
            str(path),
        ],
        "semgrep": [*given.semgrep.split(), *quiet, *rule, str(path)],
    }
    needed = ("clang", "cppcheck", "spatch", given.semgrep.split()[0])
    for (name, command), tool in zip(tools.items(), needed, strict=True):
        if shutil.which(tool) is None:
            print(f"{name}: not installed")
        else:
            rows[name] = lambda command=command: command  # type: ignore[misc]
    print(f"{path.name}: {len(files)} files")
    show(rows, given.runs, base="lenaudit, cold")


def growth(given: Namespace, folder: Path) -> None:
    """One row a tree, with its files and the cost of each."""
    del folder
    print(
        f"{'tree':24} {'files':>6} {'MB':>6} {'wall s':>9} {'CPU s':>9} {'ms CPU a file':>14} {'peak MiB':>9}"
    )
    for path in given.paths:
        files = sources(path)
        costs = [measured([*scan(given), "--no-cache", str(path)]) for _ in range(given.runs)]
        cost = median(costs)
        size = sum(file.stat().st_size for file in files) / 1e6
        print(f"{path.name:24} {len(files):6} {size:6.1f} {cost.wall:9.1f} {cost.cpu:9.1f} "
              f"{1000 * cost.cpu / len(files):14.0f} {cost.peak:9.0f}", flush=True)  # fmt: skip


def scan(given: Namespace) -> list[str]:
    """A scan that says nothing and finds nothing too bad."""
    command = [sys.executable, "-m", "auditor", "scan", "-q", "-j", given.jobs, "--no-config"]
    return [*command, "-f", "sarif", "-o", os.devnull, "--fail-on", "never"]


def sources(path: Path) -> list[Path]:
    """The C files that a scan of ``path`` analyses."""
    return [Path(file) for file in find(Settings(paths=(path,))).sources]


def show(rows: Commands, times: int, base: str) -> None:
    """Run every row once in vain and ``times`` times in turns; print medians and ratios to ``base``."""
    for make in rows.values():
        measured(make())
    turns: Sequence[dict[str, Cost]] = [
        {name: measured(make()) for name, make in rows.items()} for _ in range(times)
    ]
    costs = {name: median([turn[name] for turn in turns]) for name in rows}
    print(f"{'':22} {'wall s':>9} {'CPU s':>9} {'peak MiB':>9} {'wall ratio':>11} {'CPU ratio':>10}")
    for name, cost in costs.items():
        print(f"{name:22} {cost.wall:9.3f} {cost.cpu:9.3f} {cost.peak:9.0f} "
              f"{cost.wall / costs[base].wall:11.2f} {cost.cpu / costs[base].cpu:10.2f}")  # fmt: skip


if __name__ == "__main__":
    main()
