"""What the records of frames say on a path: how long the frame is, where it starts, what leads to it."""

from __future__ import annotations

from auditor.ir import IntType
from auditor.knowledge import Frame, Platform
from auditor.policy.numbers.arithmetic import binary
from auditor.policy.numbers.lengths import LONGEST, Length, frame_length
from auditor.policy.numbers.values import DATA, FIRST_PART, Int, Pointer, Region, Sym, Value, mentions_length
from auditor.policy.paths.state import State

FRESH = "fresh:"
"""Prefix of the names of frame regions that the driver allocated itself."""

HELD = "held:"
"""Prefix of the names of frame regions that the driver kept: a ring's buffer, the head of a queue."""

SEEN = "#seen"
"""In place of a record: memory that an unknown function gave after it had seen the frame."""

COPY, SIZE = "#copy", "#size"
"""Cells of a region: where in the frame its bytes come from, and how large it is."""


class FrameRecords:
    """One platform's frame records and their parts; ``longest`` is the longest frame explored, in bytes."""

    def __init__(self, platform: Platform, longest: int = LONGEST) -> None:
        self.frames: dict[str, Frame] = {f.record: f for f in platform.frames}
        self.longest = longest

    def length_of(self, state: State, region: Region) -> Value | None:
        """The length of the frame behind a frame region, following its parts."""
        known = self.frames.get(region.record)
        if region.kind != "frame" or known is None:
            return None
        held = state.memory.get((region, known.length)) if known.length else None
        if held is not None:
            return held
        if region.name.startswith((FRESH, HELD)):
            return state.memory.get((region, SIZE))
        if known.length:
            return self.whole()
        if known.end and known.data:
            return self._between(state, region)
        for record in known.parts.values():
            inner = self.length_of(state, self.part(region, record))
            if inner is not None:
                return inner
        return None

    def whole(self) -> Length:
        """The length that the frame came with."""
        return frame_length(longest=self.longest)

    def _between(self, state: State, region: Region) -> Value | None:
        """The bytes from a frame's data pointer to the end of what came in."""
        start = self.data_of(state, region)
        if start.region != DATA or start.offset is None:
            return None
        return binary("-", self.whole(), Int(start.offset), IntType(64, False))

    def part(self, region: Region, record: str) -> Region:
        """The region of a part (a NET_BUFFER of its list) of a frame."""
        return Region("frame", region.name, record)

    def is_length(self, pointer: Pointer) -> bool:
        """Whether a pointer leads to the member that holds a frame's length."""
        known = self.frames.get(pointer.region.record) if pointer.region.kind == "frame" else None
        return known is not None and bool(known.length) and pointer.path == known.length

    def set_length(self, state: State, region: Region, value: Value) -> None:
        """Give the frame behind ``region`` a new length."""
        known = self.frames.get(region.record)
        if known is not None and known.length:
            state.memory[(region, known.length)] = value
        else:
            state.memory[(region, SIZE)] = value

    def data_of(self, state: State, region: Region) -> Pointer:
        """A pointer to the first byte of the frame behind ``region``."""
        known = self.frames.get(region.record)
        held = state.memory.get((region, known.data)) if known is not None and known.data else None
        if isinstance(held, Pointer):
            return held
        if region.name.startswith((FRESH, HELD)):
            return Pointer(Region("heap", f"{region.name} data"), 0)
        return Pointer(DATA, 0)

    def set_data(self, state: State, region: Region, pointer: Pointer) -> None:
        """Move the frame's first byte."""
        known = self.frames.get(region.record)
        if known is not None and known.data:
            state.memory[(region, known.data)] = pointer

    def first_part(self, region: Region) -> Sym:
        """How many bytes the first part of a frame had when it came."""
        plain = region.name.rpartition("::")[2]
        return Sym(f"{plain}->{self.frames[region.record].first}", "mode", (region, None, FIRST_PART))

    def first_length(self, state: State, region: Region) -> Value:
        """The length of a frame before the driver touched it; a kept frame's is not known."""
        if region.name.startswith(HELD):
            return state.memory.get((region, SIZE), Sym(f"{region.name} length", "fresh"))
        return state.memory.get((region, SIZE), Int(0)) if region.name.startswith(FRESH) else self.whole()

    def carries(self, state: State, value: Value | None, depth: int = 2) -> Region | None:
        """The region through which ``value`` leads to the frame or a copy of it, else None."""
        if not isinstance(value, Pointer):
            return None
        region = value.region
        if self._is_frame(state, region):
            return region
        if depth and region.kind in ("local", "heap", "frame"):
            for (owner, key), held in state.memory.items():
                if owner == region and key != COPY and self.carries(state, held, depth - 1):
                    return region
        return None

    def _is_frame(self, state: State, region: Region) -> bool:
        """Whether a region is the frame, or holds a copy of it: its bytes, or as many bytes as it has."""
        if region.kind == "data" or (region.kind == "frame" and not region.name.startswith((FRESH, HELD))):
            return True
        size = state.memory.get((region, SIZE))
        if (region, COPY) in state.memory or (size is not None and mentions_length(size)):
            return True
        if region.kind != "frame":
            return False
        length, data = self.length_of(state, region), self.data_of(state, region).region
        return (length is not None and mentions_length(length)) or (data, COPY) in state.memory
