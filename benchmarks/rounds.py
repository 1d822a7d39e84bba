"""Rows in; each of them measured once a round, one after the other, and noted at once, out."""

from __future__ import annotations

import os
import shlex
import sys
from collections.abc import Callable, Mapping, Sequence

import msgspec
from measuring import measured
from records import Results, Run, Series

_SHOWN = 600  # characters of a command


class Row(msgspec.Struct, frozen=True):
    """What is measured: ``make`` gives the command right before it is run, and may prepare what it needs.

    A ``quick`` one is run once in vain before. ``facts`` are what is known of its input.
    """

    name: str
    make: Callable[[], list[str]]
    tables: tuple[str, ...]
    quick: bool = False
    facts: Mapping[str, int] = {}


def in_rounds(rows: Sequence[Row], rounds: int, series: Series, results: Results, limit: float) -> bool:
    """Run every row, then every row again (A, B, A, B), until there are so many ``rounds`` in ``results``.

    What is there already is not run again, nor is what took more than ``limit`` seconds. False when something
    failed.
    """
    warm: set[str] = set()
    for number in range(1, rounds + 1):
        for row in rows:
            if results.holds(series, row.name, number, row.tables, limit):
                continue
            if row.quick and row.name not in warm:
                measured(row.make(), limit, series.processors)
                warm.add(row.name)
            command = row.make()
            before = os.getloadavg()[0]
            cost = measured(command, limit, series.processors)
            load = before, os.getloadavg()[0]
            said = shlex.join(command)
            said = said if len(said) <= _SHOWN else f"{said[:_SHOWN]}... ({len(command)} words)"
            results.add(Run(series, row.name, number, said, cost, load, row.tables, row.facts))
            figures = cost.end or f"{cost.wall:.3f} s wall, {cost.cpu:.3f} s processor"
            print(f"round {number} of {rounds}: {row.name}: {figures}", file=sys.stderr, flush=True)
    return not any(run.series == series and run.cost.end.startswith("exit") for run in results.runs)
