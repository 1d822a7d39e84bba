"""Frames of equal content in, how many of each arrived out: exact copies first, then padded and retagged."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterator, Sequence
from typing import NamedTuple


class Variant(NamedTuple):
    """Equal frames of one capture or both.

    ``length`` in bytes without FCS; ``first`` and ``last`` are the numbers of the first and last one sent.
    """

    content: int
    exact: int
    frame_class: int
    length: int
    station: int
    target: int
    tags: int
    tcp: int
    sent: int
    received: int
    first: int
    last: int


class Pairing(NamedTuple):
    """How many of each variant arrived, and of how many nothing tells; both in the order of the variants.

    ``padded`` of those that arrived have another length there, ``retagged`` another number of tags;
    ``unexpected`` tells for each variant how many were received and not sent.
    """

    arrived: list[int]
    undecided: list[int]
    unexpected: list[int]
    padded: int
    retagged: int


def pair(variants: Sequence[Variant]) -> Pairing:
    """Pair what was sent with what was received, all of it of the same content."""
    arrived = [min(v.sent, v.received) for v in variants]
    left = [v.received - n for v, n in zip(variants, arrived, strict=True)]
    undecided = [0] * len(variants)
    if len(variants) == 1:
        return Pairing(arrived, undecided, left, 0, 0)
    _fill_alike(variants, arrived, left)
    open_ = {(v.length, v.tags) for v, n in zip(variants, arrived, strict=True) if v.sent > n}
    missing = sum(v.sent for v in variants) - sum(arrived)
    if 0 < sum(left) < missing and len(open_) > 1:
        undecided = [v.sent - n for v, n in zip(variants, arrived, strict=True)]
        return Pairing(arrived, undecided, [0] * len(variants), 0, 0)
    padded, retagged = _fill_any(variants, arrived, left)
    return Pairing(arrived, undecided, left, padded, retagged)


def _fill_alike(variants: Sequence[Variant], arrived: list[int], left: list[int]) -> None:
    """Give what is ``left`` of the received to what was sent with the same length and tags."""
    alike: dict[tuple[int, int], list[int]] = defaultdict(list)
    for i, v in enumerate(variants):
        alike[v.length, v.tags].append(i)
    for same in alike.values():
        for _ in _give([variants[i] for i in same], same, arrived, left):
            pass


def _fill_any(variants: Sequence[Variant], arrived: list[int], left: list[int]) -> tuple[int, int]:
    """Give all that is ``left``; how many frames got another length by it, and how many other tags."""
    padded = retagged = 0
    for sent, received, number in _give(variants, range(len(variants)), arrived, left):
        if sent.tags != received.tags:
            retagged += number
        else:
            padded += number
    return padded, retagged


def _give(
    variants: Sequence[Variant], places: Sequence[int], arrived: list[int], left: list[int]
) -> Iterator[tuple[Variant, Variant, int]]:
    """Who is given how many of whose frames; ``places`` are where ``variants`` stand in the lists."""
    givers = deque((v, i) for v, i in zip(variants, places, strict=True) if left[i])
    for v, i in zip(variants, places, strict=True):
        while givers and arrived[i] < v.sent:
            giver, j = givers[0]
            number = min(v.sent - arrived[i], left[j])
            arrived[i] += number
            left[j] -= number
            yield v, giver, number
            if not left[j]:
                givers.popleft()
