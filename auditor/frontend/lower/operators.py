"""Operators: unary, binary, assignment and conditional nodes come in, IR expressions with values go out."""

from __future__ import annotations

from auditor.frontend.lower import fold
from auditor.frontend.lower import kinds as k
from auditor.frontend.lower.bindings import of_assignment, root_symbol
from auditor.frontend.lower.context import Context
from auditor.frontend.lower.recovery import unknown
from auditor.frontend.lower.shape import parts_of
from auditor.frontend.lower.tree import Node
from auditor.ir import RELATIONAL, Expression
from auditor.ir import expressions as e
from auditor.ir.types import INT, CType, OpaqueType

ASSIGNMENTS = frozenset({"=", "*=", "/=", "%=", "+=", "-=", "<<=", ">>=", "&=", "^=", "|="})


def binary(ctx: Context, node: Node) -> Expression:
    """Arithmetic, relational, logical and comma operators; assignments go to ``assign``."""
    op = k.BINARY_OPERATORS.get(ctx.lib.getCursorBinaryOperatorKind(node.cursor))
    children = parts_of(node)
    if op is None or len(children) != 2:
        return unknown(ctx, node)
    if op in ASSIGNMENTS:
        return assign(ctx, node)
    left, right = children
    at, macro, call = ctx.place_between(node, op)
    ctype = _known(ctx.type_of(node), op)
    value = fold.binary(op, left.value, right.value, ctype)
    if op in RELATIONAL and macro is None:
        ctx.note_relation(node, left, right)
    taint = (left.taint or right.taint) if value is not None or op in RELATIONAL else ""
    return e.Binary(
        at=at,
        ctype=ctype,
        value=value,
        macro=macro,
        macro_call=call,
        taint=taint,
        op=op,
        left=left,
        right=right,
    )


def _known(ctype: CType, op: str) -> CType:
    """Relations are int whatever clang could not know about their operands."""
    return INT if isinstance(ctype, OpaqueType) and op in RELATIONAL | {"&&", "||"} else ctype


def assign(ctx: Context, node: Node) -> Expression:
    """``target = source`` and the compound assignments."""
    op = k.BINARY_OPERATORS.get(ctx.lib.getCursorBinaryOperatorKind(node.cursor))
    children = parts_of(node)
    if op not in ASSIGNMENTS or len(children) != 2:
        return unknown(ctx, node)
    at, macro, call = ctx.place_between(node, op)
    target, source = children
    ctx.assigned.add(root_symbol(target))
    ctx.bindings += of_assignment(target, source, at)
    return e.Assign(
        at=at, ctype=ctx.type_of(node), macro=macro, macro_call=call, op=op, target=target, source=source
    )


def unary(ctx: Context, node: Node) -> Expression:
    """``&``, ``*``, ``-``, ``+``, ``~``, ``!``, ``++``, ``--`` and ``__extension__``."""
    number = ctx.lib.getCursorUnaryOperatorKind(node.cursor)
    children = parts_of(node)
    if len(children) != 1:
        return unknown(ctx, node)
    operand = children[0]
    if number == k.EXTENSION:
        return operand
    at, macro, call = ctx.place(node)
    ctype = ctx.type_of(node)
    if number in k.STEPS:
        sign, prefix = k.STEPS[number]
        ctx.assigned.add(root_symbol(operand))
        return e.Step(
            at=at, ctype=ctype, macro=macro, macro_call=call, op=sign, prefix=prefix, operand=operand
        )
    op = k.UNARY_OPERATORS.get(number)
    if op == "*":
        return e.Deref(at=at, ctype=ctype, macro=macro, macro_call=call, operand=operand)
    if op == "&":
        ctx.assigned.add(root_symbol(operand))
        return e.AddressOf(at=at, ctype=ctype, macro=macro, macro_call=call, operand=operand)
    if op is None:
        return unknown(ctx, node)
    value = fold.unary(op, operand.value, ctype)
    return e.Unary(
        at=at,
        ctype=ctype,
        value=value,
        macro=macro,
        macro_call=call,
        taint=operand.taint,
        op=op,
        operand=operand,
    )


def conditional(ctx: Context, node: Node) -> Expression:
    """``test ? then : otherwise``; the chosen operand alone where the others were left out."""
    children = parts_of(node)
    if len(children) == 1 and len(node.children) == 1:
        return children[0]
    if len(children) != 3:
        return unknown(ctx, node)
    test, then, otherwise = children
    at, macro, call = ctx.place_between(node, "?")
    value = None
    taint = test.taint
    if test.value is not None:
        chosen = then if test.value else otherwise
        value, taint = chosen.value, taint or chosen.taint
    return e.Conditional(
        at=at,
        ctype=ctx.type_of(node),
        value=value,
        macro=macro,
        macro_call=call,
        taint=taint,
        test=test,
        then=then,
        otherwise=otherwise,
    )
