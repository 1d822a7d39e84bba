"""Values of object-like macros: lowered nodes that macros spell come in, what each macro folds to goes out.

All nodes of one use of a macro stand at the same place of the file. When one of them contains all the
others, its value is the macro's; in ``SUM * 2`` with a SUM of ``14 + 20`` none does, and SUM has none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from auditor.ir import Expression
from auditor.ir import expressions as e
from auditor.model import Location


class MacroValues:
    """Gathers, per place of the file, how many topmost nodes a macro's use has and the value of the last."""

    def __init__(self) -> None:
        self._at: dict[Location, tuple[int, int | None]] = {}
        self._alone: dict[str, int] = {}

    def note(self, made: Expression, parts: Iterable[Expression]) -> None:
        """``made`` was just lowered from ``parts``; parents come after their parts."""
        if isinstance(made, e.Cast) and made.implicit:
            return
        at = made.at
        below = sum(_explicit(part).at == at and _explicit(part).macro is not None for part in parts)
        self._at[at] = (self._at.get(at, (0, None))[0] + 1 - below, made.value)
        if isinstance(made, e.Literal) and made.macro is not None and made.value is not None:
            self._alone[made.macro] = made.value

    def found(self, used_at: Callable[[Location], str], single: Callable[[str], bool]) -> dict[str, int]:
        """Values by macro: ``used_at`` names the macro used at a place, ``single`` tells a body of one token."""
        values = {name: value for name, value in self._alone.items() if single(name)}
        wrong = set()
        for at, (topmost, value) in self._at.items():
            if not (name := used_at(at)):
                continue
            if topmost != 1 or value is None or values.setdefault(name, value) != value:
                wrong.add(name)
        return {name: value for name, value in values.items() if name not in wrong}


def _explicit(part: Expression) -> Expression:
    while isinstance(part, e.Cast) and part.implicit:
        part = part.operand
    return part
