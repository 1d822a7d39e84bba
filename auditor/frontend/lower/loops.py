"""Loops: while, do and for nodes come in, IR loops with absent parts as None go out.

clang leaves an absent part of ``for (init; test; step)`` out without a trace, so which parts there are
is read from the text between the semicolons.
"""

from __future__ import annotations

import re

from auditor.frontend.lower import kinds as k
from auditor.frontend.lower.context import Context
from auditor.frontend.lower.shape import as_expression, as_statement, as_statements, missing, source_parts
from auditor.frontend.lower.tree import Node
from auditor.ir import Statement
from auditor.ir import statements as s

_NOISE = re.compile(r'/\*.*?\*/|//[^\n]*|\\\n|"(?:\\.|[^"\\])*"|\'(?:\\.|[^\'\\])*\'', re.DOTALL)


def while_loop(ctx: Context, node: Node) -> list[Statement]:
    """``while (test) body``."""
    before, rest = source_parts(node, 2)
    at = ctx.at(node)
    test = as_expression(rest[0]) if len(rest) > 1 else None
    body = as_statement(rest[-1]) if rest else s.Block(at=at, body=())
    return [*before, s.Loop(at=at, kind="while", test=test or missing(at, ctx.source(node)), body=body)]


def do_loop(ctx: Context, node: Node) -> list[Statement]:
    """``do body while (test)``."""
    at = ctx.at(node)
    body = as_statement(node.children[0]) if node.children else s.Block(at=at, body=())
    test = as_expression(node.children[1]) if len(node.children) > 1 else None
    return [s.Loop(at=at, kind="do", test=test or missing(at, ctx.source(node)), body=body)]


def for_loop(ctx: Context, node: Node) -> list[Statement]:
    """``for (init; test; step) body``."""
    at = ctx.at(node)
    *parts, body = node.children or [node]
    present = _present(ctx, node, len(parts))
    slots: list[Node | None] = [parts.pop(0) if there and parts else None for there in present]
    init = _one(as_statements(slots[0])) if slots[0] else None
    test = as_expression(slots[1]) if slots[1] else None
    step = as_expression(slots[2]) if slots[2] else None
    if slots[1] and test is None:
        test = missing(at, ctx.source(node))
    inside = as_statement(body) if body is not node else s.Block(at=at, body=())
    return [s.Loop(at=at, kind="for", init=init, test=test, step=step, body=inside)]


def _one(statements: list[Statement]) -> Statement | None:
    if len(statements) < 2:
        return statements[0] if statements else None
    return s.Block(at=statements[0].at, body=tuple(statements))


def _present(ctx: Context, node: Node, count: int) -> tuple[bool, bool, bool]:
    """Which of the three parts of a for loop are there, given that ``count`` of them are."""
    if count == 3:
        return True, True, True
    written = _header(ctx.spelled_from(node.cursor))
    if written is not None and sum(written) == count:
        return written
    first = node.children[0].kind if count else 0
    if first == k.DECLARATION:
        return True, count > 1, False
    return (False, True, False) if count == 1 else (False, True, True)


def _header(text: str) -> tuple[bool, bool, bool] | None:
    """Which parts the text of a for loop spells; None when it cannot be read."""
    text = _NOISE.sub(lambda m: " " if m[0][0] in "/\\" else "x", text)
    start = text.find("(")
    if start < 0:
        return None
    parts: list[str] = []
    depth, part = 0, ""
    for character in text[start:]:
        depth += (character in "([{") - (character in ")]}")
        if depth == 0 or (depth == 1 and character == ";"):
            parts.append(part[1:] if not parts else part)
            part = ""
            if depth == 0:
                break
        else:
            part += character
    if len(parts) != 3:
        return None
    return bool(parts[0].strip()), bool(parts[1].strip()), bool(parts[2].strip())


def for_each(ctx: Context, node: Node) -> list[Statement]:
    """C++'s ``for (x : range) body``: any number of rounds."""
    at = ctx.at(node)
    body = as_statement(node.children[-1]) if node.children else s.Block(at=at, body=())
    return [s.Loop(at=at, kind="for", test=missing(at, "another element"), body=body)]
