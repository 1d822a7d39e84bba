"""Drivers and the address of a Dask cluster come in, their parts of the report go out.

A driver is one task. On the machine that gets it, it runs as here: in a supervised worker process with the
same limits. The machines must see the tree under the same paths and have the same version of lenaudit.
"""

from __future__ import annotations

import importlib
import os
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Any

import auditor
from auditor.frontend import Driver, Progress
from auditor.jobs.part import Part
from auditor.jobs.running import Audit, audit, unanswered
from auditor.jobs.work import Shared, Work
from auditor.model import LenauditError, UsageError
from auditor.packing import pack, unpack

if TYPE_CHECKING:
    from concurrent.futures import Executor

Executors = Callable[[Work], "Executor"]
"""Makes the executor of one driver, on the machine that has it."""

PATIENCE = "10s"  # to find the scheduler


def audit_remotely(
    drivers: tuple[Driver, ...],
    shared: Shared,
    executors: Executors,
    address: str,
    progress: Progress | None = None,
) -> Audit:
    """The parts of ``drivers``, judged by the cluster at ``address``. Ctrl-C ends it, as it ends ``audit``.

    Raises UsageError when there is no cluster, LenauditError when dask.distributed is not installed.
    """
    distributed = _distributed()
    client = _client(distributed, address)
    parts: dict[int, Part] = {}
    total = sum(len(driver.sources) for driver in drivers)
    try:
        common = client.scatter(shared, broadcast=True, hash=False)
        version = auditor.__version__
        tasks = {
            client.submit(audit_one, common, executors, driver, version, pure=False): n
            for n, driver in enumerate(drivers)
        }
        for task in distributed.as_completed(list(tasks), loop=client.loop):
            number = tasks[task]
            parts[number] = _part(task, drivers[number], shared.base)
            if progress is not None:
                done = sum(len(drivers[n].sources) for n in parts)
                progress(os.path.relpath(drivers[number].sources[-1], shared.base), done, total)
    except KeyboardInterrupt:
        pass
    finally:
        with suppress(Exception):  # a cluster that is gone cannot be said goodbye to
            client.close()
    stopped = len(parts) < len(drivers)
    ended = "the scan was ended before"
    every = [parts.get(n) or unanswered(driver, shared.base, ended) for n, driver in enumerate(drivers)]
    return Audit(tuple(every), stopped)


def audit_one(shared: Shared, executors: Executors, driver: Driver, version: str) -> bytes:
    """What a machine of the cluster does: one driver's packed Part."""
    if version != auditor.__version__:
        raise LenauditError(f"a machine of the cluster has lenaudit {auditor.__version__}, not {version}")
    work = Work(shared)
    return pack(audit((driver,), work, partial(executors, work)).parts[0])


def _distributed() -> Any:
    """The package, an extra that most users do without. Raises LenauditError when it is not installed."""
    try:
        return importlib.import_module("distributed")
    except ImportError as error:
        raise LenauditError(
            "dask.distributed is not installed", "install the extra: pip install 'lenaudit[dask]'"
        ) from error


def _client(distributed: Any, address: str) -> Any:
    try:
        return distributed.Client(address, timeout=PATIENCE, set_as_default=False)
    except (OSError, ValueError, TypeError) as error:
        raise UsageError(f"--dask {address}: there is no cluster ({error})") from error


def _part(task: Any, driver: Driver, base: str) -> Part:
    """A task's result; what went wrong on the other machine becomes gaps."""
    error = task.exception()
    if error is not None:
        return unanswered(driver, base, f"its machine failed: {type(error).__name__}: {error}")
    try:
        return unpack(task.result(), Part)
    except ValueError as why:
        return unanswered(driver, base, str(why))
