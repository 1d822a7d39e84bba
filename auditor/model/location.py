"""Where something stands in a scanned source file."""

from __future__ import annotations

import msgspec


class Location(msgspec.Struct, frozen=True, order=True, gc=False, array_like=True):
    """A span of source text.

    ``file`` is relative to the report's base folder, with ``/`` separators and no ``./``.
    Lines and columns count from 1, columns in characters; the end is exclusive. It travels as an array: the
    names of these fields would be a third of all that is packed.
    """

    file: str
    line: int
    column: int = 1
    end_line: int = 0
    end_column: int = 0

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


NOWHERE = Location(file="", line=0)
"""The location of things that no scanned file spells (built-in knowledge, model headers)."""
