"""What lowering one unit needs at hand: types, names, places and macros of the unit, and what it gathers."""

from __future__ import annotations

import re
from collections.abc import Iterable

from auditor.frontend.flags import is_cplusplus
from auditor.frontend.libclang import Cursor, RawRange
from auditor.frontend.lower.macrovalues import MacroValues
from auditor.frontend.lower.names import Names, evaluated
from auditor.frontend.lower.tree import Node
from auditor.frontend.lower.types import Types
from auditor.frontend.macros import Definition
from auditor.frontend.parse import Unit
from auditor.frontend.positions import IN_MACRO
from auditor.frontend.texts import SourceText
from auditor.ir import Binding, CType, Expression, IntType
from auditor.ir import expressions as e
from auditor.model import Location

_EXPANSION_LIMIT = 20_000  # bytes of source text looked at behind a place


class Context:
    """One unit while it is lowered."""

    def __init__(self, unit: Unit, texts: Iterable[SourceText] = (), models: Iterable[SourceText] = ()) -> None:
        self.texts = {text.name: text for text in texts}
        found = [d for text in (*models, *self.texts.values()) for d in text.definitions.all]
        extent = unit.lib.getCursorExtent(unit.root)
        self.main = unit.positions.spot(extent.begin)[0].name
        self.cplusplus = is_cplusplus(unit.path)
        self.unit, self.lib, self.positions = unit, unit.lib, unit.positions
        self.types = Types(unit.lib, unit.positions, unit.stubs)
        self.names = Names(unit.lib, unit.positions, self.types, unit.stubs)
        self.bindings: list[Binding] = []
        self.assigned: set[str] = set()  # symbols written to, or whose address is taken
        self.relations: dict[tuple[int, int], bool] = {}  # comparisons that the main file spells: understood?
        self.macro_values = MacroValues()
        self.used_macros: set[str] = set()
        self.macros = {definition.name: definition for definition in found}
        self._get_type, self._get_extent = unit.lib.getCursorType, unit.lib.getCursorExtent

    def type_of(self, node: Node) -> CType:
        """The IR type of an expression."""
        return self.types.of(self._get_type(node.cursor))

    def extent(self, node: Node) -> RawRange:
        """The raw range of a node."""
        extent: RawRange = self._get_extent(node.cursor)
        return extent

    def at(self, node: Node) -> Location:
        """Where a node stands."""
        return self.positions.location(self._get_extent(node.cursor))

    def place(self, node: Node) -> tuple[Location, str | None, bool]:
        """Where a node stands, the macro whose body spells its first token, and whether that takes arguments."""
        extent = self._get_extent(node.cursor)
        where = self.positions.location(extent)
        if extent.begin < IN_MACRO:
            return where, None, False
        definition = self.spelling(extent.begin)
        if definition is None:
            return where, None, False
        return where, definition.name, definition.parameters is not None

    def place_of_name(self, node: Node) -> tuple[Location, str | None, bool]:
        """As ``place``, for a node whose own token is the name clang puts it at (a member)."""
        where, macro, call = self.place(node)
        if macro is None and (raw := self.lib.getCursorLocation(node.cursor).raw) >= IN_MACRO:
            definition = self.spelling(raw)
            if definition is not None:
                return where, definition.name, definition.parameters is not None
        return where, macro, call

    def place_between(
        self, node: Node, left: Node, right: Node, op: str
    ) -> tuple[Location, str | None, bool]:
        """As ``place``, for a node whose own token ``op`` stands between two of its children."""
        extent = self._get_extent(node.cursor)
        where = self.positions.location(extent)
        if extent.begin < IN_MACRO:
            return where, None, False
        definition = self._between(self._get_extent(left.cursor), self._get_extent(right.cursor), op)
        if definition is None:
            return where, None, False
        return where, definition.name, definition.parameters is not None

    def _between(self, left: RawRange, right: RawRange, op: str) -> Definition | None:
        """The macro that spells ``op`` between two operands; None when the file's text does."""
        text, left_end = self.positions.spot(left.end)
        other, right_begin = self.positions.spot(right.begin)
        if text is other and left_end <= right_begin and op.encode() in text.data[left_end:right_begin]:
            return None
        first, second = self.spelling(left.begin), self.spelling(right.begin)
        if first is not None and first is second:
            return first
        used = self.definition_of_use(left.begin)
        names = {d.name for d in (first, second) if d is not None}
        return self._spelling_both(used, names, op) or first or second

    def _spelling_both(self, used: Definition | None, names: set[str], op: str) -> Definition | None:
        """Among ``used`` and the macros in its body, the one whose body holds ``op`` and all of ``names``."""
        pending, seen = [used] if used else [], set[str]()
        while pending:
            definition = pending.pop(0)
            tokens = set(definition.tokens)
            if op in tokens and names - {definition.name} <= tokens:
                return definition
            seen.add(definition.name)
            pending += [self.macros[t] for t in tokens if t in self.macros and t not in seen]
        return None

    def spelling(self, raw: int) -> Definition | None:
        """The definition whose body spells the token at ``raw``; None when it is an argument or plain text."""
        if raw < IN_MACRO:
            return None
        text, offset = self.positions.spelled(raw)
        definition = text.definitions.around(offset)
        if definition is not None:
            self.used_macros.add(definition.name)
        return definition

    def definition_of_use(self, raw: int) -> Definition | None:
        """The definition of the macro that the file's text uses at ``raw``; None outside expansions."""
        if raw < IN_MACRO:
            return None
        text, start = self.positions.spot(raw)
        name = text.token(start)
        self.used_macros.add(name)
        return self.macros.get(name)

    def note_relation(self, extent: RawRange, left: Expression, right: Expression) -> None:
        """Remember a comparison of the main file's text, and whether both its sides were understood."""
        text, begin = self.positions.spot(extent.begin)
        if text.name == self.main:
            end = self.positions.spot(extent.end)[1]
            good = not isinstance(_core(left), e.Unknown) and not isinstance(_core(right), e.Unknown)
            self.relations[begin, end] = good or self.relations.get((begin, end), False)

    def macro_used_at(self, at: Location) -> str:
        """The object-like macro whose name is all of the text at ``at``; "" when none is."""
        text = self.texts.get(at.file)
        if text is None or at.line != at.end_line:
            return ""
        name = text.token(text.starts[at.line - 1] + at.column - 1)
        definition = self.macros.get(name)
        self.used_macros.add(name)
        whole = definition is not None and definition.parameters is None and at.end_column - at.column == len(name)
        return name if whole else ""

    def is_single_token(self, name: str) -> bool:
        """Whether the macro ``name`` stands for one token, brackets aside."""
        definition = self.macros.get(name)
        return definition is not None and len([t for t in definition.tokens if t not in "()"]) == 1

    def bind_assignment(self, target: Expression, source: Expression, at: Location) -> None:
        """Note a function stored in a member or an array element."""
        if not (function := function_symbol(source)):
            return
        index = None
        if isinstance(target, e.Index):
            target, index = target.base, target.index.value
            if index is None:
                return
        if isinstance(target, e.Member):
            self.bindings.append(Binding(target.record, target.field, function, at, index))
        elif isinstance(target, e.Name) and index is not None:
            self.bindings.append(Binding("", target.name, function, at, index))

    def bind_arguments(self, call: e.Call) -> None:
        """Note functions given to a call."""
        if isinstance(call.callee, e.Name):
            for number, argument in enumerate(call.args):
                if function := function_symbol(argument):
                    self.bindings.append(Binding(f"call:{call.callee.name}", "", function, call.at, number))

    def spelled_from(self, cursor: Cursor) -> str:
        """The text from a cursor's first token on, where it is written: to the macro's or the range's end."""
        extent = self._get_extent(cursor)
        text, begin = self.positions.spelled(extent.begin)
        if extent.begin >= IN_MACRO:
            definition = text.definitions.around(begin)
            end = definition.end if definition else begin + _EXPANSION_LIMIT
        else:
            same, end = self.positions.spot(extent.end)
            end = end if same is text else begin + _EXPANSION_LIMIT
        return text.text(begin, min(end, begin + _EXPANSION_LIMIT))

    def source(self, node: Node) -> str:
        """The source text of a node as the reader sees it, on one line; for a macro's code, the macro's use."""
        extent = self._get_extent(node.cursor)
        text, begin = self.positions.spot(extent.begin)
        same, end = self.positions.spot(extent.end)
        if same is not text or end <= begin:
            return ""
        return re.sub(r"\s+", " ", text.text(begin, end)).strip()

    def evaluate(self, node: Node, ctype: CType) -> int | None:
        """Clang's value for an integer expression, None for any other."""
        return evaluated(self.lib, node.cursor) if isinstance(ctype, IntType) else None

    def note_relation(self, extent: RawRange, left: Expression, right: Expression) -> None:
        """Remember a comparison of the main file's text, and whether both its sides were understood."""
        text, begin = self.positions.spot(extent.begin)
        if text.name == self.main:
            end = self.positions.spot(extent.end)[1]
            good = not isinstance(_core(left), e.Unknown) and not isinstance(_core(right), e.Unknown)
            self.relations[begin, end] = good or self.relations.get((begin, end), False)

    def macro_used_at(self, at: Location) -> str:
        """The object-like macro whose name is all of the text at ``at``; "" when none is."""
        text = self.texts.get(at.file)
        if text is None or at.line != at.end_line:
            return ""
        name = text.token(text.starts[at.line - 1] + at.column - 1)
        definition = self.macros.get(name)
        self.used_macros.add(name)
        whole = definition is not None and definition.parameters is None and at.end_column - at.column == len(name)
        return name if whole else ""

    def is_single_token(self, name: str) -> bool:
        """Whether the macro ``name`` stands for one token, brackets aside."""
        definition = self.macros.get(name)
        return definition is not None and len([t for t in definition.tokens if t not in "()"]) == 1

    def bind_assignment(self, target: Expression, source: Expression, at: Location) -> None:
        """Note a function stored in a member or an array element."""
        if not (function := function_symbol(source)):
            return
        index = None
        if isinstance(target, e.Index):
            target, index = target.base, target.index.value
            if index is None:
                return
        if isinstance(target, e.Member):
            self.bindings.append(Binding(target.record, target.field, function, at, index))
        elif isinstance(target, e.Name) and index is not None:
            self.bindings.append(Binding("", target.name, function, at, index))

    def bind_arguments(self, call: e.Call) -> None:
        """Note functions given to a call."""
        if isinstance(call.callee, e.Name):
            for number, argument in enumerate(call.args):
                if function := function_symbol(argument):
                    self.bindings.append(Binding(f"call:{call.callee.name}", "", function, call.at, number))

    def spelled_from(self, cursor: Cursor) -> str:
        """The text from a cursor's first token on, where it is written: to the macro's or the range's end."""
        extent = self._get_extent(cursor)
        text, begin = self.positions.spelled(extent.begin)
        if extent.begin >= IN_MACRO:
            definition = text.definitions.around(begin)
            end = definition.end if definition else begin + _EXPANSION_LIMIT
        else:
            same, end = self.positions.spot(extent.end)
            end = end if same is text else begin + _EXPANSION_LIMIT
        return text.text(begin, min(end, begin + _EXPANSION_LIMIT))

    def source(self, node: Node) -> str:
        """The source text of a node as the reader sees it, on one line; for a macro's code, the macro's use."""
        extent = self._get_extent(node.cursor)
        text, begin = self.positions.spot(extent.begin)
        same, end = self.positions.spot(extent.end)
        if same is not text or end <= begin:
            return ""
        return re.sub(r"\s+", " ", text.text(begin, end)).strip()

    def evaluate(self, node: Node, ctype: CType) -> int | None:
        """Clang's value for an integer expression, None for any other."""
        return evaluated(self.lib, node.cursor) if isinstance(ctype, IntType) else None

def _core(expression: Expression) -> Expression:
    while isinstance(expression, e.Cast):
        expression = expression.operand
    return expression


def root_symbol(expression: Expression) -> str:
    """The symbol of the variable that ``expression`` is, or is a part of; "" when none is."""
    node: object = expression
    while not isinstance(node, e.Name):
        node = getattr(node, "base", None) or getattr(node, "operand", None)
        if node is None:
            return ""
    return node.symbol


def function_symbol(expression: Expression) -> str:
    """The symbol of the function that ``expression`` names, casts and ``&`` aside; "" when none."""
    while isinstance(expression, (e.Cast, e.AddressOf)):
        expression = expression.operand
    return expression.symbol if isinstance(expression, e.Name) and expression.scope == "function" else ""
