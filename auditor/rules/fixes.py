"""A suggested replacement for a minimum that counts a header too many."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.ir import Expression, Program
from auditor.ir import expressions as e
from auditor.model import Edit, Fix, Term
from auditor.policy import Bound

ETHERNET_HEADER = 14
"""Bytes every Ethernet frame has (IEEE 802.3 clause 3.2)."""


def replacement(program: Program, bound: Bound, term: Term | None) -> Iterator[Fix]:
    """The smallest change: ask for the Ethernet header only, where the comparison is of that form."""
    operand = _operand(bound)
    if operand is None or bound.kind != "minimum" or bound.shift:
        return
    text = _header_text(term, operand)
    yield Fix(f"ask only for the Ethernet header: {text}", (Edit(operand.at, text),))


def _operand(bound: Bound) -> Expression | None:
    """The constant side of a plain ``length < constant``; None when arithmetic stands on the other side."""
    expr = bound.fork.expr
    if not isinstance(expr, e.Binary) or expr.op not in ("<", "<=", ">", ">=") or bound.fork.constant is None:
        return None
    for side, other in ((expr.left, expr.right), (expr.right, expr.left)):
        if side.value is not None and other.value is None and not isinstance(_bare(other), e.Binary):
            inclusive = (expr.op in ("<=", ">")) == (side is expr.right)
            return None if inclusive else side
    return None


def _bare(expr: Expression) -> Expression:
    while isinstance(expr, e.Cast):
        expr = expr.operand
    return expr


def _header_text(term: Term | None, operand: Expression) -> str:
    """The name of the Ethernet header's size that the constant is made of, else the figure."""
    for leaf in term.walk() if term is not None else ():
        if leaf.value == ETHERNET_HEADER and leaf.layer == "L2":
            return leaf.text
    return str(ETHERNET_HEADER)
