"""The macros of a unit: the texts it reached and the values its code folded come in, IR macros go out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from auditor.frontend.lower import Lowered
from auditor.frontend.macros import Definition
from auditor.frontend.positions import MODEL_FILE
from auditor.frontend.texts import SourceText
from auditor.ir import Macro
from auditor.model import Location


def macros_of(texts: Iterable[SourceText], models: Iterable[SourceText], lowered: Lowered) -> tuple[Macro, ...]:
    """The tree's macros, and of the model headers' those that code of the unit uses."""
    values = lowered.macro_values
    own = [macro for text in texts for macro in _macros(text, values)]
    return (*own, *(macro for text in models for macro in _macros(text, values, only_used=True)))


def _macros(text: SourceText, values: dict[str, int], only_used: bool = False) -> Iterator[Macro]:
    for definition in text.definitions.all:
        if not only_used or definition.name in values:
            yield _macro(text, definition, values.get(definition.name), only_used)


def _macro(text: SourceText, definition: Definition, value: int | None, model: bool) -> Macro:
    at = Location(MODEL_FILE if model else text.name, *text.place(definition.at))
    function_like = definition.parameters is not None
    return Macro(definition.name, at, definition.tokens, function_like, None if function_like else value, model)
