"""Effects that ask for a frame's length and bytes: accessors, guarantees, byte order."""

from __future__ import annotations

from auditor.ir import IntType
from auditor.knowledge import Call
from auditor.model import ETHERNET_HEADER
from auditor.policy.calls.effects.site import Applied, Site
from auditor.policy.expressions.evaluate import Results
from auditor.policy.memory.pointers import null_of
from auditor.policy.numbers.lengths import Length
from auditor.policy.numbers.values import ONE, ZERO, Bytes, Int, Op, Pointer, Region, Value
from auditor.policy.numbers.wire_bytes import swap_bytes
from auditor.policy.paths.state import State


class Contents(Applied):
    """Lengths and bytes of the frame."""

    def _length(self, state: State, call: Call, site: Site) -> Results:
        pointer = site.arg(call.frame)
        length = self.memory.length_of(state, pointer.region) if isinstance(pointer, Pointer) else None
        if length is None and self.memory.carries(state, pointer):
            length = self.memory.whole()
        return [(state, length if length is not None else self.result(site))]

    def _data(self, state: State, call: Call, site: Site) -> Results:
        pointer = site.arg(call.frame)
        region = self.memory.carries(state, pointer)
        if region is None:
            return [(state, self.result(site))]
        data = self.memory.data_of(state, region) if region.kind == "frame" else pointer
        if call.link and isinstance(data, Pointer) and data.offset:
            data = Pointer(data.region, 0 if data.offset == ETHERNET_HEADER else None)
        self._out(state, site.arg(call.data_out), data)
        self._out(
            state, site.arg(call.length_out), self.memory.length_of(state, region) or self.memory.whole()
        )
        storage = site.arg(call.dst)
        if isinstance(storage, Pointer) and isinstance(data, Pointer):
            self._mark_copy(state, storage, data)
        wanted = site.arg(call.size) if isinstance(call.size, int) else None
        return self._if_long_enough(state, site, region, wanted, data if data is not None else ZERO)

    def _if_long_enough(
        self, state: State, site: Site, region: Region, size: Value | None, ok: Value
    ) -> Results:
        """``ok`` on lengths of at least ``size`` bytes, NULL below; no split when size is the length."""
        length = self.memory.length_of(state, region)
        if size is None or not isinstance(size, (Int, Length)) or not isinstance(length, (Int, Length)):
            state.tested |= size is not None
            return [(state, ok)]
        outcomes = self.evaluator.brancher.compare(state, ">=", length, size, site.expr)
        short = null_of(ok) if isinstance(ok, Pointer) else ZERO
        return [(s, ok if enough else short) for s, enough in outcomes]

    def _read(self, state: State, call: Call, site: Site) -> Results:
        region = self.memory.carries(state, site.arg(call.frame))
        offset, size = site.arg(call.offset), self._size(call, site)
        if region is None or not isinstance(offset, Int):
            return [(state, self.result(site))]
        data = self.memory.data_of(state, region)
        at = Pointer(data.region, None if data.offset is None else data.offset + offset.value)
        if isinstance(storage := site.arg(call.dst), Pointer):
            self._mark_copy(state, storage, at)
        good = at if call.fails == "null" else ZERO
        end = Int(offset.value + size.value) if isinstance(size, Int) else size
        found = self._if_long_enough(state, site, region, end, ONE)
        bad = null_of(at) if call.fails == "null" else Int(-14)
        return [(s, good if enough == ONE else bad) for s, enough in found]

    def _guarantee(self, state: State, call: Call, site: Site) -> Results:
        region = self.memory.carries(state, site.arg(call.frame))
        good, bad = (ZERO, Int(-1)) if call.fails == "nonzero" else (ONE, ZERO)
        if region is None:
            return [(state, self.result(site))]
        if call.minimum == 0:  # it can only fail for want of memory
            return [(state, good)]
        size = self._size(call, site)
        found = self._if_long_enough(state, site, region, size, ONE)
        return [(s, good if enough == ONE else bad) for s, enough in found]

    def _swap(self, state: State, call: Call, site: Site) -> Results:
        value = site.args[0] if site.args else ZERO
        width = site.expr.ctype.bits // 8 if isinstance(site.expr.ctype, IntType) else 2
        if isinstance(value, Bytes):
            width = value.width
        swapped = swap_bytes(value, 4 if "l" in site.name and width == 4 else min(width, 4))
        return [(state, swapped if swapped is not None else Op("swap", value, Int(width)))]
