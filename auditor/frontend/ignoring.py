"""Lines of gitignore patterns come in, what they match goes out, in time that grows with the names alone.

The patterns of a scanned tree are a stranger's: a regular expression that tries every length of every star
takes the power of their number for some names. Here each star but the last is content with the nearest match
of what follows it, which leaves the most to those behind it.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterable
from itertools import groupby
from typing import NamedTuple

MOST_LINES = 2000
"""Patterns of one file that are used; each is held against every name."""

LONGEST_LINE = 1000
"""Bytes of a pattern that is used."""

_STAR, _GAP = "[^/]*", "(?:/.+)?"  # a star, and ** between two slashes

_TOKEN = re.compile(
    r"\\(?P<escaped>.)|(?P<many>\*)|(?P<one>\?)|\[(?P<no>[!^]?+)(?P<set>\]?+[^\]]*\])"
    r"|(?P<unclosed>\[)|(?P<plain>[^\\\[*?]+)|(?P<end>\\)",
    re.DOTALL,
)


class Ignores(NamedTuple):
    """Patterns, whether each one ignores what it matches, and how many lines are none, or too much."""

    patterns: tuple[tuple[re.Pattern[str], bool], ...]
    unused: int

    def verdict(self, name: str) -> bool | None:
        """Whether ``name`` (a folder's ends in ``/``) is ignored; None when no pattern matches it.

        The last one that does decides. Nothing is said of what is in a folder: whoever walks a tree leaves
        it out with the folder.
        """
        return next((ignored for pattern, ignored in reversed(self.patterns) if pattern.search(name)), None)


def ignores(lines: Iterable[str]) -> Ignores:
    """What gitignore ``lines`` match (gitignore(5))."""
    made, unused = list[tuple[re.Pattern[str], bool]](), 0
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", FutureWarning)  # [[ may mean something else some day
        for line in lines:
            if not line.strip() or line.startswith("#"):
                continue
            useful = len(line) <= LONGEST_LINE and len(made) + unused < MOST_LINES
            try:
                made += _patterns(line) if useful else []
            except (ValueError, re.error, OverflowError, RecursionError):
                useful = False
            unused += not useful
    return Ignores(tuple(made), unused)


def _patterns(line: str) -> list[tuple[re.Pattern[str], bool]]:
    """At most one pattern. Raises ValueError and what ``re`` raises when the line is none."""
    text = line if line.endswith("\\ ") else line.rstrip()
    if text == "/":
        return []
    return [(re.compile(_expression(text.removeprefix("!"))), not text.startswith("!"))]


def _expression(pattern: str) -> str:
    """A regular expression for names of which a folder's ends in ``/``."""
    *names, last = re.sub(r"\*{3,}", "**", pattern.removeprefix("/")).split("/")
    if last:
        names.append(last)
    if not names:
        raise ValueError("no name")
    if pattern.find("/") in (-1, len(pattern) - 1):  # anywhere in the tree
        names.insert(0, "**")
    names = [name for key, same in groupby(names) for name in ([key] if key == "**" else same)]
    end = r"/?\Z" if last else r"/\Z"
    if len(names) > 1 and names[-1] == "**":
        names, end = names[:-1], "/." if last else r"/.+/\Z"
    return _quick(names, end)


def _quick(names: list[str], end: str) -> str:
    """One choice is left to the last star of ``names`` without ``**`` between, and one to the last ``**``."""
    anywhere = names[0] == "**"
    runs = [list(run) for stars, run in groupby(names, "**".__eq__) if not stars]
    texts = ["/".join(map(_glob, run)) for run in runs] or ["[^/]+"]
    if len(texts) == 1:
        return ("^(?:.+/)?" if anywhere else "^") + _nearest(texts[0] + end)
    first, *inner, last = texts
    early = [("^(?:.+?/)??" if anywhere else "^") + _nearest(first)]
    early += ["(?:/.+?)??/" + _nearest(text) for text in inner]
    return "".join([*(f"(?>{part}(?=/))" for part in early), _GAP, _nearest(f"/{last}{end}")])


def _nearest(part: str) -> str:
    first, *rest = re.split(f"(?:{re.escape(_STAR)})+", part)
    stars = [f"(?>{_STAR}?{text})" for text in rest[:-1]]
    return "".join([first, *stars, *(f"{_STAR}{text}" for text in rest[-1:])])


def _glob(name: str) -> str:
    """A pattern's part between two slashes. Raises ValueError for a backslash with nothing behind it."""
    return "[^/]+" if name == "*" else "".join(map(_translated, _TOKEN.finditer(name)))


def _translated(token: re.Match[str]) -> str:
    match token.lastgroup:
        case "escaped" | "plain" as group:
            return re.escape(token[group])
        case "many":
            return _STAR
        case "one":
            return "[^/]"
        case "set":
            return f"(?!/)[{'^' * len(token['no'])}{token['set']}".replace("\\", r"\\")
        case "unclosed":
            return "(?!)"  # git: it matches nothing
        case _:
            raise ValueError("a backslash with nothing behind it")
