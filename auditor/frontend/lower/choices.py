"""``__builtin_choose_expr``: its operands come in as clang shows them, which of them are no code goes out.

C gives the whole the value and type of the chosen operand, and evaluates no other. Masks turned into bit
numbers nest five such choices, two operands each: all that is not chosen is most of a unit's syntax tree.
"""

from __future__ import annotations

from auditor.frontend.libclang import Cursor
from auditor.frontend.lower.context import Context
from auditor.frontend.lower.names import evaluated
from auditor.frontend.lower.tree import Node
from auditor.ir import IntType

_NAME = "__builtin_choose_expr"
_FIRST, _SECOND = (True, False, True), (True, True, False)  # test, operand, operand: left out?


class Choices:
    """The choices below one cursor."""

    def __init__(self, ctx: Context) -> None:
        self._ctx = ctx
        self._left: dict[int | None, list[bool]] = {}

    def leave_out(self, parent: Node, operand: Cursor) -> bool:
        """Whether ``operand``, the next child of ``parent``, is the test or what was not chosen."""
        if parent.key not in self._left:
            self._left[parent.key] = self._of(parent, operand)
        left = self._left[parent.key]
        return bool(left) and left.pop(0)

    def _of(self, parent: Node, test: Cursor) -> list[bool]:
        """For each operand, whether to leave it out; nothing when ``parent`` chooses nothing."""
        ctx = self._ctx
        begin = ctx.extent(parent).begin
        if ctx.lib.getCursorExtent(test).begin == begin:
            return []  # a conversion of the choice
        text, offset = ctx.positions.spelled(begin)
        if text.token(offset) != _NAME or not isinstance(ctx.types.of_cursor(test), IntType):
            return []
        value = evaluated(ctx.lib, test)
        return [] if value is None else list(_FIRST if value else _SECOND)
