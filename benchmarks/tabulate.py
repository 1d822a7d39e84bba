"""Runs in; tables in markdown out: medians, and ratios within a round with their least and greatest."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Iterator, Sequence

import msgspec
from records import Run, Series, latest


class Table(msgspec.Struct, frozen=True):
    """Rows in order, and those that the others are divided by."""

    rows: tuple[str, ...]
    bases: tuple[str, ...] = ()
    sized: bool = False  # with what the input holds


_HOOK = ("one file, cold", "one file, cache filled", "one file, cached")
_SCANS = ("cold", "cold, cache filled", "warm")
_PARSE = "bare parse, one process"
TABLES = {
    "start": Table(
        ("python -c pass", "lenaudit --version", *_HOOK, "warm", "cold, one worker", "cold", _PARSE),
        (_PARSE,),
    ),
    "runs": Table((*_SCANS, *_HOOK, _PARSE), (_PARSE, "cold")),
    "others": Table(
        ("cold", "spatch", "semgrep", "cppcheck", "clang -fsyntax-only", "bare parse"), ("cold", "bare parse")
    ),
    "growth": Table(("100 files or more", "300 files or more", "1000 files or more", "cold"), (), sized=True),
}


def tabulated(runs: Sequence[Run], table: str) -> Iterator[str]:
    """The lines of every table of that name, newest commits only; what was not measured is not in it."""
    for series, found in latest(runs, table).items():
        rows = {name: of for name in TABLES[table].rows if (of := _of(found, name))}
        yield from (f"### {series.tree}: {table}", "", _where(series, found), "")
        heads = ["run", "runs", "wall", "processor", "supervisor", "largest worker", "not shared"]
        heads += [f"wall to {base}" for base in TABLES[table].bases]
        heads += [f"processor to {base}" for base in TABLES[table].bases[:1]]
        heads += ["files", "drivers", "MB", "ms a file"] if TABLES[table].sized else []
        yield f"| {' | '.join(heads)} |"
        yield f"|{' --- |' * len(heads)}"
        for name, of in rows.items():
            yield f"| {' | '.join((name, *_cells(of, rows, TABLES[table])))} |"
        yield ""
        yield from (f"- {name}: `{of[-1].command}`" for name, of in rows.items())
        yield ""


def _of(runs: Sequence[Run], row: str) -> list[Run]:
    """The last run of each round."""
    return list({run.round: run for run in runs if run.row == row}.values())


def _where(series: Series, runs: Sequence[Run]) -> str:
    loads = [load for run in runs for load in run.load]
    held = f", held to processors {', '.join(map(str, series.processors))}" if series.processors else ""
    load = f"load averages {min(loads):.1f} to {max(loads):.1f}"
    return f"Commit {series.commit}, {series.jobs} processes{held}; {load}."


def _cells(runs: Sequence[Run], rows: dict[str, list[Run]], table: Table) -> Iterator[str]:
    """The cells behind a row's name."""
    ill = next((run.cost.end for run in runs if run.cost.end), "")
    yield str(len(runs))
    if ill:
        yield ill
        return
    yield f"{statistics.median(run.cost.wall for run in runs):.3f} s"
    cpu = statistics.median(run.cost.cpu for run in runs)
    yield f"{cpu:.3f} s"
    for of in (lambda run: run.cost.peak, lambda run: run.cost.workers, lambda run: run.cost.private):
        peak = max(map(of, runs))
        yield f"{peak:.0f} MiB" if peak else ""
    for base in table.bases:
        yield ratio(runs, rows.get(base, ()), lambda run: run.cost.wall)
    for base in table.bases[:1]:
        yield ratio(runs, rows.get(base, ()), lambda run: run.cost.cpu)
    if table.sized:
        facts = runs[-1].facts
        yield from (str(facts["files"]), str(facts["drivers"]), f"{facts['bytes'] / 1e6:.1f}")
        yield f"{1000 * cpu / facts['files']:.0f}"


def ratio(runs: Sequence[Run], bases: Sequence[Run], figure: Callable[[Run], float]) -> str:
    """The median, the least and the greatest of a figure's ratios to that of the base in the same round.

    Empty where there is no such round, or a run ended ill.
    """
    base = {run.round: run for run in bases if not run.cost.end}
    ratios = [figure(run) / figure(base[run.round]) for run in runs if run.round in base and not run.cost.end]
    if not ratios:
        return ""
    middle = f"{statistics.median(ratios):.2f}"
    return middle if len(ratios) == 1 else f"{middle} ({min(ratios):.2f}-{max(ratios):.2f})"
