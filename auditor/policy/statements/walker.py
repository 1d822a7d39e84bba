"""Walking a flow graph with many paths at once: nodes in order, merging where paths join."""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from auditor.ir import Expression, RecordType
from auditor.ir import expressions as e
from auditor.ir import statements as s
from auditor.model import Location
from auditor.policy.expressions.branching import Brancher
from auditor.policy.expressions.evaluate import Evaluator
from auditor.policy.numbers.values import Int, Pointer, Region, Sym, Value
from auditor.policy.paths.knowing import forget, negligible, passing, thin, unmarked, widen
from auditor.policy.paths.merging import merge
from auditor.policy.paths.state import State
from auditor.policy.statements.budget import Budget
from auditor.policy.statements.flow import Arms, Flow, Forget, Node

FEW_STATES = 8
"""States that are compared without counting it as work."""

MANY_STATES = 16
"""States at one node above which passing facts, then the modes that tell least apart, are forgotten:
that only adds paths which cannot be taken."""

MOST_STATES = 64
"""States kept at one node; above, modes are forgotten too, and that is said."""


class Leaf(msgspec.Struct, frozen=True, eq=False):
    """The end of a path: its final state, the value returned by the entry point, and where.

    ``ended_by`` is ``hand-on`` or ``queue`` (nothing later changes what became of the frame) or ``return``.
    """

    state: State
    returned: Value | None
    at: Location
    ended_by: str


Returned = list[tuple[State, Value | None, Location]]


class Walker:
    """Runs the nodes of a flow graph; finished paths become leaves, returns go back to the caller."""

    def __init__(self, evaluator: Evaluator, brancher: Brancher, budget: Budget) -> None:
        self.evaluator, self.brancher, self.budget = evaluator, brancher, budget
        self.leaves: list[Leaf] = []
        self.notes: list[str] = []
        self.places: list[tuple[Flow, Node, int]] = []  # by function being run: the action it is at
        self.cut = False  # whether some path was not explored at all

    def leave_out(self, note: str) -> None:
        """Say that something was not explored."""
        self.notes.append(note)
        self.cut = True

    def walk(self, flow: Flow, start: State, keep_variables: bool = False) -> Returned:
        """Every way the graph can be left by a return, with the value returned and where.

        ``keep_variables`` when the graph is a part of a function and what it leaves unread is read later.
        """
        waiting: list[list[State]] = [[] for _ in flow.nodes]
        waiting[0].append(start)
        returned: Returned = []
        self.places.append((flow, flow.nodes[0], 0))
        for node, states in zip(flow.nodes, waiting, strict=True):
            if not states:
                continue
            waiting[node.index] = []
            if len(states) > 1:
                states = self._join(node, states, keep_variables)
            if node.is_empty:
                target = node.exit[1]
                if target.index > node.index:
                    waiting[target.index] += states
                continue
            for state in states:
                for ready in self._act(flow, node, state):
                    self.places[-1] = (flow, node, len(node.actions))
                    self._exit(node, ready, waiting, returned)
        self.places.pop()
        return returned

    def _join(self, node: Node, states: list[State], keep_variables: bool) -> list[State]:
        if not keep_variables:
            for state in states:
                dead = state.variables.keys() - node.live
                if dead:
                    state.variables.drop(*dead)
        crowd = len(states) > MOST_STATES
        forgettable = passing if crowd else negligible
        for state in states:
            forget(state, forgettable)
        if len(states) > FEW_STATES:  # comparing states is work too
            self.evaluator.steps += sum(len(state.facts) for state in states)
            self.budget.go_on(self.evaluator.steps)
        states = merge(states)
        return self.fewer(states, f"joined at node {node.index} of {self.evaluator.scope}")

    def fewer(self, states: list[State], name: str) -> list[State]:
        """Few enough states to go on with: first passing facts go, then the modes that tell least apart,
        then all facts and plain values (from then on an unknown called ``name``), then paths.
        """
        if len(states) > MANY_STATES:
            for state in states:
                forget(state, passing)
            states = merge(states)
        if MANY_STATES < len(states) <= MOST_STATES:
            states = thin(states, MANY_STATES)
        if len(states) > MOST_STATES:
            self.notes.append(f"more than {MOST_STATES} states at one place: facts were forgotten")
            for state in states:
                forget(state, unmarked)
            states = widen(merge(states), name)
        if len(states) > MOST_STATES:
            self.notes.append(f"more than {MOST_STATES} states at one place: some paths were not explored")
            self.cut = True
            states = states[:MOST_STATES]
        return states

    # --- actions ---------------------------------------------------------------------------------

    def _act(self, flow: Flow, node: Node, state: State) -> list[State]:
        states = [state]
        for number, action in enumerate(node.actions):
            self.places[-1] = (flow, node, number)
            found: list[State] = []
            for one in states:
                found += self._action(one, action)
            states = merge(found)
        return states

    def _action(self, state: State, action: Expression | s.Declare | Forget) -> list[State]:
        self.budget.go_on(self.evaluator.steps)
        if isinstance(action, Forget):
            _forget_counters(state, action)
            return [state]
        if isinstance(action, s.Declare):
            found = [state] if action.init is None else self._declare(state, action, action.init)
        else:
            self.evaluator.discarded = action.operand if isinstance(action, e.Cast) else action
            found = [after for after, _ in self.evaluator.eval(state, action)]
        return [after for after in found if not after.events or not self._ended(after)]

    def _declare(self, state: State, declared: s.Declare, init: Expression) -> list[State]:
        home = Pointer(Region("local", f"{self.evaluator.scope}/{declared.symbol}"), 0)
        if isinstance(init, e.InitList):
            return self.evaluator.initialise(state, home, init)
        if declared.static and init.value is None:
            return [state]
        found = []
        for after, value in self.evaluator.eval(state, init):
            if isinstance(declared.ctype, RecordType) and isinstance(value, Pointer):
                self.evaluator.memory.copy_cells(after, value, home)
            elif declared.symbol in self.evaluator.in_memory:
                after.memory[(home.region, 0)] = value
            else:
                after.variables[declared.symbol] = value
            found.append(after)
        return found

    def _ended(self, state: State) -> bool:
        """A known hand-on or queue ends the path: nothing after it changes what became of the frame."""
        if state.events and state.events[-1].kind in ("hand-on", "queue"):
            self.leaves.append(Leaf(state, None, state.events[-1].at, state.events[-1].kind))
            self.budget.places.add(id(state.events[-1].at))
            return True
        return False

    # --- exits -----------------------------------------------------------------------------------

    def _exit(self, node: Node, state: State, waiting: list[list[State]], returned: Returned) -> None:
        def send(target: Node, to: State) -> None:
            if target.index > node.index:  # an edge back to what already ran ends the path
                waiting[target.index].append(to)

        match node.exit:
            case ("go", target):
                send(target, state)
            case ("branch", test, then, otherwise):
                for after, truth in self.evaluator.branch(state, test):
                    if not self._ended(after):
                        send(then if truth else otherwise, after)
            case ("select", subject, arms, default):
                for after, value in self.evaluator.eval(state, subject):
                    if not self._ended(after):
                        self._select(after, value, arms, default, send)
            case ("return", None, at):
                returned.append((state, None, at))
            case ("return", expr, at):
                for after, value in self.evaluator.eval(state, expr):
                    if not self._ended(after):
                        returned.append((after, value, at))
            case _:
                self.leave_out("a computed jump, or one out of a statement expression, was not followed")

    def _select(
        self, state: State, value: Value, arms: Arms, default: Node, send: Callable[[Node, State], None]
    ) -> None:
        rest = [state]
        for low, high, target in arms:
            if low.value is None:
                continue
            last = high.value if high is not None and high.value is not None else low.value
            tried = [outcome for one in rest for outcome in self._within(one, value, low, last)]
            for after, inside in tried:
                if inside:
                    send(target, after)
            rest = [after for after, inside in tried if not inside]
        for one in rest:
            send(default, one)

    def _within(self, state: State, value: Value, low: Expression, last: int) -> list[tuple[State, bool]]:
        first = low.value if low.value is not None else last
        if first == last:
            return self.brancher.compare(state, "==", value, Int(first), low)
        found: list[tuple[State, bool]] = []
        for one, above in self.brancher.compare(state, ">=", value, Int(first), low):
            found += self.brancher.compare(one, "<=", value, Int(last), low) if above else [(one, False)]
        return found


def _forget_counters(state: State, loop: Forget) -> None:
    for symbol in loop.symbols & state.variables.keys():
        if not isinstance(state.variables[symbol], Pointer):
            text = f"{symbol.partition('#')[0]} after the loop"
            state.variables[symbol] = Sym(text, "fresh", (loop.at.line,))
