"""Where a constant comes from: an expression of the IR comes in, the tree of its terms goes out."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from auditor import ir
from auditor.constants import terms
from auditor.constants.definitions import Definitions, lone
from auditor.constants.terms import assumed, certainty
from auditor.constants.tokens import subtrees
from auditor.ir import expressions as ex
from auditor.knowledge import Protocols
from auditor.model import Term

Locals = Mapping[str, ir.Expression]
MOST_DEPTH = 60


class Provenance:
    """Terms of the expressions of one program."""

    def __init__(self, program: ir.Program, protocols: Protocols) -> None:
        self.definitions = Definitions(program, protocols, _initialiser)

    def of(self, expr: ir.Expression, given: Locals, assume: bool = True) -> Term:
        """The term of ``expr``; ``given`` are initialisers of constant locals by symbol.

        With ``assume`` an MTU read from memory counts as 1500, as ``protocols.toml`` says.
        """
        term = _Walk(self.definitions, given, assume).term(expr, "", 0)
        return (
            term
            if terms.size(term) <= terms.MOST_PARTS
            else msgspec.structs.replace(term, parts=(), operator="")
        )


def _initialiser(owner: Definitions, expr: ir.Expression) -> Term:
    return _Walk(owner, {}, assume=True).term(expr, "", 0)


class _Walk:
    """One pass over one expression."""

    def __init__(self, owner: Definitions, given: Locals, assume: bool) -> None:
        self.owner, self.given, self.assume = owner, given, assume

    def term(self, expr: ir.Expression, inside: str, depth: int) -> Term:
        """The term of ``expr``; ``inside`` is a macro that is being opened already.

        ``expr.macro`` spells the first token only: ``HEADER + 20`` carries HEADER. Its value tells.
        """
        if depth > MOST_DEPTH:  # not printed: its text could be as long as the file
            status = certainty(expr.value)
            return Term(text="...", value=expr.value, kind="unknown", at=expr.at, status=status)
        if expr.macro and expr.macro != inside and (spelled := self._spelled(expr)) is not None:
            return _tainted(spelled, expr)
        return _tainted(self._structure(expr, inside, depth + 1), expr)

    def _spelled(self, expr: ir.Expression) -> Term | None:
        """What the macro that spells ``expr`` says of it: the whole macro, or the part with that value."""
        if expr.value is None and isinstance(expr, (ex.Binary, ex.Conditional, ex.Member, ex.Call, ex.Index)):
            return None
        for macro in self.owner.scopes.macro(expr.macro or "", expr.at):
            if not macro.function_like:
                term = self.owner.macro(macro)
                if term.value is not None and expr.value in (None, term.value):
                    return term
                if term.value is None and expr.value is not None and lone(self.owner.tree(macro)):
                    return self._valued(macro, expr)
            tree = self.owner.tree(macro)
            for part in subtrees(tree) if tree and expr.value is not None else ():
                if part.kind == "operator" or part.kind == "word":
                    inner = self.owner.of_tree(part, macro.at)
                    if inner.value == expr.value:
                        return inner
        return None

    def _valued(self, macro: ir.Macro, expr: ir.Expression) -> Term:
        """A macro whose body only the compiler can evaluate (``sizeof x``): it has the value of its use."""
        body = self._structure(expr, macro.name, 0)
        return terms.named(
            macro.name, "macro", body, self.owner.vocabulary.of_name(macro.name, expr.value), macro.at
        )

    def _structure(self, expr: ir.Expression, inside: str, depth: int) -> Term:
        owner = self.owner
        match expr:
            case ex.Literal():
                return owner.literal(expr.text or str(expr.value), expr.value, expr.at)
            case ex.SizeOf():
                return owner.sizes.of(expr.of, expr.value, expr.taint, expr.at)
            case ex.Name():
                return self._name(expr)
            case ex.Member():
                return self._held(expr, expr.field)
            case ex.Cast():
                inner = self.term(expr.operand, inside, depth)
                return inner if expr.value in (None, inner.value) else _opaque(expr)
            case ex.Unary():
                return terms.operator_term(
                    expr.op, (self.term(expr.operand, inside, depth),), expr.value, expr.at
                )
            case ex.Binary(op=op) if op != ",":
                parts = (self.term(expr.left, inside, depth), self.term(expr.right, inside, depth))
                return terms.operator_term(op, parts, expr.value, expr.at)
            case ex.Conditional():
                return self._conditional(expr, inside, depth)
            case _:
                return _opaque(expr)

    def _conditional(self, expr: ex.Conditional, inside: str, depth: int) -> Term:
        test = self.term(expr.test, inside, depth)
        then = test if expr.then is None else self.term(expr.then, inside, depth)
        return terms.operator_term(
            "?:", (test, then, self.term(expr.otherwise, inside, depth)), expr.value, expr.at
        )

    def _name(self, expr: ex.Name) -> Term:
        owner, file = self.owner, expr.at.file
        if expr.scope == "enum":
            enum = owner.scopes.enum(expr.name, file)
            return (
                owner.enum(enum)
                if enum is not None and expr.value in (None, enum.value)
                else _leaf(expr, "enum", owner)
            )
        if (init := self.given.get(expr.symbol)) is not None:
            rest = {symbol: held for symbol, held in self.given.items() if symbol != expr.symbol}
            body = _Walk(owner, rest, self.assume).term(init, "", 1)
            return terms.named(expr.name, "const", body, None, init.at)
        if expr.scope == "global":
            constant = owner.scopes.constant(expr.symbol, file) or owner.scopes.constant(expr.name, file)
            if constant is not None:
                return owner.constant(constant, expr.value)
            if (
                not owner.scopes.declared(expr.symbol, file) and expr.value is None
            ):  # a name that no header here defines
                meaning = owner.vocabulary.of_name(expr.name, None) if self.assume else None
                return assumed(expr.name, "macro", meaning, None) if meaning else _opaque(expr)
        return self._held(expr, expr.name) if expr.value is None else _leaf(expr, "const", owner)

    def _held(self, expr: ex.Name | ex.Member, name: str) -> Term:
        """A value read at run time: what such a member holds by default, or unknown."""
        meaning = self.owner.vocabulary.of_member(name) if self.assume and expr.value is None else None
        return assumed(str(expr), "unknown", meaning, expr.at) if meaning else _opaque(expr)


def _leaf(expr: ex.Name, kind: str, owner: Definitions) -> Term:
    meaning = owner.vocabulary.of_name(expr.name, expr.value)
    layer, source = (meaning.layer, meaning.source) if meaning else ("", "")
    return Term(
        text=expr.name, value=expr.value, kind=kind, layer=layer, source=source, status=certainty(expr.value)
    )


def _opaque(expr: ir.Expression) -> Term:
    return Term(text=str(expr), value=expr.value, kind="unknown", at=expr.at, status=certainty(expr.value))


def _tainted(term: Term, expr: ir.Expression) -> Term:
    """``term``, uncertain when the compiler's own value is; a value that we assumed says so already."""
    if not expr.taint or expr.value is None or term.status in ("tainted", "unknown"):
        return term
    return msgspec.structs.replace(term, status="tainted")
