"""Globs come in, whether one of them matches a name goes out; most of a pack's are plain names."""

from __future__ import annotations

import re
from collections.abc import Iterable
from fnmatch import translate

_WILD = frozenset("*?[")


class Globs:
    """Compiled once; as ``fnmatch.fnmatchcase`` for each. Plain names, which are many, are only looked up."""

    def __init__(self, globs: Iterable[str]) -> None:
        every = frozenset(globs)
        self._names = frozenset(glob for glob in every if _WILD.isdisjoint(glob))
        self._wild = re.compile("|".join(map(translate, sorted(every - self._names))) or r"(?!)")

    def match(self, name: str) -> bool:
        """Whether one of them matches all of ``name``."""
        return name in self._names or self._wild.match(name) is not None
