"""One translation unit: everything that its own files define."""

from __future__ import annotations

import msgspec

from auditor.ir.definitions import EnumConstant, Function, Global
from auditor.ir.types import CType
from auditor.model import Coverage, Gap, Location


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
