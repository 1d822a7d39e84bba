"""Runs in, orderings of frame bytes out that are a length field in the wire's order, by where they stand."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from auditor.knowledge import LengthField
from auditor.model import ETHERNET_HEADER
from auditor.policy import Entry
from auditor.policy.expressions.observations import UNSWAPPED, Observation
from auditor.policy.numbers.values import Bytes
from auditor.policy.paths.classes import ClassTable
from auditor.rules.context import RuleContext

FIXED = ("L3", "L3 payload", "L2 payload")
"""What fields count that stand at one place in all frames of their class: no header's size varies before."""


class UnswappedBytes(msgspec.Struct, frozen=True, eq=False):
    """One ordering, on a path, of ``read``, which is ``field`` in network byte order."""

    entry: Entry
    seen: Observation
    read: Bytes
    field: LengthField


def unswapped_bytes(context: RuleContext) -> Iterator[UnswappedBytes]:
    """Every ordering of bytes that are a length field in all frames that come there."""
    protocols = context.knowledge.protocols
    table = ClassTable(protocols)
    fields = [field for field in protocols.length_fields if field.counts in FIXED]
    for analysed in context.analysis.entries:
        layer = analysed.entry.layer
        before = ETHERNET_HEADER if layer == "L3" else 0
        for seen in analysed.run.observations if layer != "unknown" else ():
            read = seen.values[0]
            if seen.kind != UNSWAPPED or not isinstance(read, Bytes):
                continue
            for field in fields:
                place = (field.frame_offset - before, field.width)
                if place == (read.offset, read.width) and seen.classes == table.bit(field.frame_class):
                    yield UnswappedBytes(analysed.entry, seen, read, field)
                    break
