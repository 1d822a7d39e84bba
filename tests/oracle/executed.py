"""What a harness printed in, what became of every frame as plain data out."""

from __future__ import annotations

import msgspec

from auditor.policy import EntryAnalysis
from tests.oracle.variants import Variant


class Seen(msgspec.Struct, frozen=True):
    """Lengths ``low..high`` (bytes that the handler is given) of a variant, and what became of such frames.

    ``what`` is H handed on, P handed on with bytes behind it, K kept in a queue, A another frame was sent,
    S left in the driver's memory, E nothing, and no bytes to look for, - nothing; ``change`` is bytes sent -
    bytes given; ``returned`` n, z or p (negative, zero, positive). ``fault`` is a read past the frame's end,
    ``overrun`` one past some other memory.
    """

    entry: int
    configuration: int
    variant: int
    low: int
    high: int
    what: str
    change: int
    freed: bool
    completed: str
    returned: str
    fault: bool
    overrun: bool


class Executed(msgspec.Struct, frozen=True, eq=False):
    """All that one driver did. ``modes`` are the facts that held, by (entry, configuration); ``lengths``
    what it was tried with, in bytes."""

    entries: tuple[EntryAnalysis, ...]
    variants: tuple[Variant, ...]
    seen: tuple[Seen, ...]
    modes: dict[tuple[int, int], frozenset[str]]
    lengths: tuple[tuple[int, int], ...]


def read(
    text: str, entries: tuple[EntryAnalysis, ...], kinds: tuple[Variant, ...],
    lengths: tuple[tuple[int, int], ...],
) -> Executed:  # fmt: skip
    """What the harness printed, as data."""
    seen, modes = [], {}
    for line in text.splitlines():
        words = line.split()
        if words[0] == "modes":
            entry, configuration, bits = int(words[1]), int(words[2]), int(words[3], 16)
            facts = dict.fromkeys(f for p in entries[entry].policies for f in p.mode)
            modes[entry, configuration] = frozenset(f for i, f in enumerate(facts) if bits >> i & 1)
            continue
        numbers = [int(word) for word in words[:5]]
        flags = words[7]
        seen.append(
            Seen(
                *numbers, words[5], int(words[6]), "f" in flags,
                "failure" if "c" in flags else "success" if "s" in flags else "",
                next(c for c in flags if c in "nzp"), "!" in flags,
                "o" in flags,
            )
        )  # fmt: skip
    return Executed(entries, kinds, tuple(seen), modes, lengths)
