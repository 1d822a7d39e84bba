"""The macros of a unit: its texts and what its code used come in, IR macros go out.

All macros of the file itself, and of headers those that its code rests on, directly or through others.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from weakref import WeakKeyDictionary

import msgspec

from auditor.frontend.macros import Definition
from auditor.frontend.positions import MODEL_FILE
from auditor.frontend.texts import SourceText
from auditor.ir import Macro
from auditor.model import Location

Skipped = Mapping[SourceText, Sequence[tuple[int, int]]]
"""Per file, the byte ranges that the preprocessor left out."""


class MacroLister:
    """Makes each IR macro once, however many units list it, and keeps it as long as its text is kept."""

    def __init__(self) -> None:
        self._made: WeakKeyDictionary[SourceText, dict[int, Macro]] = WeakKeyDictionary()  # by their places

    def listed(
        self,
        main: SourceText,
        others: Iterable[SourceText],
        used: Iterable[str],
        values: Mapping[str, int],
        out: Skipped,
    ) -> tuple[Macro, ...]:
        """The macros of ``main``, and of ``others`` those that ``used`` leads to, without what is ``out``."""
        own = [(main, d) for d in main.definitions.all if _active(main, d, out)]
        defining = [(text, text.definitions) for text in others]
        defined: set[str] = set().union(*(here.by_name for _, here in defining))
        pending = defined.intersection(used).union(*(defined.intersection(d.tokens) for _, d in own))
        reached: dict[str, list[tuple[SourceText, Definition]]] = {}
        while pending:
            name = pending.pop()
            reached[name] = [
                (text, d) for text, here in defining if name in here.by_name for d in here.called(name)
            ]
            for _, definition in reached[name]:
                pending |= defined.intersection(definition.tokens) - reached.keys()
        pairs = own + [(t, d) for name in sorted(reached) for t, d in reached[name] if _active(t, d, out)]
        return tuple(self._macro(text, definition, values.get(definition.name)) for text, definition in pairs)

    def _macro(self, text: SourceText, definition: Definition, value: int | None) -> Macro:
        known = self._made.setdefault(text, {})
        made = known.get(definition.at)
        if made is None:
            at = Location(text.name, *text.place(definition.at))
            call = definition.parameters is not None
            made = known[definition.at] = Macro(
                definition.name, at, definition.tokens, call, None, text.name == MODEL_FILE
            )
        return made if value is None or made.function_like else msgspec.structs.replace(made, value=value)


def _active(text: SourceText, definition: Definition, out: Skipped) -> bool:
    return not any(begin <= definition.at < end for begin, end in out.get(text, ()))
