"""Broken code: nodes clang recovered come in, members and calls read from the source text or Unknown go out.

clang keeps the operands of what it cannot type and drops the rest; a member's name, for one, stands
only in the text.
"""

from __future__ import annotations

import re

from auditor.frontend.lower.context import Context
from auditor.frontend.lower.shape import parts_of
from auditor.frontend.lower.tree import Node
from auditor.frontend.lower.types import FUNCTION, UNKNOWN
from auditor.ir import CType, Expression, PointerType, RecordType
from auditor.ir import expressions as e

_MEMBER = re.compile(r"(->|\.)\s*([A-Za-z_]\w*)\s*\)*\s*$")
_ONLY_MEMBER = re.compile(r"(->|\.)\s*([A-Za-z_]\w*)")


def unknown(ctx: Context, node: Node, value: int | None = None) -> Expression:
    """The node as source text with the parts that were understood."""
    at, macro, call = ctx.place(node)
    parts = tuple(parts_of(node))
    text = ctx.source(node)
    return e.Unknown(
        at=at, ctype=ctx.type_of(node), value=value, macro=macro, macro_call=call, text=text, parts=parts
    )


def recovered(ctx: Context, node: Node, parts: list[Expression], ctype: CType) -> Expression:
    """What can be made of a recovery node: a call, a member access, else Unknown."""
    if parts and isinstance(parts[0], e.Name) and parts[0].ctype == FUNCTION:
        at, macro, call = ctx.place(node)
        return e.Call(
            at=at, ctype=ctype, macro=macro, macro_call=call, callee=parts[0], args=tuple(parts[1:])
        )
    if len(parts) == 1 and (selected := _selected(ctx, node)):
        at, macro, call = ctx.place(node)
        arrow, field = selected[0] == "->", selected[1]
        base = parts[0]
        target = base.ctype.target if isinstance(base.ctype, PointerType) else base.ctype
        record = target.name if isinstance(target, RecordType) else ""
        taint = f"member {field} is not declared in any header that was found"
        return e.Member(
            at=at,
            ctype=UNKNOWN,
            macro=macro,
            macro_call=call,
            taint=taint,
            base=base,
            field=field,
            arrow=arrow,
            record=record,
        )
    return unknown(ctx, node)


def _selected(ctx: Context, node: Node) -> tuple[str, str] | None:
    """The operator and name of the member access that the node's text ends in."""
    match = _MEMBER.search(ctx.source(node))
    if match:
        return match[1], match[2]
    definition = ctx.spelling.of_use(ctx.extent(node).begin)
    if definition is not None:
        found = list(_ONLY_MEMBER.finditer(definition.body.decode("utf-8", "replace")))
        if len(found) == 1:
            return found[0][1], found[0][2]
    return None
