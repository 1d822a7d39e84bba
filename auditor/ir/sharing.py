"""Modules come in as they were decoded, the same modules go out, with what a header gives to each held once.

Decoding makes the layouts and macros of a header anew for every source that includes it.
"""

from __future__ import annotations

import msgspec

from auditor.ir.module import Macro, Module, Record


class Sharing:
    """Layouts and macros, each once; one serves all modules of a driver."""

    def __init__(self) -> None:
        self._records: dict[Record, Record] = {}
        self._macros: dict[Macro, Macro] = {}

    def shared(self, module: Module) -> Module:
        """The module with layouts and macros that equal earlier ones in place of its own."""
        return msgspec.structs.replace(
            module,
            records=tuple([self._records.setdefault(record, record) for record in module.records]),
            macros=tuple([self._macros.setdefault(macro, macro) for macro in module.macros]),
        )
