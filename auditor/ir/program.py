"""Modules come in, the program that they are together goes out: names resolve across files."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.ir.definitions import Function
from auditor.ir.module import Module, once
from auditor.model import Gap, Location


class Program:
    """All modules of a scan, linked: names resolve with static scope, nearest definition first.

    What is unused in every file is no part of it, but a name that leads there finds it.
    """

    def __init__(self, base: str, modules: tuple[Module, ...], gaps: tuple[Gap, ...] = ()) -> None:
        self.base = base
        seen: set[tuple[str, Location]] = set()
        self.modules = tuple(once(module, seen) for module in modules)
        self.gaps = gaps  # of files that are in no module: skipped, unreadable, unparsed
        self._functions: dict[str, list[Function]] = {}
        for module in self.modules:
            for function in module.functions:
                self._functions.setdefault(function.symbol, []).append(function)
        self._unused = {f.symbol: [f] for module in reversed(modules) for f in module.unused.functions}
        self.platform_of = {m.file: m.platform for m in modules}
        self._records = [{r.name: r for r in m.records} for m in modules]
        self.records = {name: record for own in reversed(self._records) for name, record in own.items()}
        self.globals = {g.symbol: g for m in modules for g in m.unused.globals}
        self.globals |= {g.symbol: g for m in modules for g in m.globals}

    def functions(self) -> Iterator[Function]:
        """Every function definition that some file of the tree needs, in file order."""
        for same_name in self._functions.values():
            yield from same_name

    def all_functions(self) -> Iterator[Function]:
        """Those, and behind them every unused one that was lowered."""
        yield from self.functions()
        for symbol, (function,) in self._unused.items():
            if symbol not in self._functions:
                yield function

    def resolve(self, symbol: str, from_file: str) -> Function | None:
        """The definition ``symbol`` refers to in ``from_file``; among several, the nearest folder's."""
        found = self._functions.get(symbol) or self._unused.get(symbol)
        if not found:
            return None
        return found[0] if len(found) == 1 else max(found, key=lambda f: _shared(f.file, from_file))


def _shared(left: str, right: str) -> int:
    """How many leading path components two files share (same file counts most)."""
    a, b = left.split("/"), right.split("/")
    return next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), len(a))
