"""Bindings: assignments, calls and initialisers come in, the functions they hand to somebody go out."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.ir import Binding, CType, Expression, RecordType
from auditor.ir import expressions as e
from auditor.model import Location


def of_assignment(target: Expression, source: Expression, at: Location) -> Iterator[Binding]:
    """A function stored in a member or in an array element of known index."""
    function = function_symbol(source)
    if not function:
        return
    index = None
    if isinstance(target, e.Index):
        index = target.index.value
        if index is None:
            return
        target = target.base
    if isinstance(target, e.Member):
        yield Binding(target.record, target.field, function, at, index)
    elif isinstance(target, e.Name) and index is not None:
        yield Binding("", target.name, function, at, index)


def of_call(call: e.Call) -> Iterator[Binding]:
    """Functions given to a call as arguments."""
    if isinstance(call.callee, e.Name):
        for number, argument in enumerate(call.args):
            if function := function_symbol(argument):
                yield Binding(f"call:{call.callee.name}", "", function, call.at, number)


def of_initialiser(owner: str, ctype: CType, source: Expression) -> Iterator[Binding]:
    """The functions that an initialiser puts into members and elements of a variable called ``owner``."""
    pending: list[tuple[CType, str, Expression]] = [(ctype, owner, source)]
    while pending:
        holder, label, expression = pending.pop()
        if not isinstance(expression, e.InitList):
            continue
        record = holder.name if isinstance(holder, RecordType) else ""
        for item in expression.items:
            inner = item.source
            if function := function_symbol(inner):
                yield Binding(record, item.field or label, function, inner.at, item.index)
            elif isinstance(inner, e.InitList):
                pending.append((inner.ctype, item.field or label, inner))


def function_symbol(expression: Expression) -> str:
    """The symbol of the function that ``expression`` names, casts and ``&`` aside; "" when none."""
    while isinstance(expression, (e.Cast, e.AddressOf)):
        expression = expression.operand
    return expression.symbol if isinstance(expression, e.Name) and expression.scope == "function" else ""


def root_symbol(expression: Expression) -> str:
    """The symbol of the variable that ``expression`` is, or is a part of; "" when none is."""
    node: object = expression
    while not isinstance(node, e.Name):
        node = getattr(node, "base", None) or getattr(node, "operand", None)
        if node is None:
            return ""
    return node.symbol
