"""Deciding what a call is: a function of the tree to enter, a platform function, or something unknown."""

from __future__ import annotations

from collections.abc import Callable

from auditor.ir import Function
from auditor.ir import expressions as e
from auditor.knowledge import Platform
from auditor.policy.calls.effects import Effects, Site
from auditor.policy.calls.unknown_calls import carried_by, unknown_call
from auditor.policy.entry_points.index import ProgramIndex
from auditor.policy.expressions.evaluate import Evaluator, Results
from auditor.policy.expressions.watching import used_as_size
from auditor.policy.memory.access import Memory
from auditor.policy.numbers.makeup import BYTES, FRAME, HELPER, LENGTHS
from auditor.policy.numbers.values import ZERO, Int, Pointer, Value
from auditor.policy.numbers.values import Function as FunctionValue
from auditor.policy.paths.state import Event, State
from auditor.policy.statements.budget import Budget, TooLong
from auditor.policy.statements.flow import Flow, Node

DEEPEST = 16
OF_FRAME = LENGTHS | BYTES | FRAME | HELPER
"""What a value that depends on the frame is made of: its length or its bytes."""

LASTING = ("state", "global")
"""Kinds of memory that is the driver's own state."""

Enter = Callable[[State, Function, list[Value], e.Call], Results]


class Calls:
    """Resolves and carries out calls; ``enter`` runs a function of the tree."""

    def __init__(
        self, index: ProgramIndex, platform: Platform, memory: Memory, budget: Budget, enter: Enter
    ) -> None:
        self.index, self.program = index, index.program
        self.platform, self.memory, self.budget, self.enter = platform, memory, budget, enter
        self.too_long: set[str] = set()  # functions, by symbol, that are taken for unknown
        self._sending: dict[int, bool] = {}
        self.places: list[tuple[Flow, Node, int]] = []  # the walker's
        self.cut: Callable[[str], None] = lambda note: None  # told what was not followed
        self.only_file = ""  # the one file whose functions are followed; all when empty
        self.files: set[str] = set()  # of the functions of the tree that calls led to
        self.evaluator: Evaluator
        self.effects: Effects
        self.stack: list[Function] = []

    def call(self, state: State, expr: e.Call, callee: Value, args: list[Value]) -> Results:
        """All (state, result) pairs after the call. Raises OutOfBudget, TooLong."""
        symbols = self._targets(expr, callee)
        name = symbols[0].rpartition("::")[2] if symbols else _name(expr.callee)
        site = Site(expr, name, args)
        self._look(state, site)
        known = self.platform.effect(name)
        if known is not None:
            return self.effects.apply(state, known, site)
        self.budget.go_on(self.evaluator.steps)  # one expression can hold thousands of paths
        here = self.stack[-1].file if self.stack else ""
        functions = [f for s in symbols if (f := self.program.resolve(s, here)) is not None]
        for function in functions:
            self.files.add(function.file)
        if self.only_file:
            functions = [f for f in functions if f.file == self.only_file]
        if functions and expr is self.evaluator.discarded and self._is_idle(state, args, functions):
            return [(state, ZERO)]
        if self.too_long and not self.too_long.isdisjoint(symbols) and not self._sees_frame(state, args):
            return unknown_call(self.effects, state, site)
        if functions and len(self.stack) < DEEPEST and not any(f in self.stack for f in functions):
            return self._follow(state, site, functions)
        if functions:
            self.cut(f"{name}() calls itself or is nested too deeply: it was not followed")
            carried = carried_by(self.memory, state, args)
            if carried is not None:
                state.happen(Event("maybe", expr.at, f"{name}()", self.evaluator.scope, None, carried))
            return [(state, self.effects.result(site))]
        return unknown_call(self.effects, state, site)

    def _is_idle(self, state: State, args: list[Value], functions: list[Function]) -> bool:
        """Whether a call whose result nobody reads can neither have to do with the frame nor set anything."""
        if self._concerned(state, args) or any(self._sets(f) for f in functions):
            return False
        return not any(self._hands_on(f) for f in functions)

    def _follow(self, state: State, site: Site, functions: list[Function]) -> Results:
        """Enter functions of the tree; what takes long and has nothing of the frame is taken for unknown."""
        if self.budget.is_aside or self._sees_frame(state, site.args):
            return self._enter_all(state, site, functions)
        try:
            with self.budget.aside(self.evaluator.steps):
                return self._enter_all(state.copy(), site, functions)
        except TooLong:
            self.too_long |= {f.symbol for f in functions}
            self.cut(f"{site.name}() has nothing of the frame and takes long: it was taken for unknown")
            return unknown_call(self.effects, state, site)

    def _enter_all(self, state: State, site: Site, functions: list[Function]) -> Results:
        found: Results = []
        for f in functions[:-1]:
            found += self.enter(state.copy(), f, site.args, site.expr)
        return found + self.enter(state, functions[-1], site.args, site.expr)

    def _look(self, state: State, site: Site) -> None:
        """Observe what the pack says that a function reads through its arguments."""
        look = self.platform.looks(site.name)
        if look is None:
            return
        size = site.arg(look.size)
        used_as_size(self.evaluator.observer, state, size, site.expr, self.evaluator.scope)
        for number in look.of:
            pointer = site.arg(number)
            if isinstance(pointer, Pointer):
                self.evaluator.read_bytes(state, pointer, size or Int(look.bytes), site.expr)

    def _hands_on(self, function: Function) -> bool:
        """Whether a function can reach a platform call that hands a frame on: it may answer."""
        known = self._sending.get(id(function))
        if known is None:
            names = (name for f in self.index.reached(function) for name in f.uses.called)
            effects = (self.platform.effect(name) for name in names)
            known = any(effect is not None and effect.effect == "hand-on" for effect in effects)
            self._sending[id(function)] = known
        return known

    def _sets(self, function: Function) -> bool:
        """Whether a function can set anything of the driver's state that is still read after the call."""
        sets = self.index.sets(function) & self.evaluator.read_later
        return bool(sets) and any(
            sets & flow.reads_after(node, at, self.index) for flow, node, at in self.places
        )

    def _concerned(self, state: State, args: list[Value]) -> bool:
        """Whether a call can have to do with the frame: by its arguments or the driver's state."""
        for a in args:
            if isinstance(a, Pointer) and a.region.kind == "local":
                return True  # it may write to what it is given
        return self._sees_frame(state, args)

    def _sees_frame(self, state: State, args: list[Value]) -> bool:
        """Whether a call is given anything of the frame, or the driver's state holds it."""
        carries = self.memory.carries
        for a in args:
            if a.made_of & OF_FRAME or carries(state, a):
                return True
        for (region, _), held in state.memory.items():
            if region.kind in LASTING and (held.made_of & LENGTHS or carries(state, held)):
                return True
        return False

    def _targets(self, expr: e.Call, callee: Value) -> list[str]:
        if isinstance(callee, FunctionValue):
            return [callee.symbol]
        inner = expr.callee
        while isinstance(inner, (e.Cast, e.Deref)):
            inner = inner.operand
        if isinstance(inner, e.Name) and inner.scope == "function":
            return [inner.symbol]
        if isinstance(inner, e.Member):
            return self.index.bound(inner)[:3]
        return []


def _name(callee: e.Expression) -> str:
    """What a call through a pointer is called by: the member's name, else its text."""
    while isinstance(callee, (e.Cast, e.Deref)):
        callee = callee.operand
    return callee.field if isinstance(callee, e.Member) else str(callee)
