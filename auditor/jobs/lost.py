"""What became of a request comes in, its answer goes out, or the words for a file that has none."""

from __future__ import annotations

import os

from auditor.model import Gap, Location, written


def given(outcome: bytes | Exception) -> bytes:
    """Raises ValueError that says why there is nothing."""
    if isinstance(outcome, bytes):
        return outcome
    raise ValueError(str(outcome))


def gap_of(path: str, base: str, why: str) -> Gap:
    """The gap of a file (absolute path) of which nothing is known; ``why`` is the end of a sentence."""
    name = written(os.path.relpath(path, base).replace(os.sep, "/"))
    return Gap("worker", f"{name} was not analysed: {why}", Location(name, 1), "error")
