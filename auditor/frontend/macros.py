"""Macro definitions in a source text: bytes come in, names, bodies and their places go out.

Found by reading the text, not by asking clang, whose record of a unit's macros costs more than its
syntax tree. Which definition spelled a piece of code is then a question of offsets.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cached_property

import msgspec

_DEFINE = re.compile(
    rb"/\*.*?\*/|//[^\n]*|\"(?:\\.|[^\"\\\n])*\""
    rb"|#[ \t]*define[ \t]+([A-Za-z_]\w*)(\((?:\\\r?\n|[^)\n])*\))?((?:/\*.*?\*/|\\\r?\n|[^\n])*)",
    re.DOTALL,
)
"""Each alternative begins with a character of its own: the search for them runs past all others."""
_COMMENT = re.compile(rb"/\*.*?\*/|//[^\n]*|\\\r?\n", re.DOTALL)
_TOKEN = re.compile(
    r"[A-Za-z_]\w*|\.?\d(?:[\w.']|[eEpP][+-])*|\"(?:\\.|[^\"\\])*\"|'(?:\\.|[^'\\])*'|##|<<=|>>=|\.\.\."
    r"|->|\+\+|--|<<|>>|[<>=!]=|&&|\|\||[-+*/%&|^]=|[^\s\w]"
)


def begins_line(match: re.Match[bytes]) -> bool:
    """Whether a directive's line has nothing but blanks before it."""
    line = match.string.rfind(b"\n", 0, match.start()) + 1
    return not match.string[line : match.start()].strip(b" \t")


class Definition(msgspec.Struct, frozen=True, dict=True):
    """One #define: ``begin`` and ``end`` are the byte offsets of its body, ``at`` that of its name."""

    name: str
    at: int
    begin: int
    end: int
    parameters: tuple[str, ...] | None
    body: bytes

    @cached_property
    def tokens(self) -> tuple[str, ...]:
        """The body's tokens, comments and line splices gone."""
        return tuple(_TOKEN.findall(_COMMENT.sub(b" ", self.body).decode("utf-8", "replace")))

    @cached_property
    def distinct(self) -> dict[str, None]:
        """The body's tokens, each once, in order."""
        return dict.fromkeys(self.tokens)


class Definitions:
    """All definitions of one text, active or not, in order."""

    def __init__(self, data: bytes) -> None:
        self.data = data

    @cached_property
    def all(self) -> tuple[Definition, ...]:
        """Every #define in the text."""
        found = _DEFINE.finditer(self.data)
        return tuple(_definition(match) for match in found if match[1] and begins_line(match))

    @cached_property
    def by_name(self) -> dict[str, Definition]:
        """The last definition of each name."""
        return {definition.name: definition for definition in self.all}

    @cached_property
    def _twice(self) -> dict[str, list[Definition]]:
        counted: dict[str, list[Definition]] = {}
        for definition in self.all:
            counted.setdefault(definition.name, []).append(definition)
        return {name: found for name, found in counted.items() if len(found) > 1}

    def called(self, name: str) -> list[Definition]:
        """Every definition of ``name``."""
        if (only := self.by_name.get(name)) is None:
            return []
        return self._twice.get(name) or [only]

    @cached_property
    def _begins(self) -> list[int]:
        return [definition.begin for definition in self.all]

    def around(self, offset: int) -> Definition | None:
        """The definition whose body holds the byte at ``offset``."""
        index = bisect_right(self._begins, offset) - 1
        return self.all[index] if index >= 0 and offset < self.all[index].end else None


def _definition(match: re.Match[bytes]) -> Definition:
    parameters = match[2]
    names = None
    if parameters is not None:
        names = tuple(
            p.decode("utf-8", "replace")
            for p in parameters[1:-1].replace(b"\\\n", b"").replace(b" ", b"").split(b",")
            if p
        )
    return Definition(match[1].decode(), match.start(1), match.start(3), match.end(3), names, match[3])
