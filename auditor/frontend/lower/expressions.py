"""Expressions: nodes of clang's tree, their children already lowered, come in; IR expressions go out."""

from __future__ import annotations

from collections.abc import Callable

from auditor.frontend.lower import fold, literals
from auditor.frontend.lower import kinds as k
from auditor.frontend.lower.bindings import of_call, root_symbol
from auditor.frontend.lower.context import Context
from auditor.frontend.lower.operators import assign, binary, conditional, unary
from auditor.frontend.lower.recovery import recovered, unknown
from auditor.frontend.lower.shape import as_statement, parts_of
from auditor.frontend.lower.sizes import offset_of, size_of
from auditor.frontend.lower.tree import Node
from auditor.frontend.lower.types import FUNCTION, UNKNOWN
from auditor.ir import ArrayType, CType, Expression, IntType, PointerType
from auditor.ir import expressions as e
from auditor.ir.statements import Block
from auditor.ir.types import VOID

Handler = Callable[[Context, Node], Expression]


def _name(ctx: Context, node: Node) -> Expression:
    declared, ctype = ctx.names.used(node.cursor)
    if declared is None:
        return unknown(ctx, node)
    at, macro, call = ctx.place_of_use(node, declared.name)
    return e.Name(
        at=at, ctype=ctype, value=declared.value, macro=macro, macro_call=call, taint=declared.taint,
        name=declared.name, scope=declared.scope, symbol=declared.symbol,
    )  # fmt: skip


def _member(ctx: Context, node: Node) -> Expression:
    bases = parts_of(node)
    if not bases and not ctx.cplusplus:
        return unknown(ctx, node)
    at, macro, call = ctx.place_of_name(node)
    base = bases[0] if bases else literals.this(ctx, node)
    selected, ctype = ctx.names.member(node.cursor)
    arrow = isinstance(base.ctype, PointerType) or not bases
    record, offset = selected.record, selected.offset
    if isinstance(base, e.Member) and base.field == "":  # through an anonymous struct or union
        known = offset is not None and base.offset is not None
        offset = offset + base.offset if known else None  # type: ignore[operator]
        arrow, record, base = base.arrow, base.record, base.base
    return e.Member(
        at=at, ctype=ctype, macro=macro, macro_call=call, base=base, field=selected.name,
        arrow=arrow, record=record, offset=offset,
    )  # fmt: skip


def _call(ctx: Context, node: Node) -> Expression:
    parts = parts_of(node)
    if not parts or not _callable(parts[0]):
        return unknown(ctx, node)
    callee, arguments = parts[0], tuple(parts[1:])
    if isinstance(callee, e.Name) and callee.name == "__builtin_expect" and arguments:
        return _unconverted(arguments[0])
    at, macro, call = ctx.place(node)
    ctype = ctx.type_of(node)
    value = None
    if isinstance(callee, e.Name) and callee.name.startswith("__builtin_"):
        value = fold.call(callee.name, tuple(a.value for a in arguments))
        if value is None and callee.name in ("__builtin_constant_p", "__builtin_types_compatible_p"):
            value = ctx.evaluate(node, ctype)
    taint = next((a.taint for a in arguments if a.taint), "") if value is not None else ""
    made = e.Call(
        at=at,
        ctype=ctype,
        value=value,
        macro=macro,
        macro_call=call,
        taint=taint,
        callee=callee,
        args=arguments,
    )
    ctx.bindings += of_call(made)
    for argument in arguments:
        if isinstance(argument.ctype, ArrayType):
            ctx.assigned.add(root_symbol(argument))  # the callee gets the array itself
    return made


def _callable(callee: Expression) -> bool:
    ctype = callee.ctype
    if isinstance(ctype, PointerType):
        ctype = ctype.target
    return ctype in (FUNCTION, UNKNOWN) or (isinstance(callee, e.Name) and callee.scope == "function")


def _unconverted(operand: Expression) -> Expression:
    """Without the widening to long that __builtin_expect's prototype asks for."""
    return operand.operand if isinstance(operand, e.Cast) and operand.implicit else operand


def _subscript(ctx: Context, node: Node) -> Expression:
    parts = parts_of(node)
    if len(parts) != 2:
        return unknown(ctx, node)
    at, macro, call = ctx.place(node)
    array, index = parts
    if isinstance(array.ctype, IntType) and not isinstance(index.ctype, IntType):
        array, index = index, array  # 2[array]
    return e.Index(at=at, ctype=ctx.type_of(node), macro=macro, macro_call=call, base=array, index=index)


def _cast(ctx: Context, node: Node) -> Expression:
    parts = parts_of(node)
    if not parts:
        return unknown(ctx, node)
    at, macro, call = ctx.place(node)
    operand, ctype = parts[-1], ctx.type_of(node)
    value = None if ctype == VOID else fold.converted(operand.value, ctype)
    return e.Cast(
        at=at, ctype=ctype, value=value, macro=macro, macro_call=call, taint=operand.taint, operand=operand
    )


def _unexposed(ctx: Context, node: Node) -> Expression:
    """Implicit conversions, GNU's ``?:``, offsetof, and what clang recovered from broken code."""
    ctype = ctx.type_of(node)
    if len(parts := parts_of(node)) == 1 and ctype != UNKNOWN:
        return _converted(parts[0], ctype)
    if len(parts) == 4 and node.children[1].key == node.children[2].key:
        at, macro, call = ctx.place(node)
        return e.Conditional(
            at=at, ctype=ctype, macro=macro, macro_call=call, test=parts[0], then=None, otherwise=parts[3]
        )
    if not parts and isinstance(ctype, IntType):
        return offset_of(ctx, node, ctype)
    return recovered(ctx, node, parts, ctype)


def _converted(operand: Expression, ctype: CType) -> Expression:
    """An implicit conversion; one that changes neither width nor sign nor kind leaves no node."""
    before = operand.ctype
    if ctype is before or ctype == before or before == FUNCTION or isinstance(before, ArrayType):
        return operand
    if isinstance(operand, e.Name) and operand.scope == "function":  # one of the compiler's own
        return operand
    if isinstance(ctype, IntType) and isinstance(before, IntType):
        same = ctype.bits == before.bits and ctype.signed == before.signed
        if same and (ctype.name == "_Bool") == (before.name == "_Bool"):
            return operand
    value = fold.converted(operand.value, ctype)
    return e.Cast(
        at=operand.at, ctype=ctype, value=value, macro=operand.macro, taint=operand.taint, operand=operand,
        macro_call=operand.macro_call, implicit=True,
    )  # fmt: skip


def _paren(ctx: Context, node: Node) -> Expression:
    parts = parts_of(node)
    return parts[0] if parts else unknown(ctx, node)


def _compound_literal(ctx: Context, node: Node) -> Expression:
    parts = parts_of(node)
    return parts[-1] if parts else unknown(ctx, node)


def _statement_expression(ctx: Context, node: Node) -> Expression:
    body = as_statement(node.children[0]) if node.children else None
    if not isinstance(body, Block):
        return unknown(ctx, node)
    at, macro, call = ctx.place(node)
    return e.StatementExpr(at=at, ctype=ctx.type_of(node), macro=macro, macro_call=call, body=body)


def _generic(ctx: Context, node: Node) -> Expression:
    """_Generic and what else clang can fold but not show."""
    return unknown(ctx, node, value=ctx.evaluate(node, ctx.type_of(node)))


EXPRESSIONS: dict[int, Handler] = {
    k.UNEXPOSED: _unexposed, k.DECL_REF: _name, k.MEMBER: _member, k.CALL: _call, k.INTEGER: literals.integer,
    k.FLOAT: literals.floating, k.STRING: literals.string, k.CHARACTER: literals.character, k.PAREN: _paren,
    k.UNARY: unary, k.SUBSCRIPT: _subscript, k.BINARY: binary, k.COMPOUND_ASSIGN: assign,
    k.CONDITIONAL: conditional, k.CAST: _cast, k.COMPOUND_LITERAL: _compound_literal,
    k.STATEMENT_EXPR: _statement_expression, k.GENERIC: _generic, k.GNU_NULL: literals.null_pointer,
    k.CXX_BOOL: literals.boolean, k.CXX_NULLPTR: literals.null_pointer, k.CXX_THIS: literals.this,
    k.SIZEOF: size_of, **dict.fromkeys(k.CXX_CASTS, _cast),
}  # fmt: skip
"""What lowers each kind of expression; every other kind is Unknown. Lists have a module of their own."""
