"""Discovered sources and an executor come in, the result of every source goes out, in order."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from concurrent.futures import Executor
from itertools import chain

from auditor.frontend import Found
from auditor.frontend.file import Result
from auditor.jobs.flight import Flight
from auditor.jobs.remembering import Memory
from auditor.jobs.results import answered, result_of
from auditor.jobs.work import Work
from auditor.packing import NotPacked


def lowered(
    found: Found, work: Work, executor: Callable[[], Executor], memory: Memory | None = None
) -> Iterator[Result]:
    """The result of every source, in order; ``executor`` is asked for one when something must be done."""
    early: dict[int, Result] = {}
    keys: list[bytes | None] = []
    following = 0
    with Flight[int](executor) as flight:
        for number, path in enumerate(found.sources):
            keys.append(memory.file_key(path) if memory else None)
            known = memory.result(keys[number]) if memory else None
            try:
                early[number] = result_of(known or b"")
            except NotPacked:
                flight.send(work.lower, os.fsencode(path), number)
        for number, outcome in chain(((-1, b""),), flight.landed()):
            if number >= 0:
                early[number] = answered(outcome, found.sources[number], found.base)
                if memory and isinstance(outcome, bytes):
                    memory.keep_result(keys[number], outcome)
            while following in early:
                yield early.pop(following)
                following += 1
