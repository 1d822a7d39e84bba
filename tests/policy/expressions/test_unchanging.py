"""What never changes while the program runs: constants, and what is set to one constant only."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from auditor.ir import ArrayType, CType, Global, IntType, RecordType
from auditor.ir import expressions as e
from auditor.ir.types import INT
from auditor.model import Location
from auditor.policy.expressions.unchanging import constant_at, settled
from auditor.policy.numbers.values import Function, Int, Pointer, Region, Sym, Value

AT = Location("a.c", 1)
SHORT = IntType(16, False)


def number(value: int) -> e.Literal:
    return e.Literal(at=AT, ctype=INT, value=value, text=str(value))


def function(name: str) -> e.Name:
    return e.Name(at=AT, ctype=INT, name=name, scope="function", symbol=f"a.c::{name}")


def listed(*items: e.InitItem) -> e.InitList:
    return e.InitList(at=AT, ctype=INT, items=items)


def variable(init: Any, ctype: CType = INT, const: bool = True) -> Global:
    return Global("g", "g", ctype, AT, init, const)


SIZES = listed(e.InitItem(number(14), index=0), e.InitItem(number(34), index=2))
UNKNOWN = e.Name(at=AT, ctype=INT, name="n", scope="global", symbol="n")
OPS = listed(
    e.InitItem(number(60), field="least"),
    e.InitItem(function("send"), field="send"),
    e.InitItem(e.AddressOf(at=AT, ctype=INT, operand=function("receive")), field="receive"),
    e.InitItem(UNKNOWN, field="most"),
    e.InitItem(number(9), field="without a layout"),
)
GLOBALS = {
    "least": variable(number(34)),
    "changing": variable(number(34), const=False),
    "elsewhere": variable(None),
    "sizes": variable(SIZES, ArrayType(SHORT, 4)),
    "ops": variable(OPS, RecordType("ops", 32)),
    "unknown": variable(UNKNOWN),
}
OFFSETS = {("ops", "least"): 0, ("ops", "send"): 8, ("ops", "receive"): 16, ("ops", "most"): 24}
MEMORY: Any = SimpleNamespace(
    globals=GLOBALS,
    offset_in=lambda record, field: OFFSETS.get((record, field)),
    settled={("port", "least"): number(60)}.get,
)

CONSTANTS: dict[str, tuple[str, int | None, CType, Value | None]] = {
    "a constant": ("least", 0, INT, Int(34)),
    "behind a constant": ("least", 4, INT, None),
    "a variable": ("changing", 0, INT, None),
    "a constant of another file": ("elsewhere", 0, INT, None),
    "no global": ("none", 0, INT, None),
    "a constant that nobody knows": ("unknown", 0, INT, None),
    "an element": ("sizes", 0, SHORT, Int(14)),
    "a later element": ("sizes", 4, SHORT, Int(34)),
    "an element of another size": ("sizes", 8, INT, Int(34)),
    "between elements": ("sizes", 3, SHORT, None),
    "an element that is not said": ("sizes", 2, SHORT, None),
    "somewhere": ("sizes", None, SHORT, None),
    "some member": ("ops", None, INT, None),
    "a member": ("ops", 0, INT, Int(60)),
    "a function": ("ops", 8, INT, Function("a.c::send")),
    "a function's address": ("ops", 16, INT, Function("a.c::receive")),
    "a member that nobody knows": ("ops", 24, INT, None),
}


@pytest.mark.parametrize(("name", "offset", "ctype", "expected"), CONSTANTS.values(), ids=CONSTANTS)
def test_constants(name: str, offset: int | None, ctype: CType, expected: Value | None) -> None:
    found = constant_at(MEMORY, Pointer(Region("global", name), offset), ctype)
    assert (Int(found.value) if isinstance(found, Int) else found) == expected


def test_a_constant_remembers_where_it_stands() -> None:
    found = constant_at(MEMORY, Pointer(Region("global", "sizes"), 4), SHORT)
    assert isinstance(found, Int)
    assert found.source is SIZES.items[1].source


def test_a_member_without_a_layout_is_no_constant() -> None:
    assert constant_at(MEMORY, Pointer(Region("global", "least"), 0, "member"), INT) is None


READ = Sym("port->least", "mode")


@pytest.mark.parametrize(
    ("read", "slot", "expected"),
    [(READ, ("port", "least"), Int(60)), (READ, ("port", "most"), READ),
     (Sym("n", "fresh"), ("port", "least"), Sym("n", "fresh")), (Int(7), ("port", "least"), Int(7))],
    ids=["set to one", "set to several", "no state of the driver", "known"],
)  # fmt: skip
def test_what_is_set_to_one_constant(read: Value, slot: tuple[str, str], expected: Value) -> None:
    found = settled(MEMORY, read, slot)
    assert (Int(found.value) if isinstance(found, Int) else found) == expected
