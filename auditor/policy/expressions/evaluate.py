"""Evaluating C expressions that may split the path: a list of (state, value) for each."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

from auditor.ir import RELATIONAL, Expression, size_of
from auditor.ir import expressions as e
from auditor.policy.expressions.branching import Brancher, Outcomes
from auditor.policy.expressions.choosing import chosen
from auditor.policy.expressions.operators import combine, unary
from auditor.policy.expressions.watching import compared, ordered, remember
from auditor.policy.expressions.writing import Writer
from auditor.policy.memory.access import Memory
from auditor.policy.memory.pointers import address, advance
from auditor.policy.numbers.arithmetic import convert
from auditor.policy.numbers.values import ONE, ZERO, Pointer, Region, Sym, Value
from auditor.policy.paths.state import State

Results = list[tuple[State, Value]]
Callback = Callable[[State, e.Call, Value, list[Value]], Results]
BlockRunner = Callable[[State, e.StatementExpr], Results]


class Evaluator(Writer):
    """Evaluates expressions; ``call`` and ``block`` are how it reaches functions and statements."""

    def __init__(self, memory: Memory, brancher: Brancher, call: Callback, block: BlockRunner) -> None:
        super().__init__(memory)
        self.brancher, self.call, self.block = brancher, call, block
        self.discarded: Expression | None = None  # the expression statement being run: nobody reads its value

    def eval(self, state: State, expr: Expression) -> Results:
        """Every (state, value) that evaluating ``expr`` can lead to; the given state is used up."""
        simple = self._simple.get(id(expr))
        if simple is None:
            simple = self.simple(expr)
        if simple or (self.introduced and id(expr) in self.introduced):
            return [(state, self.value(state, expr))]
        self.steps += 1
        follow = self._results.get(type(expr))
        return [(state, Sym(f"{expr.at}", "fresh"))] if follow is None else follow(self, state, expr)

    def _converted(self, state: State, expr: e.Cast) -> Results:
        return [(s, convert(v, expr.ctype)) for s, v in self.eval(state, expr.operand)]

    def _stepped(self, state: State, expr: e.Step) -> Results:
        return [self._step(s, expr.op, expr.prefix, expr.operand) for s in self._settle(state, expr.operand)]

    def _combined(self, state: State, expr: e.Binary) -> Results:
        if expr.op == ",":
            return [found for s, _ in self.eval(state, expr.left) for found in self.eval(s, expr.right)]
        if expr.op in RELATIONAL or expr.op in ("&&", "||"):
            return self._truth(state, expr)
        return [
            (t, combine(expr.op, a, b, expr))
            for s, a in self.eval(state, expr.left)
            for t, b in self.eval(s, expr.right)
        ]

    def _turned(self, state: State, expr: e.Unary) -> Results:
        if expr.op == "!":
            return self._truth(state, expr)
        return [(s, unary(expr.op, v, expr)) for s, v in self.eval(state, expr.operand)]

    def _truth(self, state: State, expr: Expression) -> Results:
        return [(s, ONE if truth else ZERO) for s, truth in self.branch(state, expr)]

    def _block(self, state: State, expr: e.StatementExpr) -> Results:
        return self.block(state, expr)

    def branch(self, state: State, expr: Expression) -> list[tuple[State, bool]]:
        """The ways ``expr`` can turn out as a condition, each with its narrowed state."""
        if expr.value is not None and not expr.taint and not self.introduced:
            return [(state, expr.value != 0)]
        if isinstance(expr, e.Unary) and expr.op == "!":
            return [(s, not truth) for s, truth in self.branch(state, expr.operand)]
        if isinstance(expr, e.Binary) and (follow := self._branches.get(expr.op)) is not None:
            return follow(self, state, expr)
        if isinstance(expr, e.Cast) and _keeps_truth(expr):
            return self.branch(state, expr.operand)
        return [o for s, v in self.eval(state, expr) for o in self.brancher.truth(s, v, expr)]

    def _related(self, state: State, expr: e.Binary) -> Outcomes:
        found: Outcomes = []
        for s, left in self.eval(state, expr.left):
            for t, right in self.eval(s, expr.right):
                found += self._compare(t, expr.op, left, right, expr)
        return found

    def _connected(self, state: State, expr: e.Binary) -> Outcomes:
        found: Outcomes = []
        for s, truth in self.branch(state, expr.left):
            if truth == (expr.op == "||"):
                found.append((s, truth))
            else:
                found += self.branch(s, expr.right)
        return found

    def _compare(self, state: State, op: str, left: Value, right: Value, expr: Expression) -> Outcomes:
        compared(self.observer, state, op, left, right, expr, self.scope)
        ordered(self.observer, state, op, left, right, expr, self.scope)
        outcomes = self.brancher.compare(state, op, left, right, expr)
        for after, _ in outcomes:
            remember(after, op, left, right)
        return outcomes

    def _call(self, state: State, expr: e.Call) -> Results:
        ready: list[tuple[State, list[Value]]] = [(s, [v]) for s, v in self.eval(state, expr.callee)]
        for arg in expr.args:
            if self.simple(arg):
                for s, values in ready:
                    values.append(self.value(s, arg))
            else:
                ready = [(t, [*values, v]) for s, values in ready for t, v in self.eval(s, arg)]
        found: Results = []
        for s, (callee, *args) in ready:
            found += self.call(s, expr, callee, args)
        return found

    def _assign(self, state: State, expr: e.Assign) -> Results:
        found: Results = []
        for s, value in self.eval(state, expr.source):
            for t in self._settle(s, expr.target):
                if expr.op != "=":
                    held = (
                        self.value(t, expr.target) if self.simple(expr.target) else Sym(str(expr.at), "fresh")
                    )
                    if expr.op in ("+=", "-=") and self._counts(expr.target, held, value):
                        self._forget(t, expr.target, held)
                        found.append((t, held))
                        continue
                    value = convert(combine(expr.op[:-1], held, value, expr), expr.ctype)
                self.assign(t, expr.target, value, expr)
                found.append((t, value))
        return found

    def initialise(self, state: State, to: Pointer, init: e.InitList) -> list[State]:
        """Write a braced initialiser to the record or array at ``to``."""
        states = [state]
        for item in init.items:
            at = self._item_at(to, item, init.ctype)
            if at is None:
                continue
            if isinstance(item.source, e.InitList):
                states = [after for one in states for after in self.initialise(one, at, item.source)]
                continue
            states = [self._set(s, at, v) for one in states for s, v in self.eval(one, item.source)]
        return states

    def _set(self, state: State, at: Pointer, value: Value) -> State:
        self.memory.store(state, at, value)
        return state

    def _literal(self, state: State, expr: e.InitList) -> Results:
        """A compound literal: a place of its own."""
        at = expr.at
        home = Pointer(Region("local", f"{self.scope}/literal@{at.line}:{at.column}"), 0)
        return [(after, home) for after in self.initialise(state, home, expr)]

    def _settle(self, state: State, target: Expression) -> list[State]:
        """Evaluate the parts of an lvalue that can split the path."""
        if self.simple(target):
            return [state]
        match target:
            case e.Member(base=inner) | e.Deref(operand=inner) | e.Index(base=inner) | e.Cast(operand=inner):
                return [s for s, _ in self.eval(state, inner)]
            case _:
                return [state]

    def _conditional(self, state: State, expr: e.Conditional) -> Results:
        joined = chosen(self, state, expr)
        if joined is not None:
            return [(state, joined)]
        found: Results = []
        if expr.then is None:
            for s, value in self.eval(state, expr.test):
                for t, truth in self.brancher.truth(s, value, expr.test):
                    found += [(t, value)] if truth else self.eval(t, expr.otherwise)
            return found
        for s, truth in self.branch(state, expr.test):
            found += self.eval(s, expr.then if truth else expr.otherwise)
        return found

    def _through(self, state: State, expr: Expression) -> Results:
        """Reads through a base that can split: settle the base into a value, then read."""
        inner = expr.base if isinstance(expr, (e.Member, e.Index)) else expr.operand  # type: ignore[union-attr]
        found: Results = []
        for s, value in self.eval(state, inner):
            pointer = address(value, f"{self.scope}:{expr.at.line}:{expr.at.column}")
            if isinstance(expr, e.Member):
                at = None if pointer.offset is None or expr.offset is None else pointer.offset + expr.offset
                pointer = Pointer(
                    pointer.region, at, f"{pointer.path}.{expr.field}" if pointer.path else expr.field
                )
            if isinstance(expr, e.AddressOf):
                found.append((s, pointer))
                continue
            if isinstance(expr, e.Index):
                index = self.value(s, expr.index) if self.simple(expr.index) else Sym("index", "fresh")
                pointer = advance(pointer, index, size_of(expr.ctype))
            found.append((s, self._read(s, pointer, expr)))
        return found

    def _unknown(self, state: State, expr: e.Unknown) -> Results:
        states = [state]
        for part in expr.parts:
            states = [t for s in states for t, _ in self.eval(s, part)]
        return [(s, Sym(expr.text or str(expr.at), "fresh", (str(expr.at),))) for s in states]

    _branches: ClassVar[dict[str, Callable[[Evaluator, State, e.Binary], Outcomes]]] = {
        **dict.fromkeys(RELATIONAL, _related),
        "&&": _connected,
        "||": _connected,
    }
    _results: ClassVar[dict[type, Callable[[Evaluator, State, Any], Results]]] = {
        e.Call: _call,
        e.Assign: _assign,
        e.Cast: _converted,
        e.Step: _stepped,
        e.Binary: _combined,
        e.Unary: _turned,
        e.Conditional: _conditional,
        e.StatementExpr: _block,
        e.Member: _through,
        e.Index: _through,
        e.Deref: _through,
        e.AddressOf: _through,
        e.InitList: _literal,
        e.Unknown: _unknown,
    }


def _keeps_truth(expr: e.Cast) -> bool:
    """Whether a conversion cannot turn a non-zero value into zero (to bool, or to a type as wide)."""
    to, of = size_of(expr.ctype), size_of(expr.operand.ctype)
    return getattr(expr.ctype, "name", "") == "_Bool" or (to is not None and of is not None and to >= of)
