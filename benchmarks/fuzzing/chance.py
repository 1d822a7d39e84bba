"""One reader in, figures and the first fault out: right inputs cut, repeated and flipped at random."""

from __future__ import annotations

import random
import tempfile
import time
from pathlib import Path

from benchmarks.fuzzing.readers import Reader

SPLICED = (
    b"[",
    b"{",
    b'"',
    b"\\0",
    b"\0",
    b"-1",
    b"1e999",
    b"null",
    b"../",
    b"\xff",
    b"#include ",
    b"(",
    b"*",
)
SLOW = 60
"""Seconds after which an input counts as a hang; a worker may take 20, three times."""


def by_chance(reader: Reader, seconds: float, dice: random.Random) -> tuple[int, int, int, str]:
    """How many inputs were tried, refused, and lost in a worker; the first fault, or nothing."""
    tried = refused = lost = 0
    seeds, until = reader.seeds(), time.monotonic() + seconds
    while time.monotonic() < until:
        data, begun = changed(dice.choice(seeds), dice), time.monotonic()
        tried += 1
        with tempfile.TemporaryDirectory() as folder:
            try:
                found = reader.read(Path(folder), data)
                lost += len(found) if isinstance(found, list) else 0
            except reader.errors:
                refused += 1
            except Exception as error:
                return tried, refused, lost, f"{type(error).__name__}: {error} for {data!r}"
        if time.monotonic() - begun > SLOW:
            return tried, refused, lost, f"took {time.monotonic() - begun:.0f} s for {data!r}"
    return tried, refused, lost, ""


def changed(data: bytes, dice: random.Random) -> bytes:
    """``data`` after a few random changes."""
    made = bytearray(data)
    for _ in range(dice.randint(1, 6)):
        at, end = sorted(dice.randrange(len(made) + 1) for _ in range(2))
        match dice.randrange(6):
            case 0:
                del made[at : min(end, at + 40)]
            case 1:
                made[at:at] = dice.randbytes(dice.randint(1, 8))
            case 2:
                made[at:at] = made[at : min(end, at + 60)] * dice.randint(1, 30)
            case 3 if made:
                made[dice.randrange(len(made))] ^= 1 << dice.randrange(8)
            case 4:
                del made[at:]
            case _:
                made[at:at] = dice.choice(SPLICED)
    return bytes(made)
