"""The abstract machine: runs one entry point once, for all lengths and frame classes."""

from __future__ import annotations

from auditor.ir import Function, Param, RecordType
from auditor.ir import expressions as e
from auditor.ir import statements as s
from auditor.knowledge import Platform
from auditor.policy.calls.call import Calls
from auditor.policy.calls.effects import Effects
from auditor.policy.calls.flows import Flows
from auditor.policy.calls.leaving import collect, leave
from auditor.policy.calls.run import Run
from auditor.policy.calls.summaries import Entered, Result, Summary, apply, blank
from auditor.policy.entry_points.index import ProgramIndex
from auditor.policy.expressions.branching import Brancher
from auditor.policy.expressions.evaluate import Evaluator, Results
from auditor.policy.expressions.observations import Observer
from auditor.policy.memory.access import Memory
from auditor.policy.numbers.lengths import LONGEST
from auditor.policy.numbers.values import ZERO, Int, Pointer, Region, Value, show
from auditor.policy.paths.classes import ClassTable
from auditor.policy.paths.forks import Forks
from auditor.policy.paths.held import Held
from auditor.policy.paths.merging import merge
from auditor.policy.paths.state import State
from auditor.policy.statements.budget import Budget, OutOfBudget
from auditor.policy.statements.walker import Leaf, Returned, Walker


class Machine:
    """One run of one entry point."""

    def __init__(
        self, index: ProgramIndex, platform: Platform, table: ClassTable, flows: Flows, layer: str,
        budget: Budget, assumed: dict[str, int], sizes: dict[str, int], longest: int = LONGEST,
    ) -> None:  # fmt: skip
        self.index, self.table, self.flows, self.budget = index, table, flows, budget
        self.brancher = Brancher(table, Forks(budget.places), layer)
        self.calls = Calls(
            index, platform, Memory(index, platform, assumed, sizes, longest), budget, self.enter
        )
        self.evaluator = Evaluator(self.calls.memory, self.brancher, self.calls.call, self.run_block)
        self.evaluator.observer = Observer(budget.places)
        self.calls.evaluator = self.evaluator
        self.calls.effects = Effects(platform, self.calls.memory, self.evaluator)
        self.walker = Walker(self.evaluator, self.brancher, budget)
        self.calls.cut, self.calls.places = self.walker.leave_out, self.walker.places
        self.returning: list[Returned] = []  # by function being run: returns out of statement expressions
        self.entered: dict[object, list[Entered]] = {}

    def run(self, entry: Function, start: State, introduced: dict[int, Value]) -> Run:
        """Run ``entry`` from a state that binds its parameters; leaves, forks, and what was cut short.

        A machine runs once. ``introduced`` are expressions, by id, that are the frame's length.
        """
        self.evaluator.introduced = introduced
        self.evaluator.read_later = self.index.reads(entry)
        walker, forks = self.walker, self.brancher.forks
        leaves, notes = walker.leaves, walker.notes
        try:
            for state, value, at in self._function(start, entry, start.variables):
                leaves.append(Leaf(state, value, at, "return"))
        except OutOfBudget:
            walker.cut = True
            notes.append(f"{self.budget.note}: some paths were not explored")
        except RecursionError:
            walker.cut = True
            notes.append("stopped at too deep a nesting: some paths were not explored")
        run = Run(
            tuple(leaves), tuple(forks.all), forks.reach, self.evaluator.observer.all, self.evaluator.steps,
            tuple(dict.fromkeys(notes)), not walker.cut, self.brancher.reads_ethertype,
            self.brancher.reads_version, self.evaluator.declared, frozenset(self.calls.files),
        )  # fmt: skip
        self._fall_apart()
        return run

    def _fall_apart(self) -> None:
        """Let go of what a run is made with: its parts hold each other, and no worker looks for cycles."""
        vars(self.calls).clear()
        vars(self).clear()

    def enter(self, state: State, function: Function, args: list[Value], call: e.Call) -> Results:
        """The results of calling a function of the tree: run on this path at first, then by its summary."""
        state.note("enter", call.at, function.name, self.evaluator.scope)
        entered = self._entered(state, function, args)
        if entered is None:
            results = [Result(s, v) for s, v in self._called(state, function, args)]
        else:
            if entered.summary is None:
                entered.summary = self._summarise(state, function, args)
            results = apply(
                entered.summary, state, self.brancher.forks, self.brancher.stack, self.evaluator.observer
            )
            self.evaluator.steps += len(results)
        by_value: dict[Value, list[State]] = {}
        for result in results:
            if result.leaf is not None:
                self.walker.leaves.append(result.leaf)
                continue
            result.state.variables = state.variables.copy()
            by_value.setdefault(result.value, []).append(result.state)
        return [
            (s, v)
            for v, group in by_value.items()
            for s in self.walker.fewer(merge(group), f"returned by {function.name}")
        ]

    def _entered(self, state: State, function: Function, args: list[Value]) -> Entered | None:
        """The first call of the function with these arguments and this memory; None when it is this one."""
        same = self.entered.setdefault((id(function), tuple(args), state.memory.digest), [])
        known = next((one for one in same if one.memory == state.memory), None)
        if known is None:
            same.append(Entered(state.memory.copy()))
        return known

    def _called(self, state: State, function: Function, args: list[Value]) -> Results:
        """Run a function of the tree and leave it: what only it knew is forgotten."""
        variables, known = state.variables, set(state.facts)
        older = {region for region, _ in state.memory if region.kind == "heap"}
        bound = {p.symbol: a for p, a in zip(function.params, args, strict=False)}
        found: Results = []
        for after, value, at in self._function(state, function, bound):
            result = ZERO if value is None else value
            after.variables = variables
            leave(after, known, function)
            collect(after, result, older)
            after.note("leave", at, f"{function.name} returns{_shown(result)}", function.symbol)
            found.append((after, result))
        state.variables = variables
        return found

    def _summarise(self, state: State, function: Function, args: list[Value]) -> Summary:
        """Run the function with nothing known about the frame, apart from what this run has found so far."""
        forks, leaves, observer = self.brancher.forks, self.walker.leaves, self.evaluator.observer
        places = self.budget.places
        self.brancher.forks, self.walker.leaves = Forks(places), []
        self.evaluator.observer = Observer(places)
        depth = len(self.brancher.stack)
        start = blank(state, self.table.all, self.calls.memory.longest)
        start.variables = state.variables
        try:
            results = [Result(s, v) for s, v in self._called(start, function, args)]
            results += [Result(leaf.state, ZERO, leaf) for leaf in self.walker.leaves]
            made, seen = self.brancher.forks, self.evaluator.observer.all
        finally:
            self.brancher.forks, self.walker.leaves, self.evaluator.observer = forks, leaves, observer
        return Summary(tuple(results), tuple(made.all), made.reach, seen, depth)

    def run_block(self, state: State, expr: e.StatementExpr) -> Results:
        """Run a statement expression; its value is that of its last expression."""
        function, body = self.calls.stack[-1], expr.body.body
        last = body[-1] if body and isinstance(body[-1], s.Evaluate) else None
        flow = self.flows.of_block(function, expr, body[:-1] if last is not None else body)
        found: Results = []
        for after, value, at in self.walker.walk(flow, state, keep_variables=True):
            if at != expr.at:  # a return inside leaves the whole function
                self.returning[-1].append((after, value, at))
            else:
                found += self.evaluator.eval(after, last.expr) if last is not None else [(after, ZERO)]
        return found

    def _function(self, state: State, function: Function, bound: dict[str, Value]) -> Returned:
        evaluator, flow = self.evaluator, self.flows.of(function)
        outer = self.brancher.stack, evaluator.scope, evaluator.in_memory
        depth = len(self.walker.places)
        self.calls.stack.append(function)
        self.brancher.stack = (*self.brancher.stack, function.symbol)
        evaluator.scope, evaluator.in_memory = function.symbol, flow.in_memory
        state.variables = Held({k: v for k, v in bound.items() if k not in flow.in_memory})
        for param in function.params:
            if param.symbol in flow.in_memory and param.symbol in bound:
                self._place(state, param, bound[param.symbol])
        self.returning.append([])
        try:
            return self.walker.walk(flow, state) + self.returning[-1]
        finally:
            self.returning.pop()
            self.calls.stack.pop()
            del self.walker.places[depth:]
            self.brancher.stack, evaluator.scope, evaluator.in_memory = outer

    def _place(self, state: State, param: Param, value: Value) -> None:
        """Give a parameter that lives in memory its value; a record is copied."""
        home = Pointer(Region("local", f"{self.evaluator.scope}/{param.symbol}"), 0)
        if isinstance(param.ctype, RecordType) and isinstance(value, Pointer):
            self.evaluator.memory.copy_cells(state, value, home)
        else:
            state.memory[(home.region, 0)] = value


def _shown(result: Value) -> str:
    return f" {show(result)}" if isinstance(result, Int) else ""
