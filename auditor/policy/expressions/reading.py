"""Evaluating what cannot split a path: simple expressions have one value, lvalues one place."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

from auditor.ir import ArrayType, Expression, RecordType, size_of
from auditor.ir import expressions as e
from auditor.knowledge import LengthField
from auditor.policy.expressions.observations import READ, Observer, lacking, missing
from auditor.policy.expressions.operators import combine, unary
from auditor.policy.expressions.simple import Simplicity
from auditor.policy.expressions.unchanging import constant_at, settled
from auditor.policy.expressions.watching import used
from auditor.policy.memory.access import Memory
from auditor.policy.memory.pointers import address, advance, extent
from auditor.policy.numbers.arithmetic import convert
from auditor.policy.numbers.integers import traced
from auditor.policy.numbers.values import (
    DATA,
    MISSING,
    ONE,
    Bytes,
    Function,
    Int,
    Pointer,
    Region,
    Sym,
    Value,
)
from auditor.policy.paths.state import Cell, State

APPEARED: Cell = (Region("other", "#"), "length")
"""Cell that exists once a length from a descriptor has been read."""


Way = Callable[[Any, State, Any], Value]
"""A method of Reader that gives the value of expressions of one kind."""


class Reader(Simplicity):
    """Values and places of simple expressions in the function being run.

    ``introduced`` are expressions, by id, that are the frame's length; ``scope`` is the function's symbol,
    ``in_memory`` its locals that live in memory; ``steps`` counts the work.
    """

    def __init__(self, memory: Memory) -> None:
        super().__init__()
        self.memory = memory
        self.introduced: dict[int, Value] = {}
        self.scope = ""
        self.in_memory: frozenset[str] = frozenset()
        self.steps = 0
        self.observer = Observer(set())
        self.declared: dict[Value, LengthField] = {}  # values read from length fields of headers, unswapped
        self._numbers: dict[int, Int] = {}
        self._ways: dict[int, Way] = {}
        self._homes: dict[tuple[str, str], Region] = {}

    def value(self, state: State, expr: Expression) -> Value:
        """The value of a simple expression."""
        self.steps += 1
        way = self._ways.get(id(expr))
        if way is None:
            way = self._ways[id(expr)] = self._way(expr)
        return way(self, state, expr)

    def _way(self, expr: Expression) -> Way:
        """How ``expr`` is evaluated, the same in the whole run."""
        if id(expr) in self.introduced:
            return Reader._introduced
        if expr.value is not None and not expr.taint:
            self._numbers[id(expr)] = traced(expr.value, expr)
            return Reader._number
        return self._values.get(type(expr), Reader._else)

    def _introduced(self, state: State, expr: Expression) -> Value:
        state.memory[APPEARED] = ONE
        return convert(self.introduced[id(expr)], expr.ctype)

    def _number(self, state: State, expr: Expression) -> Value:
        return self._numbers[id(expr)]

    def _name(self, state: State, expr: e.Name) -> Value:
        held = state.variables.get(expr.symbol)
        if held is not None:
            return held
        if expr.taint and expr.name in self.memory.sizes:  # a constant that nothing defines
            return traced(self.memory.sizes[expr.name], expr, "assumed")
        if expr.scope == "function":
            return Function(expr.symbol)
        return settled(self.memory, self._read(state, self.place(state, expr), expr), ("", expr.symbol))

    def _member(self, state: State, expr: e.Member) -> Value:
        read = self._read(state, self.place(state, expr), expr)
        if not isinstance(read, (Bytes, Sym)):
            return read
        self._declare(read, expr)
        return settled(self.memory, read, (expr.record, expr.field))

    def _element(self, state: State, expr: e.Index) -> Value:
        base = expr.base
        if isinstance(base, e.Member) and isinstance(base.ctype, ArrayType):
            start = self.place(state, base)
            if start.region == DATA and start.offset is not None:
                self._declare(Bytes(start.offset, size_of(base.ctype) or 1, False), base)
        return self._read(state, self.place(state, expr), expr)

    def _target(self, state: State, expr: e.Deref) -> Value:
        return self._read(state, self.place(state, expr), expr)

    def _cast(self, state: State, expr: e.Cast) -> Value:
        return convert(self.value(state, expr.operand), expr.ctype)

    def _address(self, state: State, expr: e.AddressOf) -> Value:
        inner = expr.operand
        if isinstance(inner, e.Name) and inner.scope == "function":
            return Function(inner.symbol)
        return self.place(state, inner)

    def _operation(self, state: State, expr: e.Unary | e.Binary) -> Value:
        if isinstance(expr, e.Unary):
            return unary(expr.op, self.value(state, expr.operand), expr)
        return combine(expr.op, self.value(state, expr.left), self.value(state, expr.right), expr)

    def _text(self, state: State, expr: e.Text) -> Value:
        return Pointer(Region("other", f'"{expr.text}"'), 0)

    def _else(self, state: State, expr: Expression) -> Value:
        if expr.value is not None:
            return traced(expr.value, expr, f"tainted: {expr.taint}")
        return Sym(f"{expr.at}", "fresh")

    def _declare(self, read: Value, member: e.Member) -> None:
        """Remember what a value is that was read from a length field of a header."""
        field = self.memory.lengths.of(member) if self.memory.lengths is not None else None
        if field is not None:
            self.declared[read] = field

    def place(self, state: State, expr: Expression) -> Pointer:
        """Where a simple lvalue lives."""
        find = self._places.get(type(expr))
        if find is None:
            return address(self.value(state, expr), str(expr.at))
        return find(self, state, expr)

    def _place_of_name(self, state: State, expr: e.Name) -> Pointer:
        return Pointer(self.home(expr), 0)

    def _place_of_member(self, state: State, expr: e.Member) -> Pointer:
        base, offset, field = expr.base, expr.offset, expr.field
        owner = self.as_pointer(state, base) if expr.arrow else self.place(state, base)
        if owner.region.kind == "data" and offset is None:
            return Pointer(owner.region, None)
        at = None if owner.offset is None or offset is None else owner.offset + offset
        return Pointer(owner.region, at, f"{owner.path}.{field}" if owner.path else field)

    def _place_of_element(self, state: State, expr: e.Index) -> Pointer:
        pointer = self.as_pointer(state, expr.base)
        step = self.value(state, expr.index)
        moved = advance(pointer, step, size_of(expr.ctype))
        used(self.observer, state, step if moved.beyond is None else None, expr, self.scope)
        if moved.offset is None and isinstance(step, Int):
            return Pointer(moved.region, None, f"{pointer.path}[{step.value}]")
        return moved

    def _place_of_target(self, state: State, expr: e.Deref) -> Pointer:
        return self.as_pointer(state, expr.operand)

    def _place_of_cast(self, state: State, expr: e.Cast) -> Pointer:
        return self.place(state, expr.operand)

    def as_pointer(self, state: State, expr: Expression) -> Pointer:
        """The value of a simple expression, as a pointer (arrays are their own address)."""
        if isinstance(expr.ctype, (ArrayType, RecordType)) and isinstance(
            expr, (e.Name, e.Member, e.Index, e.Deref)
        ):
            return self.place(state, expr)
        value = self.value(state, expr)
        if isinstance(value, Pointer):
            return value
        return address(value, f"{self.scope}:{expr.at.line}:{expr.at.column}")

    def home(self, name: e.Name) -> Region:
        """The region of a variable that lives in memory."""
        scope = "" if name.scope == "global" else self.scope
        home = self._homes.get((scope, name.symbol))
        if home is None:
            home = Region("local", f"{scope}/{name.symbol}") if scope else Region("global", name.symbol)
            self._homes[(scope, name.symbol)] = home
        return home

    def _read(self, state: State, pointer: Pointer, expr: Expression) -> Value:
        ctype = expr.ctype
        if pointer.beyond is not None:
            used(self.observer, state, extent(pointer), expr, self.scope)
        if isinstance(ctype, ArrayType):
            return pointer  # arrays decay
        if isinstance(ctype, RecordType):
            return pointer  # records are handled through their place
        kind = pointer.region.kind
        if kind == "global" and (constant := constant_at(self.memory, pointer, ctype)) is not None:
            return constant
        if kind in ("data", "heap"):
            self.read_bytes(state, pointer, Int(size_of(ctype) or 1), expr)
        return self.memory.load(state, pointer, ctype)

    def read_bytes(self, state: State, pointer: Pointer, size: Value, expr: Expression) -> None:
        """Observe a read of ``size`` bytes at ``pointer``, if they are the frame's and may be missing."""
        at = self.memory.as_long_as_the_frame(state, pointer)
        if at is None or not (lacking(at, size, state.lengths) or missing(at)):
            return
        cell = self.memory.cell(pointer)
        if cell is None or cell not in state.memory:  # what was written there is no read of the frame
            start = Pointer(at.region, at.offset, MISSING if missing(at) else "")
            self.observer.see(READ, state, expr, self.scope, (start, size))

    _values: ClassVar[dict[type, Callable[[Reader, State, Any], Value]]] = {
        e.Name: _name,
        e.Member: _member,
        e.Index: _element,
        e.Deref: _target,
        e.Cast: _cast,
        e.AddressOf: _address,
        e.Unary: _operation,
        e.Binary: _operation,
        e.Text: _text,
    }

    _places: ClassVar[dict[type, Callable[[Reader, State, Any], Pointer]]] = {
        e.Name: _place_of_name,
        e.Member: _place_of_member,
        e.Index: _place_of_element,
        e.Deref: _place_of_target,
        e.Cast: _place_of_cast,
    }
