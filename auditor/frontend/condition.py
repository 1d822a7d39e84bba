"""A file's text in, the one macro out that all of its code waits for.

Optional drivers of portable trees stand wholly under one ``#ifdef``: undefined, there is nothing to analyse.
"""

from __future__ import annotations

import re

_PIECE = re.compile(
    rb"/\*.*?\*/|//[^\n]*|(^[ \t]*#(?:\\\r?\n|/\*.*?\*/|[^\n])*)|[^\s]", re.MULTILINE | re.DOTALL
)
_DIRECTIVE = re.compile(rb"[ \t]*#[ \t]*(\w+)[ \t]*(.*)", re.DOTALL)
_DEFINED = re.compile(rb"(?:defined\b)?[ \t]*\(?[ \t]*([A-Za-z]\w*)[ \t]*\)?\s*(?://.*|/\*.*)?", re.DOTALL)
_OPENS, _PASSES = frozenset({b"if", b"ifdef", b"ifndef"}), frozenset({b"include", b"define", b"pragma"})


def sole_condition(data: bytes) -> str:
    """The macro whose definition all code of the file depends on, empty when there is none.

    A name that begins with an underscore is the compiler's or a header's own, and never given.
    """
    depth, name, ended = 0, "", False
    for piece in _PIECE.finditer(data):
        if piece[1] is None:
            if not piece[0].startswith((b"/*", b"//")) and (ended or not name):
                return ""
            continue
        word, rest = _split(piece[1])
        if not name and word not in _OPENS and word in _PASSES:
            continue
        if ended or (not name and not (name := _asked(word, rest))):
            return ""
        if depth == 1 and word in (b"else", b"elif"):
            return ""
        depth += (word in _OPENS) - (word == b"endif")
        ended = depth == 0
    return name if ended else ""


def _split(directive: bytes) -> tuple[bytes, bytes]:
    found = _DIRECTIVE.match(directive)
    return (found[1], found[2]) if found is not None else (b"", b"")


def _asked(word: bytes, rest: bytes) -> str:
    """The macro that a condition asks to be defined, and nothing else."""
    found = _DEFINED.fullmatch(rest.strip())
    wanted = word == b"ifdef" or (word == b"if" and rest.startswith(b"defined"))
    return found[1].decode() if wanted and found is not None else ""
