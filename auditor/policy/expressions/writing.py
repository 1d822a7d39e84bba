"""Writing to simple lvalues: a local, a member, what the driver keeps; a stored frame is an event."""

from __future__ import annotations

from auditor.ir import ArrayType, CType, Expression, RecordType, size_of
from auditor.ir import expressions as e
from auditor.policy.expressions.operators import combine
from auditor.policy.expressions.reading import Reader
from auditor.policy.expressions.watching import used
from auditor.policy.memory.access import Memory
from auditor.policy.memory.pointers import extent
from auditor.policy.numbers.values import ONE, Op, Pointer, Sym, Value, mentions_length
from auditor.policy.paths.state import Event, State


class Writer(Reader):
    """Writes on a path; ``read_later`` are members, as (record, name), and globals that anything reads."""

    def __init__(self, memory: Memory) -> None:
        super().__init__(memory)
        self.read_later: frozenset[tuple[str, str]] = frozenset()

    def assign(self, state: State, target: Expression, value: Value, at: Expression) -> None:
        """Write ``value`` to an lvalue; storing the frame into the driver's own state is an event."""
        if (
            isinstance(target, e.Name)
            and target.scope in ("local", "param")
            and target.symbol not in self.in_memory
        ):
            state.variables[target.symbol] = value
            return
        if isinstance(target.ctype, RecordType):
            self._copy_record(state, target, value)
            return
        pointer = self.place(state, target) if self.simple(target) else None
        if pointer is None:
            return
        used(self.observer, state, None if pointer.beyond is None else extent(pointer), target, self.scope)
        if self.memory.is_length(pointer) or pointer.region.kind == "state":
            used(self.observer, state, value, at, self.scope)
        if pointer.region.kind not in ("state", "global") or _slot(target) in self.read_later:
            self.memory.store(state, pointer, value)
        if pointer.region.kind in ("state", "global", "other"):
            carried = self.memory.carries(state, value)
            if carried is not None or (pointer.region.kind != "global" and mentions_length(value)):
                kind = "store" if carried is not None else "tell"
                state.happen(Event(kind, at.at, f"stored in {target}", self.scope, value, carried))

    def _copy_record(self, state: State, target: Expression, value: Value) -> None:
        if isinstance(value, Pointer) and self.simple(target):
            self.memory.copy_cells(state, value, self.place(state, target))

    def _step(self, state: State, op: str, prefix: bool, target: Expression) -> tuple[State, Value]:
        """``++`` or ``--`` of an lvalue, and what that gives: with ``prefix`` the new value."""
        if not self.simple(target):
            return state, Sym(str(target.at), "fresh")
        held = self.value(state, target)
        if self._counts(target, held, ONE):
            self._forget(state, target, held)
            return state, held
        moved = combine(op[0], held, ONE, target)
        self.assign(state, target, moved, target)
        return state, moved if prefix else held

    def _counts(self, target: Expression, held: Value, step: Value) -> bool:
        """Whether this is a counter in the driver's own state, which decides nothing by changing."""
        if isinstance(target, e.Name) and target.scope in ("local", "param"):
            return False
        return isinstance(held, (Sym, Op)) and not isinstance(step, Pointer) and self.simple(target)

    def _forget(self, state: State, target: Expression, held: Value) -> None:
        """A counter in the driver's state changed: what was known about it is void."""
        cell = self.memory.cell(self.place(state, target))
        if cell is not None:
            state.memory.drop(cell)
        state.facts.drop(held)

    def _item_at(self, to: Pointer, item: e.InitItem, ctype: CType) -> Pointer | None:
        """Where an item of an initialiser for the record or array at ``to`` goes."""
        if to.offset is None:
            return None
        if isinstance(ctype, ArrayType) and item.index is not None:
            size = size_of(ctype.element)
            return None if size is None else Pointer(to.region, to.offset + item.index * size)
        offset = self.memory.offset_in(getattr(ctype, "name", ""), item.field)
        return None if offset is None else Pointer(to.region, to.offset + offset, item.field)


def _slot(target: Expression) -> tuple[str, str]:
    """What an lvalue of the driver's own state is called in the program's index."""
    match target:
        case e.Member(record=record, field=field):
            return record, field
        case e.Name(symbol=symbol):
            return "", symbol
        case e.Index(base=inner) | e.Deref(operand=inner) | e.Cast(operand=inner):
            return _slot(inner)
        case _:
            return "", ""
