"""Tables of numbers: a file-scope variable's list and its next row come in, whether to leave it out goes out.

Firmware, register settings and calibration come as arrays of thousands of rows, each nothing but numbers as
they are written. What a frame meets does not depend on them one by one: the first rows show what they are.
"""

from __future__ import annotations

import re

from auditor.frontend.libclang import Cursor
from auditor.frontend.lower.context import Context
from auditor.frontend.lower.tree import Node
from auditor.frontend.positions import IN_MACRO
from auditor.ir import ArrayType

KEPT = 64
"""Numbers of an array that are lowered in any case: what code names by a constant stands among the first."""

FEWEST = 8
"""Rows that are lowered however many numbers they hold."""

_SILENT = re.compile(
    rb"""/\*.*?\*/ | //[^\n]* | ^[ \t]*\#[ \t]*(?:if|else|elif|endif)[^\n]*
    | "(?:\\.|[^"\\\n])*" | '(?:\\.[^'\n]{0,8}|[^'\\\n])'
    | \.\s*[A-Za-z_]\w*(?=\s*[=.\[]) | \[[^\[\]{};"']*\](?=\s*[=.\[])""",
    re.DOTALL | re.MULTILINE | re.VERBOSE,
)
"""What of a row is neither a number nor more: comments, texts, and which member or element is meant."""
_TELLING = re.compile(rb"\b[A-Za-z_]|[0-9)]\s*[-+=]|[^\w\s{}(),.=~+-]")
"""A name (a macro's, a function's, an enumerator's), two numbers operated on, or what else is no number."""


class Rows:
    """The lists of one variable. A row left out is unknown, as an element of another file's array."""

    def __init__(self, ctx: Context) -> None:
        self._ctx = ctx
        self._numbers: dict[int | None, bool] = {}

    def leave_out(self, parent: Node, row: Cursor) -> bool:
        """Whether the array ``parent`` has KEPT numbers, and nothing else stands from ``row`` on."""
        rows = len(parent.children)
        if rows < FEWEST or rows * max(1, len(parent.children[0].children)) < KEPT:
            return False
        known = self._numbers.get(parent.key)
        if known is None:
            known = self._numbers[parent.key] = self._are_numbers(parent, row)
        return known

    def _are_numbers(self, parent: Node, row: Cursor) -> bool:
        """Whether the file's text from ``row`` to the end of its list holds numbers alone."""
        ctx = self._ctx
        begin, end = ctx.lib.getCursorExtent(row).begin, ctx.extent(parent).end
        if begin >= IN_MACRO or end >= IN_MACRO or not isinstance(ctx.type_of(parent), ArrayType):
            return False
        (text, first), (same, last) = ctx.positions.spot(begin), ctx.positions.spot(end)
        return same is text and not _TELLING.search(_SILENT.sub(b" ", text.data[first:last]))
