"""Definitions come in (macros, enumerators, constant variables, records), the terms they stand for go out."""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from auditor import ir
from auditor.constants import terms
from auditor.constants.layers import Meaning, Vocabulary
from auditor.constants.scope import Scopes
from auditor.constants.sizes import Sizes
from auditor.constants.tokens import Tree, parse_body
from auditor.ir import expressions as ex
from auditor.knowledge import Protocols
from auditor.model import Location, Term, leaves

MOST_DEPTH = 60


class Definitions:
    """Terms of the macros, enumerators, constants and records of one program; each macro is read once.

    ``read`` gives the term of an initialiser that stands among them.
    """

    def __init__(
        self, program: ir.Program, protocols: Protocols, read: Callable[[Definitions, ir.Expression], Term]
    ) -> None:
        self._read = read
        self.scopes = Scopes(program)
        self.vocabulary = Vocabulary(protocols)
        self.sizes = Sizes(self.scopes, self.vocabulary)
        self._trees: dict[tuple[str, ...], Tree | None] = {}
        self._macros: dict[tuple[str, Location], Term] = {}
        self._active: list[
            tuple[str, Location]
        ] = []  # what is being taken apart: macros and constants may be circular

    def macro(self, macro: ir.Macro) -> Term:
        """The term of an object-like macro; value None when it is no integer constant."""
        key = (macro.name, macro.at)
        if key in self._macros:
            return self._macros[key]
        if key in self._active or len(self._active) > MOST_DEPTH:
            return Term(
                text=macro.name,
                value=macro.value,
                kind="macro",
                at=macro.at,
                status=terms.certainty(macro.value),
            )
        self._active.append(key)
        try:
            term = self._macro(macro)
        finally:
            self._active.pop()
        if terms.size(term) > terms.MOST_PARTS:
            term = msgspec.structs.replace(term, parts=())
        self._macros[key] = term
        return term

    def _macro(self, macro: ir.Macro) -> Term:
        tree = self.tree(macro)
        body = None if tree is None else self.of_tree(tree, macro.at)
        if body is None or body.value is None:
            value = macro.value
            body = Term(text=" ".join(macro.body), value=value, kind="unknown", status=terms.certainty(value))
        meaning = self.vocabulary.of_name(macro.name, body.value)
        if meaning is not None and body.value is None:
            return terms.assumed(macro.name, "macro", meaning, macro.at)
        return terms.named(macro.name, "macro", body, self._fitting(meaning, body), macro.at)

    def tree(self, macro: ir.Macro) -> Tree | None:
        """The body of ``macro`` as a tree; None when it is no constant expression."""
        if macro.body not in self._trees:
            self._trees[macro.body] = parse_body(macro.body)
        return self._trees[macro.body]

    def of_tree(self, tree: Tree, at: Location) -> Term:
        """The term of a macro's body, or of a part of it, as seen from ``at``."""
        match tree.kind:
            case "number":
                return self.literal(tree.text, tree.value, None)
            case "word":
                return self.word(tree.text, at)
            case "sizeof":
                return self.sizes.of(tree.text, None, "", at)
            case "cast":
                return self.of_tree(tree.parts[0], at)
            case "operator":
                return terms.operator_term(tree.text, tuple(self.of_tree(part, at) for part in tree.parts))
            case _:
                return Term(text=f"{tree.text}(...)", value=None, kind="unknown", status="unknown")

    def word(self, name: str, at: Location) -> Term:
        """The term of a name in a macro's body."""
        for macro in self.scopes.macro(name, at):
            if not macro.function_like:
                return self.macro(macro)
        if (enum := self.scopes.enum(name, at.file)) is not None:
            return self.enum(enum)
        if (constant := self.scopes.constant(name, at.file)) is not None:
            return self.constant(constant, None)
        meaning = self.vocabulary.of_name(name, None)
        return (
            terms.assumed(name, "macro", meaning, None)
            if meaning
            else Term(text=name, value=None, kind="unknown", status="unknown")
        )

    def literal(self, text: str, value: int | None, at: Location | None) -> Term:
        """A bare number with its candidate readings."""
        readings = () if value is None else self.vocabulary.readings(value)
        return Term(
            text=text, value=value, kind="literal", at=at, readings=readings, status=terms.certainty(value)
        )

    def enum(self, enum: ir.EnumConstant) -> Term:
        """The term of an enumerator, through the expression it was written as."""
        body = self._inside(("enum " + enum.name, enum.at), enum.init, enum.value)
        if body.value != enum.value:  # written in a way that we do not follow
            body = self.literal(str(enum.value), enum.value, enum.at)
        meaning = self.vocabulary.of_name(enum.name, enum.value)
        return terms.named(enum.name, "enum", body, self._fitting(meaning, body), enum.at)

    def constant(self, variable: ir.Global, value: int | None) -> Term:
        """The term of a constant variable, through its initialiser."""
        body = self._inside(("const " + variable.symbol, variable.at), variable.init, value)
        meaning = self.vocabulary.of_name(variable.name, body.value) if body.value is not None else None
        return terms.named(variable.name, "const", body, self._fitting(meaning, body), variable.at)

    def _inside(self, key: tuple[str, Location], init: ir.Expression | None, value: int | None) -> Term:
        if init is None or key in self._active or len(self._active) > MOST_DEPTH:
            return Term(
                text="?" if value is None else str(value),
                value=value,
                kind="literal",
                status=terms.certainty(value),
            )
        self._active.append(key)
        try:
            return self._read(self, _folded(init, value))
        finally:
            self._active.pop()

    @staticmethod
    def _fitting(meaning: Meaning | None, body: Term) -> Meaning | None:
        """``meaning`` of a name, unless its body says more: a bound that is a sum of headers is that sum."""
        if meaning is None or meaning.kind in ("header", "fcs", "tag") or not body.layer:
            return meaning
        return None if leaves(body)[1:] else meaning


def _folded(init: ir.Expression, value: int | None) -> ir.Expression:
    """The part of ``init`` that has ``value``, below conversions and wrappers that clang does not name."""
    part = init
    while part.value != value or value is None:
        if isinstance(part, ex.Cast):
            part = part.operand
        elif isinstance(part, ex.Unknown) and len(part.parts) == 1:
            part = part.parts[0]
        else:
            return init
    return part


def lone(tree: Tree | None) -> bool:
    """Whether only the compiler can evaluate a macro's body: no tree, or a ``sizeof`` or call by itself."""
    return tree is None or tree.kind in ("sizeof", "call", "cast")
