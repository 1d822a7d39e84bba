"""A record of a driver in, C lines that fill it in and the switches among its fields out."""

from __future__ import annotations

import re
from collections.abc import Iterator

from auditor.ir import Field, IntType, PointerType, RecordType
from auditor.ir.types import ArrayType, CType, OpaqueType
from tests.oracle.spelling import Spelling, arguments

DEEPEST = 3
LONGEST_ARRAY = 8


class DriverState:
    """The state of one entry point's driver.

    ``slots`` are (lvalue, value when on, whether it is switched on its own): the settings to try. Fields in
    ``introduced`` hold the frame's length and are left alone; ``lower`` are records of devices to hand on to.
    """

    def __init__(self, spelling: Spelling, introduced: set[str], lower: frozenset[str]) -> None:
        self.spelling, self.introduced, self.lower = spelling, introduced, lower
        self.slots: list[tuple[str, str, bool]] = []

    def fill(self, path: str, record: str, depth: int = 0) -> Iterator[str]:
        """Lines that fill in what is empty in the record at ``path``; notes its switches."""
        known = self.spelling.records.get(record)
        for field in known.fields if known else ():
            if field.name not in self.introduced:
                yield from self._field(f"{path}{field.name}", field, depth)

    def _field(self, at: str, field: Field, depth: int) -> Iterator[str]:
        match field.ctype:
            case IntType() as ctype:
                yield from self._switch(at, field.name, ctype)
            case RecordType(name="_LIST_ENTRY"):
                yield f"if (!{at}.Flink) InitializeListHead(&{at});"
            case RecordType(name=name):
                yield from self.fill(f"{at}.", name, depth + 1)
            case PointerType(target=target):
                yield from self._pointer(at, target, depth)
            case ArrayType(element=PointerType(target=target), count=count):
                for i in range(min(count or 0, LONGEST_ARRAY)):
                    yield from self._pointer(f"{at}[{i}]", target, depth)

    def _pointer(self, at: str, target: CType, depth: int) -> Iterator[str]:
        if is_function(target):
            yield f"if (!{at}) *(void **)&{at} = {self._callback(at)};"
        elif isinstance(target, RecordType) and target.name in self.lower:
            yield f"*(void **)&{at} = oracle_lower();"
        elif depth < DEEPEST:
            yield f"if (!{at}) *(void **)&{at} = oracle_state(4096);"
            if isinstance(target, RecordType):
                yield from self.fill(f"{at}->", target.name, depth + 1)

    def _callback(self, at: str) -> str:
        """The stand-in for a function behind a pointer, with as many parameters as its declaration says."""
        name = re.split(r"->|\.", re.sub(r"\[\d+\]$", "", at))[-1]
        match = re.search(rf"\(\s*\*\s*{name}\s*\)\s*\(([^()]*)\)", self.spelling.whole)
        return f"oracle_callbacks[{arguments(match[1]) if match else 6}]"

    def _switch(self, at: str, name: str, ctype: IntType) -> Iterator[str]:
        if "mtu" in name.lower():
            yield f"if (!{at}) {at} = 1500;"
        elif ctype.bits == 8 or ctype.name == "_Bool":
            self.slots += [] if any(slot[0] == at for slot in self.slots) else [(at, "1", True)]
        elif ctype.bits <= 32 and at.count("->") == 1 and not self._is_index(name):
            self.slots.append((at, f"(__typeof__({at}))~0", False))

    def _is_index(self, name: str) -> bool:
        return re.search(rf"\[[^]\n]*->{name}\b[^]\n]*\]", self.spelling.whole) is not None

    def constructor(self, record: str) -> str:
        """A call of the driver's function that makes such a record, "" when there is none."""
        for function in self.spelling.module.functions:
            target = getattr(function.returns, "target", None)
            if isinstance(target, RecordType) and target.name == record:
                given = (self._given(p.name, p.ctype) for p in function.params)
                return f"{function.name}({', '.join(given)})"
        return ""

    def _given(self, name: str, ctype: CType) -> str:
        if isinstance(ctype, PointerType) and is_function(ctype.target):
            return self._callback(name)
        return "0" if isinstance(ctype, IntType) else "oracle_state(64)"


def is_function(ctype: CType) -> bool:
    """Whether a pointer to this type is a pointer to a function."""
    return isinstance(ctype, OpaqueType) and ctype.name == "function"
