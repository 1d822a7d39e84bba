"""A scan's work given out: drivers and an executor come in, their parts of the report go out."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from concurrent.futures import Executor
from typing import TypeVar

import msgspec

from auditor.frontend import Driver, Found, Progress, Result
from auditor.jobs.flight import Flight, Outcome
from auditor.jobs.judging import Part
from auditor.jobs.packing import pack, unpack
from auditor.jobs.work import Work
from auditor.model import Gap, Location
from auditor.workers import InProcess, WorkerLost

T = TypeVar("T")

AHEAD = 64
"""Files that may be under way at a time: enough for every worker, few enough to keep what is done small."""


class Audit(msgspec.Struct, frozen=True):
    """The parts of all drivers, in the drivers' order; ``stopped`` when the user ended the scan early."""

    parts: tuple[Part, ...]
    stopped: bool = False


def audit(
    drivers: tuple[Driver, ...], work: Work, executor: Executor, progress: Progress | None = None
) -> Audit:
    """Lower and judge every driver. Ctrl-C ends it: what is not judged by then becomes a gap."""
    run = _Run(drivers, work, executor, progress)
    try:
        run.all()
    except KeyboardInterrupt:
        return Audit(tuple(run.parts.get(n) or run.unfinished(n) for n in range(len(drivers))), stopped=True)
    return Audit(tuple(run.parts[n] for n in range(len(drivers))))


def lowered(found: Found, work: Work, executor: Executor) -> Iterator[Result]:
    """The result of every source, in order."""
    flight: Flight[int] = Flight(executor)
    for number, path in enumerate(found.sources):
        flight.send(work.lower, os.fsencode(path), number)
    early: dict[int, Result] = {}
    following = 0
    for number, outcome in flight.landed():
        early[number] = _result(outcome, found.sources[number], found.base)
        while following in early:
            yield early.pop(following)
            following += 1


class _Run:
    """One audit: which files of which drivers are done."""

    def __init__(
        self, drivers: tuple[Driver, ...], work: Work, executor: Executor, progress: Progress | None
    ) -> None:
        self.drivers, self.work, self.progress = drivers, work, progress
        self.flight: Flight[tuple[int, int | None]] = Flight(executor)
        self.ahead = 1 if isinstance(executor, InProcess) else AHEAD
        self.base = work.shared.base
        self.total, self.done = sum(len(d.sources) for d in drivers), 0
        self.results: dict[int, dict[int, bytes]] = {}  # of drivers that are not complete, packed
        self.parts: dict[int, Part] = {}

    def all(self) -> None:
        files = ((d, f) for d, driver in enumerate(self.drivers) for f in range(len(driver.sources)))
        self._send_ahead(files)
        for (driver, file), outcome in self.flight.landed():
            if file is None:
                self.parts[driver] = self._part(driver, outcome)
            else:
                self._keep(driver, file, outcome)
            self._send_ahead(files)

    def unfinished(self, number: int) -> Part:
        """A driver of which nothing is known, because the scan was ended."""
        return Part(gaps=tuple(self._lost(path, "the scan was ended before") for path in self._paths(number)))

    def _send_ahead(self, files: Iterable[tuple[int, int]]) -> None:
        while self.flight.under_way < self.ahead and (following := next(iter(files), None)):
            driver, file = following
            self.flight.send(self.work.lower, os.fsencode(self._paths(driver)[file]), following)

    def _keep(self, driver: int, file: int, outcome: Outcome) -> None:
        """One file is lowered; with the last one the driver is ready to be judged."""
        path, results = self._paths(driver)[file], self.results.setdefault(driver, {})
        results[file] = outcome if isinstance(outcome, bytes) else pack(_result(outcome, path, self.base))
        self.done += 1
        if self.progress is not None:
            self.progress(os.path.relpath(path, self.base), self.done, self.total)
        if len(results) == len(self._paths(driver)):
            packed = [data for _, data in sorted(self.results.pop(driver).items())]
            self.flight.send(self.work.judge, msgspec.msgpack.encode(packed), (driver, None))

    def _part(self, driver: int, outcome: Outcome) -> Part:
        try:
            return _unpacked(outcome, Part)
        except ValueError as why:
            return Part(gaps=tuple(self._lost(path, str(why)) for path in self._paths(driver)))

    def _lost(self, path: str, why: str) -> Gap:
        return _gap(path, self.base, why)

    def _paths(self, driver: int) -> tuple[str, ...]:
        return self.drivers[driver].sources


def _result(outcome: Outcome, path: str, base: str) -> Result:
    """What a worker gave, or a gap that says why it gave nothing."""
    try:
        return _unpacked(outcome, Result)
    except ValueError as why:
        return Result(None, (_gap(path, base, str(why)),))


def _unpacked(outcome: Outcome, kind: type[T]) -> T:
    """Raises ValueError that says why there is nothing."""
    if isinstance(outcome, WorkerLost):
        raise ValueError(str(outcome))
    return unpack(outcome, kind)


def _gap(path: str, base: str, why: str) -> Gap:
    name = os.path.relpath(path, base).replace(os.sep, "/")
    return Gap("worker", f"{name} was not analysed: {why}", Location(name, 1), "error")
