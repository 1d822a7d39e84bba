"""Reading and writing memory: which value a place holds on a path, and what a store means for the frame."""

from __future__ import annotations

from auditor.ir import CType, IntType, PointerType, size_of
from auditor.knowledge import Frame, Platform
from auditor.policy.arithmetic import binary, convert
from auditor.policy.index import ProgramIndex
from auditor.policy.lengths import LONGEST, Length, frame_length
from auditor.policy.state import Cell, State
from auditor.policy.values import (
    DATA,
    FIRST_PART,
    MISSING,
    Bytes,
    Function,
    Int,
    Pointer,
    Region,
    Sym,
    Value,
    mentions_length,
)

FRESH = "fresh:"
"""Prefix of the names of frame regions that the driver allocated itself."""

HELD = "held:"
"""Prefix of the names of frame regions that the driver kept: a ring's buffer, the head of a queue."""

SEEN = "#seen"
"""In place of a record: memory that an unknown function gave after it had seen the frame."""

COPY, SIZE = "#copy", "#size"
"""Cells of a region: where in the frame its bytes come from, and how large it is."""


class Memory:
    """Loads and stores against one platform's knowledge of frame records."""

    def __init__(
        self, index: ProgramIndex, platform: Platform, assumed: dict[str, int], sizes: dict[str, int],
        longest: int = LONGEST,
    ) -> None:  # fmt: skip
        self.frames: dict[str, Frame] = {f.record: f for f in platform.frames}
        self.lengths = index.lengths
        self.globals = index.program.globals
        self.records = index.program.records
        self.settled = index.settled  # (record, field) -> the one constant it is ever set to
        self.sizes = sizes  # names of constants -> what they mean where the tree does not define them
        self.assumed = assumed  # words in a member's name -> value taken for granted
        self._unread: dict[tuple[Pointer, CType], Value] = {}  # what a place holds that nothing was stored at
        self.longest = longest  # bytes of the longest frame that the run explores

    def cell(self, pointer: Pointer) -> Cell | None:
        """The key of the memory cell behind a pointer; None when the place is unknown."""
        if pointer.region.kind == "frame":
            return (pointer.region, pointer.path)
        if pointer.beyond is not None:
            return None
        if pointer.offset is not None:
            return (pointer.region, pointer.offset)
        return (pointer.region, pointer.path) if pointer.path else None

    def load(self, state: State, pointer: Pointer, ctype: CType) -> Value:
        """What ``ctype`` read from ``pointer`` gives on this path."""
        cell = self.cell(pointer)
        if cell is not None and (held := state.memory.get(cell)) is not None:
            return convert(held, ctype)
        region = pointer.region
        if region.kind == "frame" and region.record in self.frames:
            return self._frame_member(state, pointer, ctype)
        if (source := self.frame_place(state, pointer)) is not None:
            return frame_bytes(source.offset, ctype)
        known = self._unread.get((pointer, ctype))
        if known is None:
            known = self._unread[(pointer, ctype)] = self._unknown(pointer, ctype)
        return known

    def frame_place(self, state: State, pointer: Pointer) -> Pointer | None:
        """Where in the frame the bytes behind ``pointer`` come from; None when they are no frame bytes."""
        if pointer.region.kind == "data":
            return pointer
        if pointer.region.kind == "frame":
            return None
        copied = state.memory.get((pointer.region, COPY))
        if not isinstance(copied, Pointer):
            return None
        if pointer.offset is None or copied.offset is None:
            return Pointer(DATA, None)
        return Pointer(DATA, copied.offset + pointer.offset)

    def as_long_as_the_frame(self, state: State, pointer: Pointer) -> Pointer | None:
        """Where in the frame a pointer leads, if what it points into ends where the frame does.

        None for a copy in a buffer of its own size, a header taken out of the frame, and a frame's record.
        """
        region = pointer.region
        if region.kind == "data":
            return pointer
        size = state.memory.get((region, SIZE)) if region.kind == "heap" else None
        sized = region.name.startswith(FRESH) or (size is not None and mentions_length(size))
        if region.kind != "heap" or not sized:
            return None
        return self.frame_place(state, pointer) or self._counted_from_end(state, pointer)

    def _counted_from_end(self, state: State, pointer: Pointer) -> Pointer | None:
        """Where in the frame a pointer into a fresh frame leads that is as long as it, beside a constant."""
        name = pointer.region.name.removesuffix(" data")
        for record, known in self.frames.items():
            owner = Region("frame", name, record)
            length = state.memory.get((owner, known.length)) if known.length else None
            start = self.data_of(state, owner)
            if not isinstance(length, Length) or length.shift is None or start.region != pointer.region:
                continue
            if pointer.offset is not None and start.offset is not None:
                return Pointer(DATA, pointer.offset - start.offset - length.shift, pointer.path)
        return None

    def store(self, state: State, pointer: Pointer, value: Value) -> None:
        """Write ``value``; a place that is not known is not written."""
        cell = self.cell(pointer)
        if cell is not None:
            state.memory[cell] = value

    def copy_cells(self, state: State, source: Pointer, to: Pointer) -> None:
        """Copy what is known of a record from one place to another."""
        if source.offset is None or to.offset is None:
            return
        for (region, key), held in list(state.memory.items()):
            if region == source.region and isinstance(key, int):
                state.memory[(to.region, key - source.offset + to.offset)] = held
            elif region == source.region and isinstance(key, str) and not key.startswith("#"):
                state.memory[(to.region, key)] = held

    def offset_in(self, record: str, field: str) -> int | None:
        """Where a member starts in a record, in bytes; None when the layout is not known."""
        known = self.records.get(record)
        found = (f.offset for f in known.fields if f.name == field) if known is not None else ()
        return next(iter(found), None)

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

    def _frame_member(self, state: State, pointer: Pointer, ctype: CType) -> Value:
        region, path = pointer.region, pointer.path
        known = self.frames[region.record]
        if path == known.length:
            return convert(self._first_length(state, region), ctype)
        if path == known.data:
            return self.data_of(state, region)
        if path == known.first and path and not region.name.startswith((FRESH, HELD)):
            return self.first_part(region)
        if path == known.end and isinstance(ctype, PointerType):
            return Pointer(DATA, 0, "", self.whole())
        if path == known.protocol:
            return Bytes(12, 2, False)
        if path in known.parts:
            return Pointer(self.part(region, known.parts[path]))
        if path in known.next:
            return Pointer(Region("other", f"{region.name}->{path}", region.record))
        return self._unknown(pointer, ctype)

    def first_part(self, region: Region) -> Sym:
        """How many bytes the first part of a frame had when it came."""
        plain = region.name.rpartition("::")[2]
        return Sym(f"{plain}->{self.frames[region.record].first}", "mode", (region, None, FIRST_PART))

    def _first_length(self, state: State, region: Region) -> Value:
        """The length of a frame before the driver touched it; a kept frame's is not known."""
        if region.name.startswith(HELD):
            return state.memory.get((region, SIZE), Sym(f"{region.name} length", "fresh"))
        return state.memory.get((region, SIZE), Int(0)) if region.name.startswith(FRESH) else self.whole()

    def _unknown(self, pointer: Pointer, ctype: CType) -> Value:
        region = pointer.region
        plain = region.name.rpartition("::")[2]
        text = f"{plain}->{pointer.path}" if pointer.path else plain
        persistent = region.kind in ("state", "global", "frame")
        if isinstance(ctype, PointerType):
            record = getattr(ctype.target, "name", "")
            if record in self.frames and region.kind != "frame":
                return Pointer(Region("frame", HELD + text, record), 0)
            return Pointer(Region("state" if persistent else "other", text), 0)
        if isinstance(ctype, IntType) and persistent:
            last = pointer.path.rpartition(".")[2].lower()
            for word, number in self.assumed.items():
                if word == last or (word in last and ctype.bits > 8):
                    return Int(number, None, f"assumed: {word}")
        return Sym(text, "mode" if persistent else "fresh", (region, pointer.offset))


def frame_bytes(offset: int | None, ctype: CType) -> Value:
    """What reading ``ctype`` at ``offset`` of the frame's bytes gives."""
    width = size_of(ctype)
    if offset is None or width not in (1, 2, 4, 8) or not isinstance(ctype, IntType):
        may_be_type = offset is None or offset in (
            12,
            13,
        )  # the ethertype, read in a way that was not recognised
        return Sym("frame bytes", "helper" if may_be_type else "frame", (offset, width))
    return Bytes(offset, width, width == 1)


def null_of(pointer: Pointer) -> Int:
    """The null that an accessor gives instead of ``pointer`` to a frame that is too short."""
    return Int(0, None, f"{MISSING}{pointer.offset}" if pointer.region == DATA else "")


def address(value: Value, text: str) -> Pointer:
    """``value`` used as a pointer; what is not one becomes a place of its own.

    A null that nobody looked at leads to the bytes that the frame lacks.
    """
    if isinstance(value, Pointer):
        return value
    if isinstance(value, Int) and value.note.startswith(MISSING) and value.note[len(MISSING) :].isdigit():
        return Pointer(DATA, int(value.note[len(MISSING) :]), MISSING)
    if isinstance(value, Function):
        return Pointer(Region("other", value.symbol), None)
    return Pointer(
        Region("state" if isinstance(value, Sym) and value.kind in ("mode", "param") else "other", text), 0
    )


def advance(pointer: Pointer, step: Value, size: int | None, sign: int = 1) -> Pointer:
    """``pointer + step`` elements of ``size`` bytes."""
    if isinstance(step, Int) and size is not None and pointer.offset is not None:
        moved = pointer.offset + sign * step.value * size
        return Pointer(pointer.region, moved, pointer.path, pointer.beyond)
    if isinstance(step, Int) and step.value == 0:
        return pointer
    if isinstance(step, Length) and size == 1 and sign == 1 and pointer.beyond is None:
        return Pointer(pointer.region, pointer.offset, "", step)
    return Pointer(pointer.region, None, "")


def extent(pointer: Pointer) -> Int | Length:
    """Where a pointer with a known offset points, in bytes from the start of its region."""
    start = Int(pointer.offset or 0)
    if pointer.beyond is None:
        return start
    sum_ = binary("+", pointer.beyond, start, IntType(64, True))
    return sum_ if isinstance(sum_, (Int, Length)) else start
