"""Effects that change where a frame starts and ends: put, push, pull, trim, pad."""

from __future__ import annotations

from auditor.ir import IntType
from auditor.knowledge import Call
from auditor.model import ETHERNET_HEADER
from auditor.policy.calls.effects.contents import Contents
from auditor.policy.calls.effects.site import ULONG, Site
from auditor.policy.expressions.evaluate import Results
from auditor.policy.numbers.arithmetic import binary
from auditor.policy.numbers.lengths import Length
from auditor.policy.numbers.pieces import as_held, choose
from auditor.policy.numbers.solving import lengths_where
from auditor.policy.numbers.values import DATA, ONE, ZERO, Bytes, Int, Pointer, Region, Value
from auditor.policy.paths.state import State

TYPED = "#typed"
"""Cell of a frame whose Ethernet header was pulled while its type was read."""


class Growth(Contents):
    """Frames that grow and shrink."""

    def _grow(self, state: State, region: Region, by: Value, at_start: bool) -> Pointer:
        """The frame becomes ``by`` bytes longer; returns the old end (or the new start)."""
        length = self.memory.length_of(state, region) or Int(0)
        data = self.memory.data_of(state, region)
        self._grow_first_part(state, region, by, at_start)
        state.tested |= not at_start and data.region == DATA  # it is longer now
        grown = as_held(binary("+", length, by, ULONG))  # pulling too much fails: nothing wraps
        self.memory.set_length(state, region, grown)
        if at_start:
            moved = Pointer(
                data.region,
                data.offset - by.value if isinstance(by, Int) and data.offset is not None else None,
            )
            self.memory.set_data(state, region, moved)
            return moved
        return Pointer(
            data.region,
            data.offset + length.value if isinstance(length, Int) and data.offset is not None else None,
        )

    def _grow_first_part(self, state: State, region: Region, by: Value, at_start: bool) -> None:
        known = self.memory.frames.get(region.record)
        if at_start and known is not None and known.first:
            cell = (region, known.first)
            held = state.memory.get(cell, self.memory.first_part(region))
            state.memory[cell] = binary("+", held, by, IntType(64, True))

    def _needs(self, state: State, region: Region, size: int, site: Site) -> None:
        """Observe that a function reads the first ``size`` bytes of a frame, wherever it keeps them."""
        if region.kind != "frame":
            return
        data, length = self.memory.data_of(state, region), self.memory.length_of(state, region)
        if data.region != DATA and isinstance(length, Length) and length.shift is not None:
            data = Pointer(DATA, -length.shift)
        self.evaluator.read_bytes(state, data, Int(size), site.expr)

    def _put(self, state: State, call: Call, site: Site) -> Results:
        pointer = site.arg(call.frame)
        if not isinstance(pointer, Pointer):
            return [(state, self.result(site))]
        size = self._size(call, site)
        end = self._grow(state, pointer.region, size, at_start=False)
        source = site.arg(call.src)
        if isinstance(source, Pointer) and self.memory.carries(state, source):
            self._mark_copy(state, end, source)
        return [(state, end)]

    def _push(self, state: State, call: Call, site: Site) -> Results:
        pointer = site.arg(call.frame)
        if not isinstance(pointer, Pointer):
            return [(state, self.result(site))]
        return [(state, self._grow(state, pointer.region, self._size(call, site), at_start=True))]

    def _pull(self, state: State, call: Call, site: Site) -> Results:
        pointer = site.arg(call.frame)
        if not isinstance(pointer, Pointer):
            return [(state, self.result(site))]
        size = self._size(call, site)
        by = binary("-", ZERO, size, IntType(64, True))
        if call.fails != "nonzero":
            return [(state, self._grow(state, pointer.region, by, at_start=True))]
        found = self._if_long_enough(state, site, pointer.region, size, ONE)
        for after, enough in found:
            if enough == ONE:
                self._grow(after, pointer.region, by, at_start=True)
        return [(after, ZERO if enough == ONE else ONE) for after, enough in found]

    def _trim(self, state: State, call: Call, site: Site) -> Results:
        pointer = site.arg(call.frame)
        if isinstance(pointer, Pointer):
            held, size = self.memory.length_of(state, pointer.region), self._size(call, site)
            if isinstance(held, (Int, Length)) and isinstance(size, (Int, Length)):
                kept = choose(lengths_where("<", held, size), held, size, ULONG, self.memory.longest)
                self.memory.set_length(state, pointer.region, kept if kept is not None else size)
            else:
                self.memory.set_length(state, pointer.region, size)
        return [(state, ZERO)]

    def _pad(self, state: State, call: Call, site: Site) -> Results:
        pointer = site.arg(call.frame)
        if not isinstance(pointer, Pointer) or self.memory.carries(state, pointer) is None:
            return [(state, self.result(site))]
        size, held = self._size(call, site), self.memory.length_of(state, pointer.region)
        if isinstance(held, (Int, Length)) and isinstance(size, (Int, Length)):
            padded = choose(lengths_where("<", held, size), size, held, ULONG, self.memory.longest)
            state.tested = True  # it is longer now
            if padded is not None:
                self.memory.set_length(state, pointer.region, padded)
        return [(state, ZERO)]

    def _fill(self, state: State, call: Call, site: Site) -> Results:
        pointer = site.arg(call.frame)
        if not isinstance(pointer, Pointer) or self.memory.carries(state, pointer) is None:
            return [(state, self.result(site))]
        state.tested = True  # more bytes can be read now
        return [(state, ZERO)]

    def _type_trans(self, state: State, call: Call, site: Site) -> Results:
        pointer = site.arg(call.frame)
        if isinstance(pointer, Pointer):
            self._needs(state, pointer.region, ETHERNET_HEADER, site)
            self._grow(state, pointer.region, Int(-ETHERNET_HEADER), at_start=True)
            state.memory[(pointer.region, TYPED)] = ONE
        return [(state, Bytes(12, 2, False))]
