"""A scan's work given out: drivers and an executor come in, their parts of the report go out."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import TYPE_CHECKING

import msgspec

from auditor.frontend import Driver, Progress
from auditor.jobs.lost import gap_of, given
from auditor.jobs.part import Part
from auditor.jobs.work import Work
from auditor.packing import unpack

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from auditor.jobs.flight import Flight, Outcome
    from auditor.jobs.remembering import Memory
    from auditor.workers import Function


class Audit(msgspec.Struct, frozen=True):
    """The parts of all drivers, in the drivers' order; ``stopped`` when the user ended the scan early."""

    parts: tuple[Part, ...]
    stopped: bool = False


def audit(
    drivers: tuple[Driver, ...],
    work: Work,
    executor: Callable[[], Executor],
    progress: Progress | None = None,
    memory: Memory | None = None,
) -> Audit:
    """Lower and judge every driver that ``memory`` does not know; only for these it asks for an ``executor``.

    Ctrl-C ends it: what is not judged by then becomes a gap.
    """
    run, stopped = _Run(drivers, work, executor, progress, memory), False
    try:
        with run.flights:
            run.all()
    except KeyboardInterrupt:
        stopped = True
    return Audit(tuple(run.part(number) for number in range(len(drivers))), stopped)


def unanswered(driver: Driver, base: str, why: str) -> Part:
    """The part of a driver of which nothing is known; ``why``, the end of a sentence, for each file."""
    return Part(gaps=tuple(gap_of(path, base, why) for path in driver.sources))


class _Run:
    """One audit: which files of which drivers are done."""

    def __init__(
        self,
        drivers: tuple[Driver, ...],
        work: Work,
        executor: Callable[[], Executor],
        progress: Progress | None,
        memory: Memory | None,
    ) -> None:
        self.drivers, self.work, self.progress, self.memory = drivers, work, progress, memory
        self.executor, self.flights = executor, ExitStack()
        self.flight: Flight[tuple[int, int | None]] | None = None
        self.base = work.shared.base
        self.total, self.done = sum(len(d.sources) for d in drivers), 0
        self.keys: dict[int, list[bytes | None]] = {}  # of every file of a driver
        self.results: dict[int, dict[int, bytes]] = {}  # of drivers that are not complete
        self.parts: dict[int, Part] = {}
        self.packed: dict[int, bytes] = {}  # parts, too: what this process holds, each new worker begins with
        self.lacking: set[int] = set()  # drivers of which a file is lost: the next scan may have it
        self.afresh: set[int] = set()  # drivers of which something that was remembered cannot be read

    def all(self) -> None:
        files = self._unknown_files()
        self._send_ahead(files)
        for (driver, file), outcome in self.flight.landed() if self.flight else ():
            if file is None and outcome == b"" and driver not in self.afresh:
                self._lower_afresh(driver)
            elif file is None:
                self._judged(driver, outcome)
            else:
                self._keep(driver, file, outcome)
            self._send_ahead(files)

    def _unknown_files(self) -> Iterator[tuple[int, int]]:
        """Driver and number of every file that must be lowered; what is remembered is done on the way.

        The largest drivers come first, and of each its largest files, lest at the end all workers wait for
        one that is busy with such.
        """
        for number in sorted(range(len(self.drivers)), key=lambda n: -self.drivers[n].bytes):
            self.results[number], sizes = {}, self.drivers[number].sizes
            if self.memory is not None and self._remembered(number, self.memory):
                continue
            files = sorted(range(len(sizes)), key=lambda file: -sizes[file])
            yield from [(number, file) for file in files if file not in self.results[number]]

    def _remembered(self, number: int, memory: Memory) -> bool:
        """Whether nothing of a driver is left to be lowered."""
        driver = self.drivers[number]
        keys = self.keys[number] = [memory.file_key(path) for path in driver.sources]
        part = memory.part(driver, keys)
        if part is not None:
            self.parts[number] = part
            del self.results[number]
            self._tell(driver.sources[-1], len(keys))
            return True
        for file, key in enumerate(keys):
            if (known := memory.result(key)) is not None:
                self._gather(number, file, known)
        return number not in self.results

    def _lower_afresh(self, driver: int) -> None:
        """Forget what was remembered of a driver's files."""
        self.afresh.add(driver)
        self.results[driver] = {}
        self.done -= len(self._paths(driver))
        for file, path in enumerate(self._paths(driver)):
            self._send(self.work.lower, os.fsencode(path), (driver, file))

    def part(self, number: int) -> Part:
        """What came out for a driver; a gap for each file when the scan was ended before."""
        if number in self.packed:
            return unpack(self.packed.pop(number), Part)
        known = self.parts.get(number)
        return known or unanswered(self.drivers[number], self.base, "the scan was ended before")

    def _send_ahead(self, files: Iterator[tuple[int, int]]) -> None:
        while not (self.flight and self.flight.full) and (following := next(files, None)):
            driver, file = following
            self._send(self.work.lower, os.fsencode(self._paths(driver)[file]), following)

    def _send(self, function: Function, request: bytes, tag: tuple[int, int | None]) -> None:
        if self.flight is not None:
            self.flight.send(function, request, tag)
            return
        from auditor.jobs.flight import Flight  # a scan that remembers everything needs no workers

        flight: Flight[tuple[int, int | None]] = Flight(self.executor)
        self.flight = self.flights.enter_context(flight)
        self.flight.send(function, request, tag)
        self.work.prepare()  # while the first worker works; those that follow inherit it

    def _keep(self, driver: int, file: int, outcome: Outcome) -> None:
        """One file is lowered, or lost."""
        if isinstance(outcome, bytes):
            if self.memory is not None:
                self.memory.keep_result(self.keys[driver][file], outcome)
        else:
            self.lacking.add(driver)
            from auditor.jobs.results import answered, result_bytes  # parsing's data, rarely needed here

            outcome = result_bytes(answered(outcome, self._paths(driver)[file], self.base))
        self._gather(driver, file, outcome)

    def _gather(self, driver: int, file: int, result: bytes) -> None:
        """One file is there; with the last one the driver is ready to be judged."""
        results, paths = self.results[driver], self._paths(driver)
        results[file] = result
        if len(results) == len(paths):
            packed = [data for _, data in sorted(self.results.pop(driver).items())]
            self._send(self.work.judge, msgspec.msgpack.encode(packed), (driver, None))
        self._tell(paths[file], 1)

    def _tell(self, path: str, files: int) -> None:
        self.done += files
        if self.progress is not None:
            self.progress(os.path.relpath(path, self.base), self.done, self.total)

    def _judged(self, driver: int, outcome: Outcome) -> None:
        try:
            packed = given(outcome)
            unpack(packed, Part)
        except ValueError as why:
            self.parts[driver] = unanswered(self.drivers[driver], self.base, str(why))
            return
        self.packed[driver] = packed
        if self.memory is not None and driver not in self.lacking:
            self.memory.keep_part(self.drivers[driver], self.keys[driver], packed)

    def _paths(self, driver: int) -> tuple[str, ...]:
        return self.drivers[driver].sources
