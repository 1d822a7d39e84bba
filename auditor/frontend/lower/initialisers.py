"""Initialisers: brace lists with their designators come in, InitLists with fields and indices go out.

clang shows the list as it is written, so fields that are not named are counted off the record's layout.
"""

from __future__ import annotations

from auditor.frontend.lower import kinds as k
from auditor.frontend.lower.context import Context
from auditor.frontend.lower.shape import as_expression
from auditor.frontend.lower.tree import Node
from auditor.frontend.lower.types import UNKNOWN
from auditor.ir import ArrayType, CType, Expression, RecordType
from auditor.ir import expressions as e

_RANGE_LIMIT = 64  # elements written out for [low ... high]
Designator = tuple[str, int | None, int | None]
"""A member's name, or an element's first and last index."""


def init_list(ctx: Context, node: Node) -> Expression:
    """``{ ... }``; its items' fields and indices are as written or counted."""
    at, macro, call = ctx.place(node)
    ctype = ctx.type_of(node)
    items: list[e.InitItem] = []
    designated = [_is_designated(ctx, child) for child in node.children]
    fields = _field_names(ctx, ctype, counted=not all(designated))
    position = 0
    for child, written in zip(node.children, designated, strict=True):
        chain, source = _designated(ctx, child) if written else ([], as_expression(child))
        if source is None:
            continue
        if not chain:
            name = fields[position] if position < len(fields) else ""
            index = position if isinstance(ctype, ArrayType) else None
            items.append(e.InitItem(source=source, field=name, index=index))
            position += 1
            continue
        name, low, high = chain[0]
        inner = _nested(ctx, chain[1:], source)
        if low is None:
            items.append(e.InitItem(source=inner, field=name))
            position = fields.index(name) + 1 if name in fields else len(fields)
        else:
            last = min(high if high is not None else low, low + _RANGE_LIMIT)
            items += [e.InitItem(source=inner, index=i) for i in range(low, last + 1)]
            position = last + 1
    return e.InitList(at=at, ctype=ctype, macro=macro, macro_call=call, items=tuple(items))


def _field_names(ctx: Context, ctype: CType, *, counted: bool) -> tuple[str, ...]:
    if not isinstance(ctype, RecordType):
        return ()
    ctx.types.records.touch(ctype.name)
    return ctx.types.records.fields_of(ctype.name) if counted else ()


def _is_designated(ctx: Context, node: Node) -> bool:
    return (
        node.kind == k.UNEXPOSED and bool(node.children) and ctx.lib.getCursorType(node.cursor).kind == k.VOID
    )


def _designated(ctx: Context, node: Node) -> tuple[list[Designator], Expression | None]:
    """The designators before an initialiser, and the initialiser."""
    *before, last = node.children
    source = as_expression(last)
    chain: list[Designator] = []
    spans = "..." in ctx.source(node).partition("=")[0]
    while before:
        part = before.pop(0)
        if part.kind == k.MEMBER_REF:
            chain.append((ctx.lib.text(ctx.lib.getCursorSpelling(part.cursor)), None, None))
        elif isinstance(part.out, e.Expr) and part.out.value is not None:
            high = before.pop(0).out.value if spans and before else None
            chain.append(("", part.out.value, high))
    return chain, source


def _nested(ctx: Context, chain: list[Designator], source: Expression) -> Expression:
    """``.a.b = x`` as ``.a = { .b = x }``."""
    for name, low, _ in reversed(chain):
        item = e.InitItem(source=source, field=name, index=low)
        source = e.InitList(at=source.at, ctype=UNKNOWN, items=(item,))
    return source
