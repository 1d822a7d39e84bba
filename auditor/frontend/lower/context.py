"""What lowering one unit needs at hand: its types, names and places, and what is gathered on the way."""

from __future__ import annotations

import re

from auditor.frontend.flags import is_cplusplus
from auditor.frontend.libclang import Cursor, RawRange
from auditor.frontend.lower.names import Names, evaluated
from auditor.frontend.lower.spelling import EXPANSION_LIMIT, Spelling
from auditor.frontend.lower.tree import Node
from auditor.frontend.lower.types import Types
from auditor.frontend.macros import Definition
from auditor.frontend.parse import Unit
from auditor.frontend.positions import IN_MACRO
from auditor.frontend.texts import SourceText
from auditor.ir import Binding, CType, Expression, IntType, Record
from auditor.ir import expressions as e
from auditor.model import Location

Placed = tuple[Location, str | None, bool]
"""Where a node stands, the macro whose body spells it (None: the file's text), whether it takes arguments."""


class Context:
    """One unit while it is lowered.

    ``texts`` are its files, the main file first, model headers last; ``models`` the layouts that earlier
    units of the same dialect worked out for records of model headers, to which this one's are added.
    ``prune``: what no answer can depend on is left out.
    """

    def __init__(
        self, unit: Unit, texts: tuple[SourceText, ...], models: dict[str, Record], *, prune: bool = True
    ) -> None:
        self.unit, self.lib, self.positions, self.prune = unit, unit.lib, unit.positions, prune
        self.main = texts[0]
        self.chooses = any(text.chooses for text in texts)
        self.cplusplus = is_cplusplus(unit.path)
        self.types = Types(unit.lib, unit.positions, unit.stubs, models)
        self.names = Names(unit.lib, unit.positions, self.types, unit.stubs)
        self.spelling = Spelling(unit.positions, texts)
        self.bindings: list[Binding] = []
        self.assigned: set[str] = set()  # symbols written to, or whose address is taken
        self.relations: dict[tuple[int, int], bool] = {}  # comparisons that the main file spells: understood?
        self._get_type, self._get_extent = unit.lib.getCursorType, unit.lib.getCursorExtent
        self._type, self._between = self.types.of, unit.positions.between

    def enter(self) -> None:
        """Another function or variable begins: what only the one before it could ask for is let go."""
        for kept in (self.names, self.spelling, self.positions):
            kept.forget()

    def type_of(self, node: Node) -> CType:
        """The IR type of an expression."""
        return self._type(self._get_type(node.cursor))

    def extent(self, node: Node) -> RawRange:
        """The raw range of a node."""
        extent: RawRange = self._get_extent(node.cursor)
        return extent

    def at(self, node: Node) -> Location:
        """Where a node stands."""
        extent = self._get_extent(node.cursor)
        return self._between(extent.begin, extent.end)

    def place(self, node: Node) -> Placed:
        """The place of a node whose first token is its own."""
        extent = self._get_extent(node.cursor)
        begin = extent.begin
        if begin < IN_MACRO:
            return self._between(begin, extent.end), None, False
        return self._placed(extent, self.spelling.definition(begin))

    def place_and_token(self, node: Node) -> tuple[Location, str | None, bool, str]:
        """The place of a node that is one word or number, and its spelling."""
        extent = self._get_extent(node.cursor)
        begin = extent.begin
        if begin < IN_MACRO:
            text, offset = self.positions.spot(begin)
            return self._between(begin, extent.end), None, False, text.token(offset)
        placed = self._placed(extent, self.spelling.of_token(begin, extent.end))
        text, offset = self.positions.spelled(begin)
        return *placed, text.token(offset)

    def place_of_use(self, node: Node, name: str) -> Placed:
        """The place of a node that uses ``name``."""
        extent = self._get_extent(node.cursor)
        begin = extent.begin
        if begin < IN_MACRO:
            return self._between(begin, extent.end), None, False
        if self.cplusplus:  # there, a use can have several tokens
            return self._placed(extent, self.spelling.definition(begin))
        return self._placed(extent, self.spelling.of_token(begin, extent.end, name))

    def place_of_name(self, node: Node) -> Placed:
        """The place of a node whose own token is the name that clang puts it at (a member)."""
        extent = self._get_extent(node.cursor)
        begin = extent.begin
        if begin < IN_MACRO:
            return self._between(begin, extent.end), None, False
        return self._placed(extent, self.spelling.definition(self.lib.getCursorLocation(node.cursor).raw))

    def place_between(self, node: Node, op: str) -> Placed:
        """The place of a node whose own token ``op`` stands between its first two operands."""
        extent = self._get_extent(node.cursor)
        begin = extent.begin
        if begin < IN_MACRO:
            return self._between(begin, extent.end), None, False
        operands = [child.cursor for child in node.children if isinstance(child.out, e.Expr)]
        left, right = map(self._get_extent, operands[:2])
        return self._placed(extent, self.spelling.between(left, right, op))

    def _placed(self, extent: RawRange, definition: Definition | None) -> Placed:
        where = self._between(extent.begin, extent.end)
        if definition is None:
            return where, None, False
        return where, definition.name, definition.parameters is not None

    def source(self, node: Node) -> str:
        """A node's source text as the reader sees it, on one line; for a macro's code, the macro's use."""
        extent = self._get_extent(node.cursor)
        text, begin = self.positions.spot(extent.begin)
        same, end = self.positions.end_spot(extent.end)
        if same is not text or end <= begin:
            return ""
        return re.sub(r"\s+", " ", text.text(begin, min(end, begin + EXPANSION_LIMIT))).strip()

    def spelled_from(self, cursor: Cursor) -> str:
        """The text from a cursor's first token on, where it is written: to the macro's or the range's end."""
        return self.spelling.text_from(self._get_extent(cursor))

    def evaluate(self, node: Node, ctype: CType) -> int | None:
        """Clang's value for an integer expression, None for any other."""
        return evaluated(self.lib, node.cursor) if isinstance(ctype, IntType) else None

    def note_relation(self, node: Node, left: Expression, right: Expression) -> None:
        """Remember a comparison of the main file's text, and whether both its sides were understood."""
        extent = self._get_extent(node.cursor)
        text, begin = self.positions.spot(extent.begin)
        if text is self.main:
            end = self.positions.end_spot(extent.end)[1]
            good = not isinstance(_core(left), e.Unknown) and not isinstance(_core(right), e.Unknown)
            self.relations[begin, end] = good or self.relations.get((begin, end), False)


def _core(expression: Expression) -> Expression:
    while isinstance(expression, e.Cast):
        expression = expression.operand
    return expression
