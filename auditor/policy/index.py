"""One pass over a program's functions: who calls whom, and which lvalues are set to one constant only."""

from __future__ import annotations

from collections.abc import Iterable

from auditor.constants import DeclaredLengths
from auditor.ir import Expression, Function, Program, walk
from auditor.ir import expressions as e
from auditor.knowledge import Protocols

Slot = tuple[str, str]
"""(record, field) of a member, or ("", symbol) of a global."""

SMALLEST_SETTING = 2
"""0 and 1 are flags, not sizes: a flag that is set once is still a mode."""


class ProgramIndex:
    """Facts about a whole program that many entry points ask for."""

    def __init__(self, program: Program, protocols: Protocols | None = None) -> None:
        self.program = program
        self.lengths = None if protocols is None else DeclaredLengths(program, protocols)
        self.functions = tuple(program.functions())
        self._by_id = {id(function): function for function in self.functions}
        self._names: dict[int, list[e.Name]] = {}
        self._named: dict[int, tuple[Function, ...]] = {}
        self.calls: dict[int, list[e.Call]] = {}
        settings: dict[Slot, list[Expression | None]] = {}
        self._reads: dict[int, set[Slot]] = {}
        self._sets: dict[int, set[Slot]] = {}
        self._all_reads: dict[int, frozenset[Slot]] = {}
        self._all_sets: dict[int, frozenset[Slot]] = {}
        for function in self.functions:
            self._visit(function, settings)
        self._initialised(program, settings)
        self.constants = {
            (slot, value.value, value.at.file)
            for slot, found in settings.items()
            for value in found
            if value is not None and value.value is not None
        }
        self.settled = {slot: value for slot, found in settings.items() if (value := _one(found)) is not None}

    def _visit(self, function: Function, settings: dict[Slot, list[Expression | None]]) -> None:
        names: list[e.Name] = []
        calls: list[e.Call] = []
        reads: set[Slot] = set()
        sets: set[Slot] = set()
        written: set[int] = set()
        for node in walk(function.body):
            match node:
                case e.Name(scope="function"):
                    names.append(node)
                case e.Call():
                    calls.append(node)
                case e.Member(record=record, field=field) if id(node) not in written:
                    reads.add((record, field))
                case e.Name(scope="global", symbol=symbol) if id(node) not in written:
                    reads.add(("", symbol))
                case e.Assign(op="=", target=target):
                    written.add(id(target))
                    sets |= _slot_of(target)
                    _note(node, settings)
                case e.Assign() | e.Step() | e.AddressOf():
                    _note(node, settings)
                case _:
                    pass
        self._names[id(function)], self.calls[id(function)] = names, calls
        self._reads[id(function)] = reads
        self._sets[id(function)] = sets

    def reads(self, entry: Function) -> frozenset[Slot]:
        """Every member and global that ``entry`` or a function it reaches reads."""
        return self._reached(entry, self._reads, self._all_reads)

    def sets(self, function: Function) -> frozenset[Slot]:
        """Every member and global that ``function`` or a function it reaches assigns."""
        return self._reached(function, self._sets, self._all_sets)

    def _reached(
        self, function: Function, own: dict[int, set[Slot]], known: dict[int, frozenset[Slot]]
    ) -> frozenset[Slot]:
        """What ``own`` says of ``function`` and of all that it reaches, kept in ``known``."""
        found = known.get(id(function))
        if found is None:
            keys = {id(function)} | self.reachable([id(function)])
            found = known[id(function)] = frozenset(slot for key in keys for slot in own.get(key, ()))
        return found

    def reads_below(self, expr: Expression, file: str) -> frozenset[Slot]:
        """Every member and global that evaluating ``expr`` can read, functions that it names included."""
        found: set[Slot] = set()
        for node in walk(expr):
            match node:
                case e.Member(record=record, field=field):
                    found.add((record, field))
                case e.Name(scope="global", symbol=symbol):
                    found.add(("", symbol))
                case e.Name(scope="function", symbol=symbol):
                    target = self.program.resolve(symbol, file)
                    found |= self.reads(target) if target is not None else frozenset()
                case _:
                    pass
        return frozenset(found)

    def reachable(self, start: Iterable[int]) -> set[int]:
        """Ids of functions that are called from those whose ids are given (not these themselves)."""
        reached: set[int] = set()
        waiting = list(start)
        while waiting:
            for target in self._targets(waiting.pop()):
                if id(target) not in reached:
                    reached.add(id(target))
                    waiting.append(id(target))
        return reached

    def _targets(self, key: int) -> tuple[Function, ...]:
        """The other functions that the one whose id is ``key`` names."""
        found = self._named.get(key)
        if found is None:
            caller = self._by_id.get(key)
            names = self._names[key] if caller is not None else ()
            resolved = {id(f): f for n in names if (f := self._target(n, caller)) is not None}
            found = self._named[key] = tuple(f for f in resolved.values() if f is not caller)
        return found

    def _target(self, name: e.Name, caller: Function | None) -> Function | None:
        return self.program.resolve(name.symbol, caller.file) if caller is not None else None

    def _initialised(self, program: Program, settings: dict[Slot, list[Expression | None]]) -> None:
        for module in program.modules:
            for variable in module.globals:
                record = getattr(variable.ctype, "name", "")
                if isinstance(variable.init, e.InitList):
                    for item in variable.init.items:
                        if item.field and item.source.value is not None:
                            settings.setdefault((record, item.field), []).append(item.source)
                elif variable.init is not None:
                    settings.setdefault(("", variable.symbol), []).append(variable.init)


def _slot_of(target: Expression) -> set[Slot]:
    match target:
        case e.Member(record=record, field=field):
            return {(record, field)}
        case e.Name(scope="global", symbol=symbol):
            return {("", symbol)}
        case _:
            return set()


def _note(node: e.Assign | e.Step | e.AddressOf, settings: dict[Slot, list[Expression | None]]) -> None:
    """An assignment sets a slot; a step, an operator or a taken address makes it unknowable."""
    target = node.target if isinstance(node, e.Assign) else node.operand
    match target:
        case e.Member(record=record, field=field):
            slot = (record, field)
        case e.Name(scope="global", symbol=symbol):
            slot = ("", symbol)
        case _:
            return
    settings.setdefault(slot, []).append(
        node.source if isinstance(node, e.Assign) and node.op == "=" else None
    )


def _one(found: list[Expression | None]) -> Expression | None:
    """The expression that every setting of a slot agrees with, if it is a size."""
    first = found[0]
    if first is None or first.value is None or first.value < SMALLEST_SETTING or first.taint:
        return None
    return first if all(x is not None and x.value == first.value for x in found) else None
