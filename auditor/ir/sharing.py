"""Modules and bodies come in as they were decoded; what they repeat is held once then.

Decoding makes the layouts and macros of a header anew for every source that includes it, and the types and
names of a body for every node that has them: these are half of its size.
"""

from __future__ import annotations

import msgspec

from auditor.ir.expressions import Expr, Name
from auditor.ir.module import Macro, Module, Record
from auditor.ir.statements import Block
from auditor.ir.types import CType
from auditor.ir.walk import walk


class Sharing:
    """Layouts, macros, types and names, each once; one serves all modules of a driver, or all bodies."""

    def __init__(self) -> None:
        self._records: dict[Record, Record] = {}
        self._macros: dict[Macro, Macro] = {}
        self._types: dict[CType, CType] = {}
        self._names: dict[str, str] = {}

    def shared(self, module: Module) -> Module:
        """The module with layouts and macros that equal earlier ones in place of its own."""
        return msgspec.structs.replace(
            module,
            records=tuple([self._records.setdefault(record, record) for record in module.records]),
            macros=tuple([self._macros.setdefault(macro, macro) for macro in module.macros]),
        )

    def share(self, body: Block) -> None:
        """Give the nodes of ``body`` types and names that equal theirs; they stay who they are."""
        exchange, name = msgspec.structs.force_setattr, self._names.setdefault
        for node in walk(body):
            exchange(node.at, "file", name(node.at.file, node.at.file))
            if isinstance(node, Expr):
                exchange(node, "ctype", self._types.setdefault(node.ctype, node.ctype))
            if isinstance(node, Name):
                for field in ("name", "symbol", "scope"):
                    held = getattr(node, field)
                    exchange(node, field, name(held, held))
