"""Lines of gitignore patterns come in, what they match goes out, in time that grows with the names alone.

The patterns of a scanned tree are a stranger's: pathspec's regular expressions take the power of a pattern's
stars for some names. Here each star but the last is content with the nearest match of what follows it, which
leaves the most to those behind it.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterable
from typing import NamedTuple

from pathspec import GitIgnoreSpec
from pathspec.patterns.gitignore.spec import GitIgnoreSpecPattern as Pattern

MOST_LINES = 2000
"""Patterns of one file that are used; each is held against every name."""

LONGEST_LINE = 1000
"""Bytes of a pattern that is used."""

_STAR, _GAP = "[^/]*", "(?:/.+)?"  # a star, and ** between two slashes, as pathspec writes them
_START = "^(?:.+/)?"


class Ignores(NamedTuple):
    """``spec`` and how many lines are not in it, because they are no patterns or too much."""

    spec: GitIgnoreSpec
    unused: int


def ignores(lines: Iterable[str]) -> Ignores:
    """What gitignore ``lines`` match."""
    made, unused = list[Pattern](), 0
    for line in lines:
        if not line.strip() or line.startswith("#"):
            continue
        useful = len(line) <= LONGEST_LINE and len(made) + unused < MOST_LINES
        patterns = _patterns(line) if useful else None
        unused += patterns is None
        made += patterns or []
    return Ignores(GitIgnoreSpec(made, backend="simple"), unused)


def _patterns(line: str) -> list[Pattern] | None:
    """At most one pattern; None when the line is none."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", FutureWarning)  # [[ may mean something else some day
            found = GitIgnoreSpec.from_lines([line], backend="simple").patterns
            return [Pattern(re.compile(_quick(p.regex.pattern)), p.include) for p in found if p.regex]
    except (ValueError, re.error, OverflowError, RecursionError):
        return None


def _quick(regex: str) -> str:
    """The same expression with one choice left to its last star, and one to its last ``**``."""
    *gaps, last = regex.split(_GAP)
    parts = [_nearest(last)]
    if gaps:
        first, *inner = gaps
        early = [first.replace(_START, "^(?:.+?/)??", 1), *(f"(?:/.+?)??{part}" for part in inner)]
        parts = [*(f"(?>{_nearest(part)}(?=/))" for part in early), _GAP, *parts]
    return "".join(parts)


def _nearest(part: str) -> str:
    first, *rest = re.split(f"(?:{re.escape(_STAR)})+", part)
    stars = [f"(?>{_STAR}?{text})" for text in rest[:-1]]
    return "".join([first, *stars, *(f"{_STAR}{text}" for text in rest[-1:])])
