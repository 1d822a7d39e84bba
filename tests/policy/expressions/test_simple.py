"""Which expressions have one value on every path and change nothing."""

from __future__ import annotations

from typing import Any

import pytest

from auditor.ir import Expression, PointerType
from auditor.ir import expressions as e
from auditor.ir.types import INT
from auditor.model import Location
from auditor.policy.expressions.simple import Simplicity


def of(kind: type[Expression], **fields: Any) -> Any:
    return kind(**{"at": Location("a.c", 1), "ctype": INT} | fields)


def binary(op: str, left: Expression, right: Expression) -> Expression:
    return of(e.Binary, op=op, left=left, right=right)


ONE = of(e.Literal, text="1", value=1)
N = of(e.Name, name="n", symbol="n#0", scope="local")
CALL = of(e.Call, callee=of(e.Name, name="f", symbol="f", scope="function"), args=())
SPLITS = of(e.Conditional, test=N, then=ONE, otherwise=N)

SIMPLE = {
    "a number": ONE,
    "a name": N,
    "a size": of(e.SizeOf, of="int", value=4),
    "a member": of(e.Member, base=N, field="len", arrow=True, record="skb"),
    "what a pointer points to": of(e.Deref, operand=N),
    "an address": of(e.AddressOf, operand=N, ctype=PointerType(INT)),
    "an element": of(e.Index, base=N, index=ONE),
    "a cast": of(e.Cast, operand=N),
    "a sign": of(e.Unary, op="-", operand=N),
    "a sum": binary("+", N, ONE),
    "bits": binary("&", N, binary("<<", ONE, N)),
    "what clang folded, whatever it is": of(e.Conditional, test=N, then=ONE, otherwise=N, value=7),
}
NOT_SIMPLE = {
    "a call": CALL,
    "a choice": SPLITS,
    "an assignment": of(e.Assign, op="=", target=N, source=ONE),
    "not": of(e.Unary, op="!", operand=N),
    **{op: binary(op, N, ONE) for op in ("<", ">", "<=", ">=", "==", "!=", "&&", "||", ",")},
    "a call in a sum": binary("+", ONE, CALL),
    "a call before a sum": binary("+", CALL, ONE),
    "a call in an index": of(e.Index, base=N, index=CALL),
    "an element of a call's result": of(e.Index, base=CALL, index=N),
    "a member of a call's result": of(e.Member, base=CALL, field="len", arrow=True, record="skb"),
    "a choice in a cast": of(e.Cast, operand=SPLITS),
}


@pytest.mark.parametrize("expr", SIMPLE.values(), ids=SIMPLE)
def test_simple(expr: Expression) -> None:
    assert Simplicity().simple(expr)


@pytest.mark.parametrize("expr", NOT_SIMPLE.values(), ids=NOT_SIMPLE)
def test_not_simple(expr: Expression) -> None:
    assert not Simplicity().simple(expr)


def test_each_expression_has_its_own_answer() -> None:
    asked = Simplicity()
    for _ in range(2):
        assert [asked.simple(expr) for expr in (N, CALL, ONE, SPLITS)] == [True, False, True, False]
