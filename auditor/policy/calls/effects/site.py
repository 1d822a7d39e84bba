"""One call being applied, and what every effect needs: sizes, results, copies of the frame's bytes."""

from __future__ import annotations

import msgspec

from auditor.ir import IntType, PointerType
from auditor.ir import expressions as e
from auditor.knowledge import Call, Platform
from auditor.policy.expressions.evaluate import Evaluator
from auditor.policy.memory.access import Memory
from auditor.policy.memory.frame_records import COPY
from auditor.policy.numbers.values import DATA, MOST_WEIGHT, Int, Pointer, Region, Sym, Value, show
from auditor.policy.paths.state import Event, State

ULONG = IntType(32, False, "unsigned")


class Site(msgspec.Struct, frozen=True, eq=False):
    """One call being applied: the expression, the function's name and the argument values."""

    expr: e.Call
    name: str
    args: list[Value]

    def key(self) -> tuple[object, ...]:
        """What tells this call's result apart: its arguments, or its place where they are too long."""
        weight = 0
        for a in self.args:
            weight += a.weight
        return tuple(self.args) if weight <= MOST_WEIGHT else (self.expr.at.line, self.expr.at.column)

    def arg(self, number: int | None) -> Value | None:
        """Argument ``number`` (from 0), None when there is no such argument."""
        return self.args[number] if number is not None and number < len(self.args) else None


class Applied:
    """The state that effects share; the classes of this package each carry out one family of effects."""

    def __init__(self, platform: Platform, memory: Memory, evaluator: Evaluator) -> None:
        self.platform, self.memory, self.evaluator = platform, memory, evaluator

    def result(self, site: Site) -> Value:
        """The unknown result of a call: equal arguments give an equal result."""
        key = site.key()
        shown = (
            ", ".join([show(a) for a in site.args]) if key == tuple(site.args) else f"... at {site.expr.at}"
        )
        text = f"{site.name}({shown})"
        if isinstance(site.expr.ctype, PointerType):
            return Pointer(Region("state", text), 0)
        return Sym(text, "call", key)

    def _size(self, call: Call, site: Site) -> Value:
        if isinstance(call.size, int) and (given := site.arg(call.size)) is not None:
            return given
        return Int(call.minimum) if call.minimum is not None else Sym("size", "fresh")

    def _event(
        self, state: State, kind: str, site: Site, region: Region | None, length: Value | None = None
    ) -> None:
        skip = next((s for a in site.args if (s := self.skipped(state, a)) is not None), None)
        state.happen(Event(kind, site.expr.at, f"{site.name}()", self.evaluator.scope, length, region, skip))

    def skipped(self, state: State, given: Value | None) -> int | None:
        """How many of the frame's first bytes a pointer leaves out; None when it points elsewhere."""
        if not isinstance(given, Pointer) or self.memory.carries(state, given) is None:
            return None
        data = self.memory.data_of(state, given.region) if given.region.kind == "frame" else given
        return self._bytes_of(state, data).offset

    def _bytes_of(self, state: State, source: Pointer) -> Pointer:
        """The frame bytes behind a pointer into a copy, or the pointer itself."""
        copied = state.memory.get((source.region, COPY))
        if isinstance(copied, Pointer) and source.region != DATA:
            if copied.offset is None or source.offset is None:
                return Pointer(DATA, None)
            return Pointer(DATA, copied.offset + source.offset)
        return source if source.region == DATA else Pointer(DATA, None)

    def _mark_copy(self, state: State, to: Pointer, source: Pointer) -> None:
        """From here on the bytes at ``to`` are the frame's bytes from ``source`` on."""
        if to.region == DATA:
            return
        base = None if source.offset is None or to.offset is None else source.offset - to.offset
        state.memory[(to.region, COPY)] = Pointer(DATA, base)

    def _overwrite(self, state: State, to: Pointer, size: Value) -> None:
        if isinstance(size, Int) and to.offset is not None:
            for key in [k for k in state.memory if k[0] == to.region and isinstance(k[1], int)]:
                if to.offset <= key[1] < to.offset + size.value:  # type: ignore[operator]
                    del state.memory[key]

    def _out(self, state: State, where: Value | None, value: Value | None) -> None:
        if isinstance(where, Pointer) and value is not None:
            self.memory.store(state, where, value)


def record_of(expr: e.Call) -> str:
    """The record that a call's result points to, empty when it points to none."""
    target = expr.ctype.target if isinstance(expr.ctype, PointerType) else None
    return getattr(target, "name", "")
