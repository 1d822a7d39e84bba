"""Expressions of the IR: plain data, one class per shape of C expression.

Every expression carries where it stands, its C type, its value when clang could fold it to an
integer constant, the macro whose body spells it (None when the file's own text does), and a taint
when the value rests on a stubbed type. Nodes compare by identity.

Leaves are unknown to Python's collector of cycles: half of all objects are such, and 16 bytes less each.
The others are known to it, because it also lets chains of thousands of nodes be freed without recursion.
"""

from __future__ import annotations

import msgspec

from auditor.ir.types import CType
from auditor.model import Location

RELATIONAL = frozenset({"<", ">", "<=", ">=", "==", "!="})


class Expr(msgspec.Struct, frozen=True, eq=False, kw_only=True, array_like=True):
    """What all expressions share."""

    at: Location
    ctype: CType
    value: int | None = None
    macro: str | None = None
    taint: str = ""
    macro_call: bool = False  # ``macro`` takes arguments, so its name alone does not stand for this node

    def __str__(self) -> str:
        from auditor.ir.printer import show  # the printer knows every class of this module

        return show(self)  # type: ignore[arg-type]


class Literal(Expr, frozen=True, eq=False, gc=False, tag="literal"):
    """An integer or character literal; ``value`` holds it."""

    text: str = ""


class Text(Expr, frozen=True, eq=False, gc=False, tag="text"):
    """A string literal."""

    text: str


class Name(Expr, frozen=True, eq=False, gc=False, tag="name"):
    """A use of a declared name.

    ``scope`` is local, param, global, function or enum. ``symbol`` is unique: ``len#3`` within its
    function, ``src/a.c::limit`` for file scope (static), the plain name for external linkage.
    """

    name: str
    scope: str
    symbol: str


class Member(Expr, frozen=True, eq=False, tag="member"):
    """``base.field`` or ``base->field``; ``offset`` in bytes into ``record``, None when unknown."""

    base: Expression
    field: str
    arrow: bool
    record: str
    offset: int | None = None


class Index(Expr, frozen=True, eq=False, tag="index"):
    """``base[index]``."""

    base: Expression
    index: Expression


class Deref(Expr, frozen=True, eq=False, tag="deref"):
    """``*operand``."""

    operand: Expression


class AddressOf(Expr, frozen=True, eq=False, tag="address"):
    """``&operand``."""

    operand: Expression


class Unary(Expr, frozen=True, eq=False, tag="unary"):
    """``-``, ``+``, ``~`` or ``!`` applied to ``operand``."""

    op: str
    operand: Expression


class Step(Expr, frozen=True, eq=False, tag="step"):
    """``++`` or ``--``; ``prefix`` when the operator stands before its operand."""

    op: str
    prefix: bool
    operand: Expression


class Binary(Expr, frozen=True, eq=False, tag="binary"):
    """Arithmetic, relational, logical (``&&``, ``||``) and comma operators."""

    op: str
    left: Expression
    right: Expression


class Assign(Expr, frozen=True, eq=False, tag="assign"):
    """``target op value`` with op ``=``, ``+=``, ``|=`` ..."""

    op: str
    target: Expression
    source: Expression


class Conditional(Expr, frozen=True, eq=False, tag="conditional"):
    """``test ? then : otherwise``; ``then`` is None for GNU's ``test ?: otherwise``."""

    test: Expression
    then: Expression | None
    otherwise: Expression


class Call(Expr, frozen=True, eq=False, tag="call"):
    """A call. ``callee`` is a Name with scope function for a direct call."""

    callee: Expression
    args: tuple[Expression, ...]


class Cast(Expr, frozen=True, eq=False, tag="cast"):
    """A conversion to ``ctype``: written in the source, or implicit between different types."""

    operand: Expression
    implicit: bool = False


class SizeOf(Expr, frozen=True, eq=False, gc=False, tag="sizeof"):
    """``sizeof`` or ``offsetof``; ``of`` is the type's name, ``value`` the bytes."""

    of: str


class StatementExpr(Expr, frozen=True, eq=False, tag="statement-expr"):
    """GNU ``({ ... })``; its value is that of the last expression statement of ``body``."""

    body: Block


class InitItem(msgspec.Struct, frozen=True, eq=False, array_like=True, gc=False):
    """One initialiser: ``field`` for a struct member, ``index`` for an array element."""

    source: Expression
    field: str = ""
    index: int | None = None


class InitList(Expr, frozen=True, eq=False, tag="init"):
    """``{ ... }``."""

    items: tuple[InitItem, ...]


class Unknown(Expr, frozen=True, eq=False, tag="unknown"):
    """Source that clang could not understand; ``parts`` are what it recovered, ``text`` the source text."""

    text: str
    parts: tuple[Expression, ...] = ()


Expression = (
    Literal
    | Text
    | Name
    | Member
    | Index
    | Deref
    | AddressOf
    | Unary
    | Step
    | Binary
    | Assign
    | Conditional
    | Call
    | Cast
    | SizeOf
    | StatementExpr
    | InitList
    | Unknown
)

from auditor.ir.statements import Block  # noqa: E402 - statement expressions close the circle
