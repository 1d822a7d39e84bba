"""Reading and writing memory: which value a place holds on a path, and what a store means for the frame."""

from __future__ import annotations

from auditor.ir import CType, IntType, PointerType, size_of
from auditor.knowledge import Platform
from auditor.policy.entry_points.index import ProgramIndex
from auditor.policy.memory.frame_records import COPY, FRESH, HELD, SIZE, FrameRecords
from auditor.policy.numbers.arithmetic import convert
from auditor.policy.numbers.lengths import LONGEST, Length
from auditor.policy.numbers.values import DATA, Bytes, Int, Pointer, Region, Sym, Value, mentions_length
from auditor.policy.paths.state import Cell, State


class Memory(FrameRecords):
    """Loads and stores against one platform's knowledge of frame records."""

    def __init__(
        self, index: ProgramIndex, platform: Platform, assumed: dict[str, int], sizes: dict[str, int],
        longest: int = LONGEST,
    ) -> None:  # fmt: skip
        super().__init__(platform, longest)
        self.lengths = index.lengths
        self.globals = index.program.globals
        self.records = index.program.records
        self.settled = index.settled  # of (record, field): the one constant it is ever set to
        self.sizes = sizes  # names of constants -> what they mean where the tree does not define them
        self.assumed = assumed  # words in a member's name -> value taken for granted
        self._unread: dict[tuple[Pointer, CType], Value] = {}  # what a place holds that nothing was stored at

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
            return _frame_bytes(source.offset, ctype)
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

    def _frame_member(self, state: State, pointer: Pointer, ctype: CType) -> Value:
        region, path = pointer.region, pointer.path
        known = self.frames[region.record]
        if path == known.length:
            return convert(self.first_length(state, region), ctype)
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


def _frame_bytes(offset: int | None, ctype: CType) -> Value:
    """What reading ``ctype`` at ``offset`` of the frame's bytes gives."""
    width = size_of(ctype)
    if offset is None or width not in (1, 2, 4, 8) or not isinstance(ctype, IntType):
        # the ethertype, read in a way that was not recognised
        may_be_type = offset is None or offset in (12, 13)
        return Sym("frame bytes", "helper" if may_be_type else "frame", (offset, width))
    return Bytes(offset, width, width == 1)
