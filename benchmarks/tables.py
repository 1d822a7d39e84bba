"""A tree in; measured runs, in a file of results, and tables of them in markdown out.

    python benchmarks/tables.py TABLE... --tree PATH [--runs N] [--jobs N] [--processors N,N] [--file FILE]
                                [--limit SECONDS] [--driver PATH] [--semgrep COMMAND] [--results FILE]
                                [--only ROW]...

``start``: what a start costs, for a small driver. ``runs``: a scan cold, warm, and of one file as in a
hook, beside a bare libclang parse. ``others``: a cold scan beside other tools with one simple rule each.
``growth``: cold scans of 100, 300, 1000 and all files. ``all``: ``start`` for the driver, the others for
the tree.
``show`` measures nothing. Every run is noted in the file of results when it ends; who starts the same again
goes on where it stopped. Unix only, for ``os.wait4``.
"""

from __future__ import annotations

import os
import signal
import sys
import tempfile
from argparse import ArgumentParser, Namespace
from pathlib import Path

from measuring import ROOT
from records import Results, Series, commit
from rounds import in_rounds
from rows import Tree
from tabulate import TABLES, tabulated

FEW = 7
"""Rounds of the table ``start`` at least, when all are made: its runs take less than a second."""


def main() -> int:
    """Measure, then print."""
    given = _given()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("ended"))
    results, sound = Results(given.results), True
    asked = tuple(TABLES) if {"all", "show"} & set(given.tables) else tuple(given.tables)
    if "show" not in given.tables:
        for path, tables, rounds in _plan(given, asked):
            sound &= _measured(given, path, tables, rounds, results)
    for table in asked:
        print("\n".join(tabulated(results.runs, table)))
    return 0 if sound else 1


def _plan(given: Namespace, asked: tuple[str, ...]) -> list[tuple[Path, tuple[str, ...], int]]:
    if "all" not in given.tables:
        return [(given.tree, asked, given.runs)]
    whole = tuple(table for table in asked if table != "start")
    return [(given.driver, ("start",), max(FEW, given.runs)), (given.tree, whole, given.runs)]


def _measured(given: Namespace, path: Path, tables: tuple[str, ...], rounds: int, results: Results) -> bool:
    series = Series(path.resolve().name, commit(), given.jobs, given.processors)
    with tempfile.TemporaryDirectory() as folder:
        rows = Tree(path.resolve(), Path(folder), given).rows(*tables)
        rows = [row for row in rows if not given.only or row.name in given.only]
        return in_rounds(rows, rounds, series, results, given.limit)


def _given() -> Namespace:
    options = ArgumentParser(description="Measured runs of lenaudit and of other tools.")
    options.add_argument("tables", nargs="+", choices=[*TABLES, "all", "show"])
    options.add_argument("--tree", type=Path, help="what is scanned")
    options.add_argument(
        "--driver", type=Path, default=ROOT / "fixtures/sample", help="for `all`: the small one"
    )
    options.add_argument("--file", type=Path, help="the one file of a hook (default: the tree's median)")
    options.add_argument("--runs", type=int, default=3, help="of each row (default 3)")
    options.add_argument("--jobs", type=int, default=2, help="processes (default 2)")
    options.add_argument("--processors", type=_numbers, default=(), help="hold all runs to these, as in 0,1")
    options.add_argument("--limit", type=float, default=1200, help="seconds for one run (default 1200)")
    options.add_argument("--only", action="append", help="a row to measure (default: all of the tables)")
    options.add_argument("--semgrep", default=os.environ.get("SEMGREP", "semgrep"), help="how to start it")
    options.add_argument("--results", type=Path, default=ROOT / "build/benchmarks.jsonl")
    given = options.parse_args()
    if given.tree is None and "show" not in given.tables:
        options.error("--tree is needed")
    return given


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(sorted({int(number) for number in text.split(",")}))


if __name__ == "__main__":
    sys.exit(main())
