"""Literals: tokens of C come in, IR literals with their values go out."""

from __future__ import annotations

from auditor.frontend.lower import fold
from auditor.frontend.lower.context import Context
from auditor.frontend.lower.tree import Node
from auditor.ir import Expression, PointerType
from auditor.ir import expressions as e
from auditor.ir.types import VOID


def integer(ctx: Context, node: Node) -> Expression:
    """An integer literal; ``text`` is its spelling."""
    at, macro, call, text = ctx.place_and_token(node)
    ctype = ctx.type_of(node)
    value = fold.literal(text)
    if value is None:
        value = ctx.evaluate(node, ctype)
    return e.Literal(at=at, ctype=ctype, value=value, macro=macro, macro_call=call, text=text)


def character(ctx: Context, node: Node) -> Expression:
    """A character literal."""
    at, macro, call = ctx.place(node)
    ctype = ctx.type_of(node)
    return e.Literal(
        at=at,
        ctype=ctype,
        value=ctx.evaluate(node, ctype),
        macro=macro,
        macro_call=call,
        text=ctx.source(node),
    )


def floating(ctx: Context, node: Node) -> Expression:
    """A floating literal, without a value."""
    at, macro, call, text = ctx.place_and_token(node)
    return e.Literal(at=at, ctype=ctx.type_of(node), macro=macro, macro_call=call, text=text)


def boolean(ctx: Context, node: Node) -> Expression:
    """C++'s ``true`` and ``false``."""
    at, macro, call, text = ctx.place_and_token(node)
    return e.Literal(
        at=at, ctype=ctx.type_of(node), value=int(text == "true"), macro=macro, macro_call=call, text=text
    )


def null_pointer(ctx: Context, node: Node) -> Expression:
    """C++'s ``nullptr``, GNU's ``__null``."""
    at, macro, call = ctx.place(node)
    return e.Literal(at=at, ctype=PointerType(VOID), value=0, macro=macro, macro_call=call, text="nullptr")


def this(ctx: Context, node: Node) -> Expression:
    """C++'s ``this``, as a parameter."""
    at, macro, call = ctx.place(node)
    return e.Name(
        at=at,
        ctype=ctx.type_of(node),
        macro=macro,
        macro_call=call,
        name="this",
        scope="param",
        symbol="this",
    )


def string(ctx: Context, node: Node) -> Expression:
    """A string literal; ``text`` is what stands between the quotes."""
    at, macro, call = ctx.place(node)
    text = ctx.lib.text(ctx.lib.getCursorSpelling(node.cursor))
    return e.Text(
        at=at,
        ctype=ctx.type_of(node),
        macro=macro,
        macro_call=call,
        text=text.split('"', 1)[-1].removesuffix('"'),
    )
