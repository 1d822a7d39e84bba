"""Drivers come in, those of one shard go out: N machines, each with its number, share a tree among them.

Only names and sizes decide, so the machines need not talk to each other; together they do every driver once.
"""

from __future__ import annotations

from collections.abc import Iterable

from auditor.frontend.drivers import Driver


def shard(drivers: Iterable[Driver], number: int, count: int) -> tuple[Driver, ...]:
    """The drivers of shard ``number`` (from 1) of ``count``, in order: the largest go round first."""
    loads = [0] * count
    mine = []
    for driver in sorted(drivers, key=lambda d: (-d.bytes, d.name)):
        lightest = loads.index(min(loads))
        loads[lightest] += driver.bytes
        if lightest == number - 1:
            mine.append(driver)
    return tuple(sorted(mine, key=lambda driver: driver.name))
