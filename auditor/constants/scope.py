"""Which definition a name means in one file: macros, enumerators, constants and records, nearest first."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import msgspec

from auditor import ir
from auditor.model import Location

T = TypeVar("T", ir.Macro, ir.EnumConstant, ir.Global, ir.Record)

_INTEGERS = {
    "char": 1, "int8_t": 1, "uint8_t": 1, "short": 2, "int16_t": 2, "uint16_t": 2, "int": 4, "unsigned": 4,
    "int32_t": 4, "uint32_t": 4, "int64_t": 8, "uint64_t": 8,
}  # fmt: skip


class _Names(msgspec.Struct):
    """The definitions of one module, by name."""

    macros: dict[str, list[ir.Macro]] = {}
    enums: dict[str, list[ir.EnumConstant]] = {}
    constants: dict[str, list[ir.Global]] = {}
    records: dict[str, list[ir.Record]] = {}
    integers: dict[str, int] = {}  # bytes of the integer types that records use, as the platform has them


class Scopes:
    """All definitions of a program; a file sees those of its own module first, then everybody's."""

    def __init__(self, program: ir.Program) -> None:
        self._own: dict[str, list[ir.Module]] = {}
        for module in program.modules:
            for file in dict.fromkeys((module.file, *module.includes)):
                self._own.setdefault(file, []).append(module)
        self._modules = program.modules
        self._named: dict[str, _Names] = {}
        self._all: _Names | None = None

    def macro(self, name: str, use: Location) -> tuple[ir.Macro, ...]:
        """Definitions of the macro ``name`` that a use at ``use`` may mean, likeliest first."""
        found = self._find(lambda n: n.macros, name, use.file)
        before = [m for m in found if m.at.file == use.file and m.at.line <= use.line]
        if before:  # redefined in one file: the last definition above the use
            last = max(before, key=lambda m: m.at.line)
            found = [last, *(m for m in found if m is not last)]
        return tuple(dict.fromkeys(found))

    def enum(self, name: str, file: str) -> ir.EnumConstant | None:
        """The enumerator ``name`` as ``file`` sees it."""
        return next(iter(self._find(lambda n: n.enums, name, file)), None)

    def constant(self, name: str, file: str) -> ir.Global | None:
        """The initialised constant variable with that name or symbol, as ``file`` sees it."""
        found = self._find(lambda n: n.constants, name, file)
        return next((g for g in found if g.const and g.init is not None), None)

    def declared(self, name: str, file: str) -> bool:
        """Whether ``file`` or anybody defines a variable ``name``."""
        return bool(self._find(lambda n: n.constants, name, file))

    def record(self, name: str, file: str) -> ir.Record | None:
        """The layout of the struct or union ``name`` (a tag with or without its keyword, or a typedef)."""
        bare = name.removeprefix("struct ").removeprefix("union ").strip()
        return next(iter(self._find(lambda n: n.records, bare, file)), None)

    def integer(self, name: str) -> int | None:
        """Bytes of the integer type ``name``; None where platforms differ (``long``) or nobody uses it."""
        qualifiers = ("const", "volatile", "signed", "unsigned")
        words = [w for w in name.split() if w not in qualifiers] or ["unsigned"]
        if len(words) > 1:
            return None
        return self._everything().integers.get(words[0]) or _INTEGERS.get(words[0])

    def _find(self, table: Callable[[_Names], dict[str, list[T]]], name: str, file: str) -> list[T]:
        own: list[T] = []
        for module in self._own.get(file, ()):
            own.extend(table(self._of(module)).get(name, ()))
        return own or list(table(self._everything()).get(name, ()))

    def _of(self, module: ir.Module) -> _Names:
        if module.file not in self._named:
            self._named[module.file] = _index((module,))
        return self._named[module.file]

    def _everything(self) -> _Names:
        if self._all is None:
            self._all = _index(self._modules)
        return self._all


def _index(modules: tuple[ir.Module, ...]) -> _Names:
    names = _Names()
    for module in modules:
        for macro in module.macros:
            names.macros.setdefault(macro.name, []).append(macro)
        for enum in module.enums:
            names.enums.setdefault(enum.name, []).append(enum)
        for variable in module.globals:
            for key in {variable.name, variable.symbol}:
                names.constants.setdefault(key, []).append(variable)
        for record in module.records:
            for key in {
                record.name,
                record.name.strip("_"),
            }:  # a typedef often is its tag without the underscore
                names.records.setdefault(key, []).append(record)
            for field in record.fields:
                if isinstance(field.ctype, ir.IntType) and field.ctype.name:
                    names.integers[field.ctype.name] = field.ctype.bits // 8
    return names
