"""Choices that the compiler makes: their operands come in as clang shows them, which are left out goes out.

C gives the whole the value of the chosen operand, and evaluates no other. Of ``__builtin_choose_expr`` the
chosen operand alone is code: masks turned into bit numbers nest five such choices, two operands each. Of
``?:`` all three are code, and say where a limit comes from: ``A > B ? A : B``. So it stays whole unless the
body of a macro that takes arguments makes it LARGE and tests nothing but numbers. Macros that set fields of
registers do: they compare each field's bits with each word's, and most of their nodes are never evaluated.
"""

from __future__ import annotations

import re

from auditor.frontend.libclang import Cursor
from auditor.frontend.lower import kinds as k
from auditor.frontend.lower.context import Context
from auditor.frontend.lower.names import evaluated
from auditor.frontend.lower.tree import LeaveOut, Node, kinds_below, operands_of
from auditor.frontend.positions import IN_MACRO, Spot
from auditor.ir import IntType

LARGE = 48
"""Nodes below a ``?:`` that nobody reads as it is written; ``max(A, B)`` of four numbers each has 33."""

_LONGEST_TEST = 1024
_NAME = "__builtin_choose_expr"
_NUMBERS = frozenset({k.INTEGER, k.CHARACTER, k.PAREN, k.UNARY, k.BINARY, k.CONDITIONAL, k.CAST, k.UNEXPOSED})
"""What a test of numbers consists of: no name, size or type, which may not be what the headers say."""
_COMPARISON = re.compile(rb"[<>=!]=|(?<!<)<(?!<)|(?<![->])>(?!>)")
_Keys = frozenset[int | None]
_NONE: _Keys = frozenset()


class Choices:
    """The choices below one cursor."""

    def __init__(self, ctx: Context) -> None:
        self._ctx = ctx
        self._left: dict[int | None, _Keys] = {}
        self._compares: dict[Spot, bool] = {}

    def by_kind(self) -> dict[int, LeaveOut]:
        """What is asked about the children of which nodes."""
        kinds = [k.UNEXPOSED] * self._ctx.chooses + [k.CONDITIONAL] * self._ctx.prune
        return dict.fromkeys(kinds, self._leave_out)

    def _leave_out(self, parent: Node, operand: Cursor) -> bool:
        """Whether ``operand``, the next child of ``parent``, is the test or what was not chosen."""
        left = self._left.get(parent.key)
        if left is None:
            left = self._left[parent.key] = self._of(parent, operand)
        return operand.d1 in left

    def _of(self, parent: Node, first: Cursor) -> _Keys:
        """The keys of the operands of ``parent`` to leave out; none when it is no such choice."""
        if parent.kind == k.UNEXPOSED and not self._is_built_in(parent, first):
            return _NONE
        operands = operands_of(self._ctx.lib, parent.cursor)
        if len(operands) != 3 or (parent.kind == k.CONDITIONAL and not self._is_large(parent, operands)):
            return _NONE
        value = self._value(operands[0])
        if value is None:
            return _NONE
        del operands[1 if value else 2]
        return frozenset(operand.d1 for operand in operands)

    def _is_built_in(self, parent: Node, test: Cursor) -> bool:
        ctx = self._ctx
        begin = ctx.extent(parent).begin
        if ctx.lib.getCursorExtent(test).begin == begin:
            return False  # a conversion of the choice
        text, offset = ctx.positions.spelled(begin)
        return text.token(offset) == _NAME

    def _is_large(self, parent: Node, operands: list[Cursor]) -> bool:
        """Whether ``?:`` is such a macro's, large, and tests numbers only.

        Not when the macro is given a comparison: those that the file's text holds are looked for in its code.
        """
        ctx, lib = self._ctx, self._ctx.lib
        if ctx.extent(parent).begin < IN_MACRO:
            return False
        test, *others = operands
        tested = kinds_below(lib, test, _LONGEST_TEST)
        if len(tested) == _LONGEST_TEST or not _NUMBERS.issuperset(tested):
            return False
        nodes = len(tested)
        for other in others:
            nodes += len(kinds_below(lib, other, LARGE - nodes)) if nodes < LARGE else 0
        if nodes < LARGE:
            return False
        macro = ctx.spelling.between(lib.getCursorExtent(test), lib.getCursorExtent(others[0]), "?")
        calls = macro is not None and macro.parameters is not None
        return calls and not self._is_given_comparison(parent)

    def _is_given_comparison(self, parent: Node) -> bool:
        """Whether the reader sees a comparison in the use of macros that ``parent`` comes from."""
        use = self._ctx.positions.use(self._ctx.extent(parent).begin)
        known = self._compares.get(use)
        if known is None:
            text, begin = use
            written = text.data[begin : text.behind_use(begin)]
            known = self._compares[use] = _COMPARISON.search(written) is not None
        return known

    def _value(self, test: Cursor) -> int | None:
        is_number = isinstance(self._ctx.types.of_cursor(test), IntType)
        return evaluated(self._ctx.lib, test) if is_number else None
