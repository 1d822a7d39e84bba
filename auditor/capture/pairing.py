"""Frames of equal content in, how many of each arrived out: exact copies first, then padded and retagged."""

from __future__ import annotations

from collections.abc import Callable, Sequence
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
    _fill(variants, arrived, left, lambda a, b: (a.length, a.tags) == (b.length, b.tags))
    open_ = {(v.length, v.tags) for v, n in zip(variants, arrived, strict=True) if v.sent > n}
    missing = sum(v.sent for v in variants) - sum(arrived)
    if 0 < sum(left) < missing and len(open_) > 1:
        undecided = [v.sent - n for v, n in zip(variants, arrived, strict=True)]
        return Pairing(arrived, undecided, [0] * len(variants), 0, 0)
    retagged = _fill(variants, arrived, left, lambda a, b: a.tags != b.tags)
    padded = _fill(variants, arrived, left, lambda a, b: True)
    return Pairing(arrived, undecided, left, padded, retagged)


def _fill(
    variants: Sequence[Variant], arrived: list[int], left: list[int], fits: Callable[[Variant, Variant], bool]
) -> int:
    """Give what is ``left`` of the received to the sent that it ``fits``; how many were given."""
    given = 0
    for i, sent in enumerate(variants):
        for j, received in enumerate(variants):
            number = min(sent.sent - arrived[i], left[j])
            if number > 0 and fits(sent, received):
                arrived[i] += number
                left[j] -= number
                given += number
    return given
