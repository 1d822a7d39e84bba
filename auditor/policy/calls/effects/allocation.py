"""Effects on memory: allocations, clones, copies.

Allocations succeed: what a driver does when memory runs out is not its length policy. Those of a size that
has wrapped fail, for want of so much memory.
"""

from __future__ import annotations

from auditor.ir import PointerType
from auditor.knowledge import Call
from auditor.policy.calls.effects.contents import Contents
from auditor.policy.calls.effects.site import Site, record_of
from auditor.policy.expressions.evaluate import Results
from auditor.policy.memory.frame_records import COPY, FRESH, SIZE
from auditor.policy.numbers.intervals import Intervals, intersect, subtract, unite
from auditor.policy.numbers.lengths import Length
from auditor.policy.numbers.solving import lengths_where
from auditor.policy.numbers.values import ONE, ZERO, Int, Pointer, Region, Value, mentions_length, show
from auditor.policy.paths.state import Event, State

SMALLEST_COPY = 60
"""A constant-size copy of at least this many bytes is a copy of the frame, a smaller one a header peek."""


MOST_MEMORY = 1 << 30
"""Bytes; no kernel grants so much in one piece (kmalloc() of Linux: 4 MiB on most machines)."""


class Allocation(Contents):
    """Memory that holds frames."""

    def _allocate(self, state: State, call: Call, site: Site) -> Results:
        region = Region("heap", f"{self.evaluator.scope}:{site.expr.at.line}:{site.expr.at.column}")
        state.memory[(region, SIZE)] = self._size(call, site)
        if call.data_out is not None:
            self._out(state, site.arg(call.data_out), Pointer(region, 0))
            return [(state, ZERO)]
        return self._granted(state, call, site, region)

    def _allocate_frame(self, state: State, call: Call, site: Site) -> Results:
        name = f"{FRESH}{self.evaluator.scope}:{site.expr.at.line}:{site.expr.at.column}"
        record = record_of(site.expr)
        region = Region("frame", name, record)
        source = site.arg(call.dst)
        if call.dst is not None and isinstance(call.size, int):
            state.memory[(region, SIZE)] = self._size(call, site)
        if isinstance(source, Pointer) and self.memory.carries(state, source):
            state.memory[(region, COPY)] = source
        return self._granted(state, call, site, region)

    def _granted(self, state: State, call: Call, site: Site, region: Region) -> Results:
        """The new memory; for lengths of which the size is beyond all reason, NULL."""
        size = self._size(call, site)
        refused: Intervals = ()
        if isinstance(size, Length) and isinstance(site.expr.ctype, PointerType):
            beyond = unite(lengths_where(">", size, Int(MOST_MEMORY)), lengths_where("<", size, ZERO))
            refused = intersect(state.lengths, beyond)
        if not refused:
            return [(state, Pointer(region, 0))]
        granted = state.copy()
        granted.lengths, state.lengths = subtract(state.lengths, refused), refused
        return [(s, p) for s, p in ((granted, Pointer(region, 0)), (state, ZERO)) if s.lengths]

    def _clone(self, state: State, call: Call, site: Site) -> Results:
        pointer = site.arg(call.frame)
        if not isinstance(pointer, Pointer):
            return [(state, self.result(site))]
        if call.size is None or call.fails != "null":
            return [(state, pointer)]
        return self._pulled_up(state, site, pointer, self._size(call, site))

    def _pulled_up(self, state: State, site: Site, pointer: Pointer, size: Value) -> Results:
        """The frame with ``size`` bytes in one piece; null, and the frame freed, when it has fewer."""
        found = self._if_long_enough(state, site, pointer.region, size, ONE)
        for after, enough in found:
            if enough != ONE:
                self._event(after, "free", site, pointer.region)
        return [(after, pointer if enough == ONE else ZERO) for after, enough in found]

    def _same(self, state: State, call: Call, site: Site) -> Results:
        pointer = site.arg(call.frame)
        record = record_of(site.expr)
        if isinstance(pointer, Pointer) and pointer.region.kind == "frame" and record in self.memory.frames:
            return [(state, Pointer(self.memory.part(pointer.region, record), 0))]
        return [(state, pointer if pointer is not None else self.result(site))]

    def _copy(self, state: State, call: Call, site: Site) -> Results:
        to, source, size = site.arg(call.dst), site.arg(call.src), self._size(call, site)
        if isinstance(source, Pointer):
            self.evaluator.read_bytes(state, source, size, site.expr)
        if call.fails and isinstance(to, Pointer):
            return [(after, self.result(site)) for after, _ in self._copied(state, site, to, source, size)]
        return self._copied(state, site, to, source, size)

    def _copied(
        self, state: State, site: Site, to: Value | None, source: Value | None, size: Value
    ) -> Results:
        if not isinstance(to, Pointer) or not isinstance(source, Pointer):
            return [(state, to if to is not None else ZERO)]
        carried = self.memory.carries(state, source)
        if source.region.kind == "local" and (source.region, COPY) not in state.memory:
            self.memory.copy_cells(state, source, to)  # a record that leads to the frame, not its bytes
            return [(state, to)]
        if carried is None:
            if to.region.kind != "local":
                self._overwrite(state, to, size)
            return [(state, to)]
        needed = min(SMALLEST_COPY, state.lengths[-1][1])  # or as much as any frame of this path has
        whole = mentions_length(size) or not isinstance(size, Int) or size.value >= needed
        if whole or to.region.kind == "local":
            self._mark_copy(state, to, self._bytes_of(state, source))
        if whole and to.region.kind in ("state", "global", "other"):
            state.happen(
                Event(
                    "copy",
                    site.expr.at,
                    f"{site.name}() into {show(to)}",
                    self.evaluator.scope,
                    size,
                    carried,
                )
            )
        return [(state, to)]
