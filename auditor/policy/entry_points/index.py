"""What functions mention in; who calls whom, and which lvalues are set to one constant only, out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain

from auditor.constants import DeclaredLengths
from auditor.ir import Expression, Function, Global, Program, Slot, walk
from auditor.ir import expressions as e
from auditor.ir.uses import Setting
from auditor.knowledge import Protocols

SMALLEST_SETTING = 2
"""0 and 1 are flags, not sizes: a flag that is set once is still a mode."""

Set = tuple[Setting, Function | Global, int]
"""How a slot is set, by whom, and the number of that among all its settings."""


class ProgramIndex:
    """Facts about a whole program that many entry points ask for."""

    def __init__(self, program: Program, protocols: Protocols | None = None) -> None:
        self.program = program
        self.lengths = None if protocols is None else DeclaredLengths(program, protocols)
        self.functions = tuple(program.functions())
        self._bound: dict[Slot, set[str]] = {}
        for module in program.modules:
            for b in module.bindings:
                self._bound.setdefault((b.record, b.field), set()).add(b.function)
        self._by_id = {id(function): function for function in self.functions}
        self._named: dict[int, tuple[Function, ...]] = {}
        self._all_reads: dict[int, frozenset[Slot]] = {}
        self._all_sets: dict[int, frozenset[Slot]] = {}
        self._sources: dict[Slot, Expression | None] = {}  # of settled slots that were asked for
        settings: dict[Slot, list[Set]] = {}
        variables = (variable for module in program.modules for variable in module.globals)
        holders: Iterator[Function | Global] = chain(self.functions, variables)
        for holder in holders:
            for number, setting in enumerate(holder.settings):
                settings.setdefault(setting.slot, []).append((setting, holder, number))
        self.constants = {
            (slot, setting.value, setting.file)
            for slot, found in settings.items()
            for setting, _, _ in found
            if setting.value is not None
        }
        self._settled = {slot: found[0] for slot, found in settings.items() if _agree(found)}

    def settled(self, slot: Slot) -> Expression | None:
        """The expression that every setting of a slot agrees with, if it is a size."""
        if slot not in self._settled:
            return None
        found = self._sources.get(slot)
        if found is None:
            _, holder, number = self._settled[slot]
            found = self._sources[slot] = holder.source(number)
        return found

    def bound(self, member: e.Member) -> list[str]:
        """Symbols of the functions that a member is set to, in order."""
        return sorted(self._bound.get((member.record, member.field), ()))

    def reads(self, entry: Function) -> frozenset[Slot]:
        """Every member and global that ``entry`` or a function it reaches reads."""
        found = self._all_reads.get(id(entry))
        if found is None:
            found = frozenset(slot for f in self.reached(entry) for slot in f.uses.reads)
            self._all_reads[id(entry)] = found
        return found

    def sets(self, function: Function) -> frozenset[Slot]:
        """Every member and global that ``function`` or a function it reaches assigns."""
        found = self._all_sets.get(id(function))
        if found is None:
            found = frozenset(slot for f in self.reached(function) for slot in f.uses.sets)
            self._all_sets[id(function)] = found
        return found

    def reached(self, function: Function) -> list[Function]:
        """``function`` and those that calls from it lead to, as far as the program needs them."""
        keys = {id(function)} | self.reachable([id(function)])
        return [known for key in keys if (known := self._by_id.get(key)) is not None]

    def reads_below(self, expr: Expression, file: str) -> frozenset[Slot]:
        """Every member and global that evaluating ``expr`` can read, functions that it names included."""
        found: set[Slot] = set()
        for node in walk(expr):
            match node:
                case e.Name(scope="function", symbol=symbol):
                    target = self.program.resolve(symbol, file)
                    found |= self.reads(target) if target is not None else frozenset()
                case e.Member(record=record, field=field):
                    found.add((record, field))
                case e.Name(scope="global", symbol=symbol):
                    found.add(("", symbol))
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
            names = caller.uses.named if caller is not None else ()
            resolved = {id(f): f for name in names if (f := self._target(name, caller)) is not None}
            found = self._named[key] = tuple(f for f in resolved.values() if f is not caller)
        return found

    def _target(self, symbol: str, caller: Function | None) -> Function | None:
        return self.program.resolve(symbol, caller.file) if caller is not None else None


def _agree(found: list[Set]) -> bool:
    """Whether all settings of a slot are to one constant, and that is a size."""
    first = found[0][0]
    if first.value is None or first.value < SMALLEST_SETTING or first.tainted:
        return False
    return all(setting.value == first.value for setting, _, _ in found)
