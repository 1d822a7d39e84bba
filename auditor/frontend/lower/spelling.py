"""Macro provenance: clang's places come in, the definition whose body spells the token there goes out."""

from __future__ import annotations

from collections import deque
from functools import cached_property

from auditor.frontend.libclang import RawRange
from auditor.frontend.macros import Definition
from auditor.frontend.positions import IN_MACRO, Positions
from auditor.frontend.texts import SourceText
from auditor.ir import Expression
from auditor.ir import expressions as e
from auditor.model import Location

EXPANSION_LIMIT = 20_000  # bytes of source text looked at behind a place
_ARGUMENTS_LIMIT = 2_000  # bytes of a macro's arguments


class Spelling:
    """The macros of one unit; remembers which were used, and what the object-like ones fold to."""

    def __init__(self, positions: Positions, texts: tuple[SourceText, ...]) -> None:
        self._positions = positions
        self._texts = texts
        self._named = {text.name: text for text in reversed(texts)}
        self._holders: dict[tuple[str, frozenset[str], str], Definition | None] = {}
        self._spelling: dict[int, Definition | None] = {}
        self._values = _Values()
        self.used: set[str] = set()

    def forget(self) -> None:
        """Between two declarations: let go of the places in macros, which no other one shares."""
        self._spelling.clear()

    def definition(self, raw: int) -> Definition | None:
        """The definition whose body spells the token at ``raw``; None for an argument or the file's text."""
        if raw < IN_MACRO:
            return None
        if raw not in self._spelling:
            text, offset = self._positions.spelled(raw)
            found = self._spelling[raw] = text.definitions.around(offset)
            if found is not None:
                self.used.add(found.name)
        return self._spelling[raw]

    def of_token(self, begin: int, end: int, name: str = "") -> Definition | None:
        """As ``definition``, for a range that is one token, ``name`` or a number.

        Where the reader sees that token, and no macro's name, it is written: then clang need not be asked.
        """
        if end >= IN_MACRO and begin not in self._spelling:  # else the body of a macro spells it
            text, offset = self._positions.spot(begin)
            token = text.token(offset)
            if token[:1].isdigit() or (token == name != "" and name not in self._definitions):
                self._positions.argument(begin, end)
                self._spelling[begin] = None
        return self.definition(begin)

    def of_use(self, raw: int) -> Definition | None:
        """The definition of the macro that the file's text uses at ``raw``; None outside expansions."""
        if raw < IN_MACRO:
            return None
        text, start = self._positions.spot(raw)
        return self.named(text.token(start))

    def named(self, name: str) -> Definition | None:
        """The definition of a macro by its name; the first file's among several."""
        self.used.add(name)
        return self._definitions.get(name)

    @cached_property
    def _definitions(self) -> dict[str, Definition]:
        found: dict[str, Definition] = {}
        for text in reversed(self._texts):
            found.update(text.definitions.by_name)
        return found

    def between(self, left: RawRange, right: RawRange, op: str) -> Definition | None:
        """The macro that spells ``op`` between two operands; None when the file's text does."""
        text, left_end = self._positions.end_spot(left.end)
        other, right_begin = self._positions.spot(right.begin)
        if text is other and left_end <= right_begin and op.encode() in text.data[left_end:right_begin]:
            return None
        first, second = self.definition(left.begin), self.definition(right.begin)
        if first is not None and first is second:
            return first
        used = self.of_use(left.begin) or self._around(text, left_end)
        if used is None:
            return first or second
        names = frozenset(d.name for d in (first, second) if d is not None)
        key = used.name, names, op
        if key not in self._holders:
            self._holders[key] = self._holding(used, names, op)
        return self._holders[key] or first or second

    def _around(self, text: SourceText, offset: int) -> Definition | None:
        """The function-like macro whose arguments in the text hold the byte at ``offset``, the innermost."""
        data, low, closed = text.data, max(0, offset - _ARGUMENTS_LIMIT), 0
        while (bracket := data.rfind(b"(", low, offset)) >= 0:
            closed += data.count(b")", bracket, offset)
            if closed:
                closed -= 1
            else:
                found = self.named(text.word_before(bracket))
                if found is not None and found.parameters is not None:
                    return found
            offset = bracket
        return None

    def _holding(self, used: Definition, names: frozenset[str], op: str) -> Definition | None:
        """Among ``used`` and the macros in its body, the one whose body holds ``op`` and all of ``names``."""
        pending, seen = deque([used]), {used.name}
        while pending:
            definition = pending.popleft()
            tokens = definition.distinct
            if op in tokens and names - {definition.name} <= tokens.keys():
                return definition
            inner = [d for t in tokens if t not in seen and (d := self.named(t)) is not None]
            seen.update(d.name for d in inner)
            pending += inner
        return None

    def text_from(self, extent: RawRange) -> str:
        """The text from a range's first token on, where it is written: to the macro's or the range's end."""
        text, begin = self._positions.spelled(extent.begin)
        limit = begin + EXPANSION_LIMIT
        if extent.begin >= IN_MACRO:
            definition = text.definitions.around(begin)
            end = definition.end if definition else limit
        else:
            same, end = self._positions.end_spot(extent.end)
            end = end if same is text else limit
        return text.text(begin, min(end, limit))

    def note_value(self, made: Expression, parts: list[Expression]) -> None:
        """Remember that ``made``, which a macro spells, was lowered from ``parts``; parents after parts."""
        self._values.note(made, parts)

    def values(self) -> dict[str, int]:
        """What each object-like macro folds to, where some use of it folds."""
        values = {name: value for name, value in self._values.alone.items() if self._is_single_token(name)}
        wrong = set()
        for at, (topmost, value) in self._values.at.items():
            if name := self._used_at(at):
                self.used.add(name)
                if topmost != 1 or value is None or values.setdefault(name, value) != value:
                    wrong.add(name)
        return {name: value for name, value in values.items() if name not in wrong}

    def _used_at(self, at: Location) -> str:
        """The object-like macro whose name is all of the text at ``at``; "" when none is."""
        text = self._named.get(at.file)
        if text is None or at.line != at.end_line:
            return ""
        name = text.token(text.starts[at.line - 1] + at.column - 1)
        definition = self.named(name)
        whole = definition is not None and definition.parameters is None
        return name if whole and at.end_column - at.column == len(name) else ""

    def _is_single_token(self, name: str) -> bool:
        definition = self.named(name)
        return definition is not None and len([t for t in definition.tokens if t not in "()"]) == 1


class _Values:
    """Per place of the file, how many topmost nodes a macro's use has, and the value of the last.

    All nodes of one use of a macro stand at the same place. When one of them contains all the others,
    its value is the macro's; in ``SUM * 2`` with a SUM of ``14 + 20`` none does, and SUM has no value.
    """

    def __init__(self) -> None:
        self.at: dict[Location, tuple[int, int | None]] = {}
        self.alone: dict[str, int] = {}

    def note(self, made: Expression, parts: list[Expression]) -> None:
        if isinstance(made, e.Cast) and made.implicit:
            return
        at = made.at
        below = 0
        for part in parts:
            while isinstance(part, e.Cast) and part.implicit:
                part = part.operand
            below += part.macro is not None and part.at == at
        self.at[at] = (self.at.get(at, (0, None))[0] + 1 - below, made.value)
        if isinstance(made, e.Literal) and made.macro is not None and made.value is not None:
            self.alone[made.macro] = made.value
