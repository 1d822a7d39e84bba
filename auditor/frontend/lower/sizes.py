"""sizeof, alignof and offsetof: nodes come in, their bytes and what they measure go out."""

from __future__ import annotations

import re

from auditor.frontend.lower import kinds as k
from auditor.frontend.lower.context import Context
from auditor.frontend.lower.recovery import unknown
from auditor.frontend.lower.shape import parts_of
from auditor.frontend.lower.tree import Node
from auditor.ir import CType, Expression, IntType, RecordType
from auditor.ir import expressions as e
from auditor.ir.types import OpaqueType

_ARGUMENT = re.compile(r"\w+\s*\(((?:[^()]|\([^()]*\))*)\)")
_TAG_WORD = re.compile(r"\b(?:struct|union|class|enum|const|volatile)\b\s*")


def size_of(ctx: Context, node: Node) -> Expression:
    """``sizeof`` and ``alignof`` of a type or an expression."""
    at, macro, call = ctx.place(node)
    ctype = ctx.type_of(node)
    operands = parts_of(node)
    measured: CType | None
    if operands:
        of, measured = _operand_name(ctx, node, operands[0]), operands[0].ctype
    else:
        of, measured = _type_name(ctx, node)
    taint = measured.taint if isinstance(measured, RecordType) else ""
    if isinstance(measured, OpaqueType) and measured.name in ctx.unit.stubs.types:
        taint = f"{measured.name} is not defined in any header that was found"
    if isinstance(measured, RecordType):
        ctx.types.records.touch(measured.name)
    value = ctx.evaluate(node, ctype)
    return e.SizeOf(at=at, ctype=ctype, value=value, macro=macro, macro_call=call, taint=taint, of=of)


def _operand_name(ctx: Context, node: Node, operand: Expression) -> str:
    if isinstance(operand.ctype, (RecordType, IntType)) and operand.ctype.name:
        return operand.ctype.name
    return _argument(ctx, node)


def _type_name(ctx: Context, node: Node) -> tuple[str, CType | None]:
    """The written type and, when it is not a pointer or array of it, what it names."""
    written = _TAG_WORD.sub("", _argument(ctx, node)).strip()
    named = next((c for c in node.children if c.kind == k.TYPE_REF), None)
    if named is None:
        return written, None
    name = _TAG_WORD.sub("", ctx.lib.text(ctx.lib.getCursorSpelling(named.cursor))).strip()
    suffix = re.sub(r"^[\w\s]+", "", written)  # stars and bounds behind the name
    if suffix:
        return name + suffix, None
    return name, ctx.types.of_cursor(named.cursor)


def _argument(ctx: Context, node: Node) -> str:
    text = ctx.spelled_from(node.cursor)
    match = _ARGUMENT.match(text)
    return re.sub(r"\s+", " ", match[1] if match else text.partition(" ")[2]).strip()


def offset_of(ctx: Context, node: Node, ctype: IntType) -> Expression:
    """``offsetof``; other expressions without operands (``__func__`` is none of them) are not understood."""
    if not any(child.kind == k.MEMBER_REF for child in node.children):
        value = ctx.evaluate(node, ctype) if node.children else None
        return unknown(ctx, node, value=value)
    at, macro, call = ctx.place(node)
    value = ctx.evaluate(node, ctype)
    taint = ""
    for child in node.children:
        if child.kind == k.TYPE_REF and isinstance(measured := ctx.types.of_cursor(child.cursor), RecordType):
            taint = measured.taint
    return e.SizeOf(
        at=at, ctype=ctype, value=value, macro=macro, macro_call=call, taint=taint, of=_argument(ctx, node)
    )
