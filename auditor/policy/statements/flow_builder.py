"""Building flow graphs from statements: branches, loops that run once or not at all, switches, gotos."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.ir import Function, Statement, walk
from auditor.ir import expressions as e
from auditor.ir import statements as s
from auditor.policy.statements.flow import Arms, Flow, Forget, Node, finish, in_order


def build_flow(function: Function) -> Flow:
    """The flow graph of ``function``."""
    return finish(function, [*_Builder().build(function.body)])


def build_block_flow(function: Function, body: s.Block) -> Flow:
    """The flow graph of a statement expression inside ``function``."""
    return finish(function, [*_Builder().build(body)])


class _Builder:
    def __init__(self) -> None:
        self.current = Node()
        self.breaks: list[Node] = []
        self.continues: list[Node] = []
        self.labels: dict[str, Node] = {}
        self.switches: list[tuple[Arms, list[Node]]] = []

    def build(self, body: s.Block) -> Iterator[Node]:
        start = self.current
        self.statement(body)
        self.current.exit = ("return", None, body.at)
        return in_order(start)

    def statement(self, stmt: Statement) -> None:
        match stmt:
            case s.Block(body=body):
                for inner in body:
                    self.statement(inner)
            case s.Evaluate(expr=expr):
                self.current.actions.append(expr)
            case s.Declare():
                self.current.actions.append(stmt)
            case s.If():
                self.condition(stmt)
            case s.Loop():
                self.loop(stmt)
            case s.Switch():
                self.switch(stmt)
            case s.Case(low=low, high=high):
                target = self.label(Node())
                if self.switches:
                    self.switches[-1][0].append((low, high, target))
            case s.Default():
                target = self.label(Node())
                if self.switches:
                    self.switches[-1][1].append(target)
            case s.Label(name=name):
                self.label(self.labels.setdefault(name, Node()))
            case s.Goto(label=name):
                self.leave(("go", self.labels.setdefault(name, Node())) if name else ("lost",))
            case s.Break():
                self.leave(("go", self.breaks[-1]) if self.breaks else ("lost",))
            case s.Continue():
                self.leave(("go", self.continues[-1]) if self.continues else ("lost",))
            case s.Return(expr=expr, at=at):
                self.leave(("return", expr, at))
            case _:
                pass

    def label(self, target: Node) -> Node:
        self.current.exit = ("go", target)
        self.current = target
        return target

    def leave(self, exit_: tuple) -> None:  # type: ignore[type-arg]
        self.current.exit = exit_
        self.current = Node()

    def condition(self, stmt: s.If) -> None:
        then, otherwise, after = Node(), Node(), Node()
        self.current.exit = ("branch", stmt.test, then, otherwise)
        for node, body in ((then, stmt.then), (otherwise, stmt.otherwise)):
            self.current = node
            if body is not None:
                self.statement(body)
            self.current.exit = ("go", after)
        self.current = after

    def loop(self, stmt: s.Loop) -> None:
        body, again, after = Node(), Node(), Node()
        if stmt.init is not None:
            self.statement(stmt.init)
        if stmt.kind == "do" or stmt.test is None:
            self.current.exit = ("go", body)
        else:
            self.current.exit = ("branch", stmt.test, body, after)
        self.breaks.append(after)
        self.continues.append(again)
        self.current = body
        self.statement(stmt.body)
        self.current.exit = ("go", again)
        self.breaks.pop()
        self.continues.pop()
        if stmt.step is not None:
            again.actions.append(stmt.step)
        if counters := _counters(stmt):
            again.actions.append(Forget(counters, stmt.at))
        again.exit = ("go", after)
        self.current = after

    def switch(self, stmt: s.Switch) -> None:
        head, after = self.current, Node()
        self.switches.append(([], []))
        self.breaks.append(after)
        self.current = Node()
        self.statement(stmt.body)
        self.current.exit = ("go", after)
        self.breaks.pop()
        arms, defaults = self.switches.pop()
        head.exit = ("select", stmt.subject, arms, defaults[0] if defaults else after)
        self.current = after


def _counters(stmt: s.Loop) -> frozenset[str]:
    """Locals that an iteration changes relative to their own value."""
    found = set()
    for part in (stmt.body, stmt.step):
        for node in walk(part) if part is not None else ():
            match node:
                case e.Step(operand=e.Name(symbol=symbol)):
                    found.add(symbol)
                case e.Assign(op=op, target=e.Name(symbol=symbol), source=source):
                    if op != "=" or any(isinstance(n, e.Name) and n.symbol == symbol for n in walk(source)):
                        found.add(symbol)
                case _:
                    pass
    return frozenset(found) if stmt.kind != "do" or not _runs_once(stmt) else frozenset()


def _runs_once(stmt: s.Loop) -> bool:
    return stmt.test is not None and stmt.test.value == 0
