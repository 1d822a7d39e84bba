"""Statements of the IR. Nodes compare by identity."""

from __future__ import annotations

import msgspec

from auditor.ir.types import CType
from auditor.model import Location


class Stmt(msgspec.Struct, frozen=True, eq=False, kw_only=True, array_like=True):
    """What all statements share."""

    at: Location

    def __str__(self) -> str:
        from auditor.ir.printer import show_statement  # the printer knows every class of this module

        return show_statement(self)  # type: ignore[arg-type]


class Block(Stmt, frozen=True, eq=False, tag="block"):
    """``{ ... }``."""

    body: tuple[Statement, ...]


class Evaluate(Stmt, frozen=True, eq=False, tag="evaluate"):
    """An expression statement."""

    expr: Expression


class Declare(Stmt, frozen=True, eq=False, tag="declare"):
    """A local variable; ``symbol`` is the one its uses carry. ``static`` locals keep their value."""

    name: str
    symbol: str
    ctype: CType
    init: Expression | None = None
    static: bool = False


class If(Stmt, frozen=True, eq=False, tag="if"):
    """``if (test) then else otherwise``."""

    test: Expression
    then: Statement
    otherwise: Statement | None = None


class Loop(Stmt, frozen=True, eq=False, tag="loop"):
    """while (``kind`` while), do (``do``) and for (``for``) loops; absent parts are None.

    ``init`` of a for loop is a statement (a Declare, a Block of Declares, or an Evaluate).
    """

    kind: str
    body: Statement
    test: Expression | None = None
    init: Statement | None = None
    step: Expression | None = None


class Switch(Stmt, frozen=True, eq=False, tag="switch"):
    """``switch (subject) body``; Case and Default stand inside ``body``."""

    subject: Expression
    body: Statement


class Case(Stmt, frozen=True, eq=False, tag="case"):
    """``case low:`` or GNU ``case low ... high:``, a label only: its statement follows in the Block."""

    low: Expression
    high: Expression | None = None


class Default(Stmt, frozen=True, eq=False, tag="default"):
    """``default:``, a label only."""


class Label(Stmt, frozen=True, eq=False, tag="label"):
    """``name:``, a label only: the labelled statement follows it in the Block."""

    name: str


class Goto(Stmt, frozen=True, eq=False, tag="goto"):
    """``goto label`` (``label`` is empty for a computed goto)."""

    label: str


class Break(Stmt, frozen=True, eq=False, tag="break"):
    """``break``."""


class Continue(Stmt, frozen=True, eq=False, tag="continue"):
    """``continue``."""


class Return(Stmt, frozen=True, eq=False, tag="return"):
    """``return expr``; None for a plain return."""

    expr: Expression | None = None


class Opaque(Stmt, frozen=True, eq=False, tag="opaque-stmt"):
    """A statement clang could not understand, or inline assembly; ``text`` is its source."""

    text: str


Statement = (
    Block
    | Evaluate
    | Declare
    | If
    | Loop
    | Switch
    | Case
    | Default
    | Label
    | Goto
    | Break
    | Continue
    | Return
    | Opaque
)

from auditor.ir.expressions import Expression  # noqa: E402 - statement expressions close the circle
