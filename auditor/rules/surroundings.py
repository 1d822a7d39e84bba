"""An entry point in, what the code around it shows out: a virtual link, tags beside the frame, padding."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fnmatch import fnmatchcase
from functools import lru_cache
from itertools import chain
from pathlib import PurePosixPath

import msgspec

from auditor.ir import ArrayType, CType, Function, Global, PointerType, Program, Record, RecordType, walk
from auditor.ir import expressions as e
from auditor.ir import statements as s
from auditor.policy import Entry


class Surroundings(msgspec.Struct, frozen=True, eq=False):
    """Names that some files use.

    Calls, macros, constants, records, and ``RECORD.FIELD`` with and without the value that it is set to.
    """

    names: frozenset[str]

    def first(self, wanted: Iterable[str]) -> str:
        """The first of ``wanted`` that is used; empty when none is."""
        return next((name for name in wanted if name in self.names), "")


def around(program: Program, function: Function) -> Surroundings:
    """What the file of ``function`` uses, and the files that name something in it: they set its device up."""
    own = {f.symbol for f in program.functions() if f.file == function.file}
    own |= {g.symbol for g in program.globals.values() if g.at.file == function.file}
    found: set[str] = set()
    files = _files(program)
    for file in files.all():
        names = files.names(file)
        if file == function.file or own & names:
            found |= names
    return Surroundings(frozenset(found))


def within(program: Program, function: Function) -> Surroundings:
    """What the file of ``function`` itself uses."""
    return Surroundings(_files(program).names(function.file))


def virtual_link(program: Program, entry: Entry) -> tuple[str, str]:
    """(strength, evidence) that the frames of ``entry`` cross a virtual link; strength strong, weak or ""."""
    signs = entry.platform.virtual
    if sign := within(program, entry.function).first(signs.strong):
        return "strong", f"the file uses {sign.replace('=', ' = ')}: a virtual link, where nothing pads"
    for name in (entry.function.name, PurePosixPath(entry.function.file).stem):
        if any(fnmatchcase(name.lower(), pattern) for pattern in signs.weak):
            return "weak", f"{name} is named like a virtual link's"
    return "", ""


class _Files:
    """The names that each file uses, looked for when they are asked for."""

    def __init__(self, program: Program) -> None:
        self._waiting: dict[str, list[Iterable[str]]] = {}
        self._found: dict[str, frozenset[str]] = {}
        for function in program.functions():
            self._add(function.file, _in_function(function))
        for module in program.modules:
            for variable in module.globals:
                self._add(variable.at.file, _in_global(variable))
            for record in module.records:
                if record.at is not None:
                    self._add(record.at.file, _in_record(record))
            for binding in module.bindings:
                place = binding.record.removeprefix("call:") if not binding.field else binding.record
                self._add(binding.at.file, (place, f"{place}.{binding.field}"))

    def _add(self, file: str, names: Iterable[str]) -> None:
        self._waiting.setdefault(file, []).append(names)

    def all(self) -> Iterator[str]:
        """Every file that uses a name."""
        yield from self._waiting

    def names(self, file: str) -> frozenset[str]:
        """The names that ``file`` uses."""
        found = self._found.get(file)
        if found is None:
            found = self._found[file] = frozenset(chain.from_iterable(self._waiting.get(file, ())))
        return found


@lru_cache(maxsize=1)
def _files(program: Program) -> _Files:
    return _Files(program)


def _in_record(record: Record) -> Iterator[str]:
    for field in record.fields:
        yield from _records(field.ctype)


def _in_function(function: Function) -> Iterator[str]:
    for ctype in (function.returns, *(param.ctype for param in function.params)):
        yield from _records(ctype)
    for node in walk(function.read()):
        if isinstance(node, s.Declare):
            yield from _records(node.ctype)
        elif isinstance(node, e.Expr):
            yield from _in_expression(node)


def _in_global(variable: Global) -> Iterator[str]:
    yield from _records(variable.ctype)
    for node in walk(variable.init) if variable.init is not None else ():
        if isinstance(node, e.InitList) and isinstance(node.ctype, RecordType):
            yield from _set(node, node.ctype.name)
        if isinstance(node, e.Expr):
            yield from _in_expression(node)


def _in_expression(node: e.Expr) -> Iterator[str]:
    if node.macro:
        yield node.macro
    match node:
        case e.Name(name=name, symbol=symbol, scope=scope) if scope not in ("local", "param"):
            yield name
            yield symbol
        case e.Member(record=record, field=field):
            yield f"{record}.{field}"
        case e.Assign(op="=", target=e.Member(record=record, field=field), source=source):
            if source.value is not None:
                yield f"{record}.{field}={source.value}"


def _set(listed: e.InitList, record: str) -> Iterator[str]:
    for item in listed.items:
        if item.field:
            yield f"{record}.{item.field}"
            if item.source.value is not None:
                yield f"{record}.{item.field}={item.source.value}"


def _records(ctype: CType) -> Iterator[str]:
    while isinstance(ctype, (PointerType, ArrayType)):
        ctype = ctype.target if isinstance(ctype, PointerType) else ctype.element
    if isinstance(ctype, RecordType):
        yield ctype.name
