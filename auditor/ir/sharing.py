"""Modules come in as they were decoded, the same modules go out, with what is equal in them held once.

Decoding makes every place, type and name anew wherever it stands, and these are most of a driver's memory.
"""

from __future__ import annotations

from typing import Any

from msgspec.structs import astuple, force_setattr

from auditor.ir.program import Module

_PLAIN = (str, bytes, tuple)  # values without fields
_SMALL = 257  # Python holds numbers below once itself


class Sharing:
    """Names, numbers, types, places and layouts, each once; one serves all modules of a driver.

    Expressions, statements and functions compare by identity: they stay, their parts are shared.
    """

    def __init__(self) -> None:
        self._values: dict[Any, Any] = {}
        self._numbers: dict[int, int] = {}  # apart, because 1 equals True
        self._is_value: dict[type, bool] = dict.fromkeys(_PLAIN, True)

    def share(self, module: Module) -> None:
        """Replace what is equal in ``module``, which nobody else may hold yet."""
        pending: list[Any] = [module]
        values, numbers, is_value = self._values, self._numbers, self._is_value
        while pending:
            node = pending.pop()
            for number, part in enumerate(astuple(node)):
                if not part or part is True:
                    continue
                kind = type(part)
                kept: Any
                if kind is tuple:
                    kept = self._shared(part, pending)
                elif kind is int:
                    kept = part if part < _SMALL else numbers.setdefault(part, part)
                elif is_value.get(kind) or self._compares_by_value(kind):
                    kept = values.setdefault(part, part)
                    if kept is part and kind not in _PLAIN:
                        pending.append(part)
                else:
                    pending.append(part)
                    continue
                if kept is not part:
                    force_setattr(node, node.__struct_fields__[number], kept)

    def _shared(self, parts: tuple[Any, ...], pending: list[Any]) -> tuple[Any, ...]:
        """A tuple of nodes as it is, one of values with these shared."""
        if not self._compares_by_value(type(parts[0])):
            pending += parts
            return parts
        pending += [part for part in parts if type(part) not in _PLAIN and part not in self._values]
        return tuple([self._values.setdefault(part, part) for part in parts])

    def _compares_by_value(self, kind: type) -> bool:
        known = self._is_value.get(kind)
        if known is None:
            known = self._is_value[kind] = kind.__struct_config__.eq  # type: ignore[attr-defined]
        return known
