"""A bound in lengths as the driver reads them in, the bound in bytes of the frame itself out."""

from __future__ import annotations

import msgspec

from auditor.policy import Bound
from auditor.policy.calls.effects import TYPED
from auditor.policy.numbers.lengths import Length

MOST_ADDED = 64
"""Bytes that hardware puts around a frame in its buffer at most: descriptors, padding, a checksum."""


def in_frame_bytes(bound: Bound) -> Bound:
    """A maximum whose shift counts the bytes that hardware or its protocol adds behind or before the frame.

    Where no sink tells how many there are, the comparison does: ``raw - 4 > 1514`` compares the frame's own
    bytes. Other bounds stay as they are.
    """
    entry, fork = bound.entry, bound.fork
    raw = entry.introduced or (entry.role is not None and entry.role.returns_frame)
    event = bound.kept_fate.event
    told = event is not None and isinstance(event.length, Length)
    if bound.kind != "maximum" or bound.shift or told or not raw or fork.constant is None:
        return bound
    compared = fork.constant.value + (fork.op in (">", "<="))
    added = bound.threshold - compared
    return msgspec.structs.replace(bound, shift=-added) if 0 < added <= MOST_ADDED else bound


def carries_ethernet(bound: Bound) -> bool:
    """Whether the frames that pass are taken for Ethernet frames: their header is read and pulled."""
    return any(key == TYPED for _, key in bound.kept.state.memory)


def takes_the_same_way(bound: Bound) -> bool:
    """Whether lost frames meet the call that takes the others: given another length, filled up or cut."""
    taken = bound.kept_fate.event
    return taken is not None and any(event.at == taken.at for event in bound.lost.state.events)
