"""Which expressions are simple: they have one value on every path, and evaluating them changes nothing."""

from __future__ import annotations

from auditor.ir import RELATIONAL, Expression
from auditor.ir import expressions as e


class Simplicity:
    """Answers, kept by the expression's id: expressions outlive a run, and each is asked about often."""

    def __init__(self) -> None:
        self._simple: dict[int, bool] = {}

    def simple(self, expr: Expression) -> bool:
        """Whether evaluating ``expr`` neither splits the path nor changes it."""
        known = self._simple.get(id(expr))
        if known is None:
            known = self._simple[id(expr)] = self._is_simple(expr)
        return known

    def _is_simple(self, expr: Expression) -> bool:
        if expr.value is not None:
            return True
        match expr:
            case e.Name() | e.Literal() | e.Text() | e.SizeOf():
                return True
            case (
                e.Member(base=inner)
                | e.Deref(operand=inner)
                | e.AddressOf(operand=inner)
                | e.Cast(operand=inner)
            ):
                return self.simple(inner)
            case e.Index(base=base, index=index):
                return self.simple(base) and self.simple(index)
            case e.Unary(op=op, operand=inner):
                return op != "!" and self.simple(inner)
            case e.Binary(op=op, left=left, right=right):
                return (
                    op not in RELATIONAL
                    and op not in ("&&", "||", ",")
                    and self.simple(left)
                    and self.simple(right)
                )
            case _:
                return False
