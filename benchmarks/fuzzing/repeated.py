"""One reader in, how many bombs it was given and the first that went off out: tokens repeated many times.

Coverage finds what breaks a reader, not what makes it slow: here every token of the format, and every pair of
tokens, is repeated until there are SIZE bytes, alone and inside of a right input.
"""

from __future__ import annotations

import resource
import tempfile
import time
from collections.abc import Iterator
from itertools import product
from pathlib import Path

from benchmarks.fuzzing.readers import Reader

SIZE = 200_000
SLOW = 5.0
"""Seconds for SIZE bytes."""

GREEDY = 1 << 20
"""KiB that one input may add to what the process has held at most."""

EVERY = ("a", " ", "\n", "a,", "a b", "é")


def bombs(reader: Reader) -> tuple[int, int, str]:
    """How many inputs were tried and refused; the first that is a fault, empty when there is none."""
    tried = refused = 0
    for said, data in _inputs(reader):
        tried += 1
        held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        begun = time.monotonic()
        with tempfile.TemporaryDirectory() as folder:
            try:
                reader.read(Path(folder), data)
            except reader.errors:
                refused += 1
            except Exception as error:
                return tried, refused, f"{type(error).__name__}: {str(error)[:200]} for {said}"
        if (took := time.monotonic() - begun) > SLOW:
            return tried, refused, f"took {took:.0f} s for {said}"
        if (more := resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - held) > GREEDY:
            return tried, refused, f"took {more >> 10} MiB for {said}"
    return tried, refused, ""


def _inputs(reader: Reader) -> Iterator[tuple[str, bytes]]:
    words = [word.encode() for word in (*reader.words, *EVERY)]
    seed = reader.seeds()[0]
    for one, other in product(words, [b"", *words]):
        token = one + other
        bomb = token * (SIZE // len(token))
        yield f"{token!r} repeated", bomb
        if other:
            yield f"{one!r}, then {other!r} repeated", one + other * (SIZE // len(other))
        for mark in (b'"a', b"'a", b"a"):
            at = seed.find(mark) + len(mark)
            if at >= len(mark):
                yield f"{token!r} repeated behind {mark!r}", seed[:at] + bomb + seed[at:]
