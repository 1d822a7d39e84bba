"""Functions, modules (one translation unit) and the program (all modules of a scan)."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from itertools import islice

import msgspec

from auditor.ir.expressions import Expression, InitList
from auditor.ir.statements import Block
from auditor.ir.types import CType
from auditor.ir.uses import Setting, Slot, Uses, initial, setting_to, sources, uses_of
from auditor.model import Coverage, Gap, Location
from auditor.packing import pack, unpack


class Param(msgspec.Struct, frozen=True, eq=False):
    """A parameter; ``symbol`` is what its uses carry."""

    name: str
    symbol: str
    ctype: CType


class Unread(msgspec.Struct, frozen=True, eq=False, array_like=True, tag="unread"):
    """A function's body, or a variable's list, as it travels: most need never be unpacked.

    ``uses`` is what it mentions.
    """

    packed: bytes
    uses: Uses


class Function(msgspec.Struct, frozen=True, eq=False, dict=True):
    """A function definition. ``symbol`` is its name, or ``file::name`` when it is static.

    ``held`` is its body; ``body`` unpacks one that is not read yet, when it is first asked for.
    """

    name: str
    symbol: str
    file: str
    params: tuple[Param, ...]
    returns: CType
    held: Block | Unread
    at: Location
    static: bool = False

    @cached_property
    def body(self) -> Block:
        """What the function does. Raises NotPacked for one that ``unread`` did not make."""
        return unpack(self.held.packed, Block) if isinstance(self.held, Unread) else self.held

    @cached_property
    def uses(self) -> Uses:
        """What the body mentions."""
        return self.held.uses if isinstance(self.held, Unread) else uses_of(self.held)

    @property
    def settings(self) -> tuple[Setting, ...]:
        """What the body sets."""
        return self.uses.settings

    def source(self, number: int) -> Expression | None:
        """What the setting of that number assigns."""
        return next(islice(sources(self.body), number, None))

    def unread(self) -> Function:
        """The same function with its body packed. Raises RecursionError when that is too deep."""
        return msgspec.structs.replace(self, held=Unread(pack(self.body), self.uses))


class Field(msgspec.Struct, frozen=True):
    """A member of a record; ``offset`` in bytes (None for bit-fields and unknown layouts)."""

    name: str
    ctype: CType
    offset: int | None


class Record(msgspec.Struct, frozen=True):
    """The layout of a struct or union; anonymous members are flattened into it."""

    name: str
    size: int | None
    fields: tuple[Field, ...]
    taint: str = ""
    at: Location | None = None


class Global(msgspec.Struct, frozen=True, eq=False, dict=True):
    """A file-scope variable; ``const`` when it is declared so, or is static and never assigned.

    ``held`` is its initialiser; ``init`` unpacks a list that is not read yet, when it is first asked for.
    """

    name: str
    symbol: str
    ctype: CType
    at: Location
    held: Expression | Unread | None = None
    const: bool = False

    @cached_property
    def init(self) -> Expression | None:
        """What it holds at first. Raises NotPacked for what ``unread`` did not make."""
        return unpack(self.held.packed, InitList) if isinstance(self.held, Unread) else self.held

    @property
    def settings(self) -> tuple[Setting, ...]:
        """What its initialiser sets."""
        if isinstance(self.held, Unread):
            return self.held.uses.settings
        return tuple(setting_to(slot, source) for slot, source in self._initial())

    def source(self, number: int) -> Expression | None:
        """What the setting of that number assigns."""
        return next(islice(self._initial(), number, None))[1]

    def unread(self) -> Global:
        """The same variable with a list packed. Raises RecursionError when that is too deep."""
        if not isinstance(self.init, InitList):
            return self
        return msgspec.structs.replace(self, held=Unread(pack(self.init), Uses(settings=self.settings)))

    def _initial(self) -> Iterator[tuple[Slot, Expression]]:
        return initial(getattr(self.ctype, "name", ""), self.symbol, self.init)


class EnumConstant(msgspec.Struct, frozen=True, eq=False):
    """An enumerator, with the expression it was written as (None when implicit)."""

    name: str
    value: int
    at: Location
    init: Expression | None = None


class Macro(msgspec.Struct, frozen=True):
    """A macro definition as tokens; ``names`` are the identifiers in its body, in order.

    ``value`` is its integer value where some use of it could be folded, else None.
    ``model`` when a model header, not the scanned tree, defines it.
    """

    name: str
    at: Location
    body: tuple[str, ...]
    function_like: bool = False
    value: int | None = None
    model: bool = False


class Binding(msgspec.Struct, frozen=True):
    """A function given to somebody who will call it.

    ``record.field`` for a member of a struct (``net_device_ops.ndo_start_xmit``), by initialiser or
    assignment; ``field[index]`` for an array (``MajorFunction[4]``, record is the array's owner or "");
    ``record`` = ``call:NAME`` and ``index`` = argument number when it is passed to a function.
    """

    record: str
    field: str
    function: str
    at: Location
    index: int | None = None


class Unused(msgspec.Struct, frozen=True, eq=False):
    """Static functions and variables of headers that nothing in the unit refers to."""

    functions: tuple[Function, ...] = ()
    globals: tuple[Global, ...] = ()


class Module(msgspec.Struct, frozen=True, eq=False, kw_only=True):
    """One translation unit: what its own files (not model headers) define.

    ``unused`` is empty when it was pruned; nothing but a name that leads there ever asks for it.
    """

    file: str
    platform: str
    functions: tuple[Function, ...] = ()
    globals: tuple[Global, ...] = ()
    enums: tuple[EnumConstant, ...] = ()
    records: tuple[Record, ...] = ()
    macros: tuple[Macro, ...] = ()
    bindings: tuple[Binding, ...] = ()
    coverage: tuple[Coverage, ...] = ()
    gaps: tuple[Gap, ...] = ()
    includes: tuple[str, ...] = ()
    unused: Unused = Unused()


def once(module: Module, seen: set[tuple[str, Location]]) -> Module:
    """The module without functions of headers that are ``seen`` already; those it has are added."""
    new = []
    for function in module.functions:
        if (function.symbol, function.at) not in seen:
            seen.add((function.symbol, function.at))
            new.append(function)
    return (
        module if len(new) == len(module.functions) else msgspec.structs.replace(module, functions=tuple(new))
    )


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
