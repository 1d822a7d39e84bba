"""The AdditionalOptions of a source come in, the options of Microsoft's compiler that they hold go out.

The options are those of https://learn.microsoft.com/cpp/build/reference/compiler-options-listed-by-category;
words are taken apart as programs on Windows do it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_WORD = re.compile(r'(?:[^\s"\\]|\\"|\\|"(?:[^"\\]|\\"|\\)*"?)+')
_QUOTED = re.compile(r'\\(")|"')
_WITH_VALUE = re.compile(r"(D|U|I|external:I|FI)(.*)", re.DOTALL)
_DULL = re.compile(r"(?:[WwOGQR]|M[DTP]|LD|EH|Z[7aefiIlmosW]|F[ACSRadefmopsx]|sdl|analyze|nologo|bigobj|utf-8"
                   r"|showIncludes|diagnostics|errorReport|external:W|kernel|guard|MP).*")  # fmt: skip
"""Warnings, optimisation, what is made of the code and where it is put: none says what the code is."""


def options(text: str) -> Iterator[tuple[str, str]]:
    """``/D``, ``/U`` and ``/I`` with their values, and what else says something about the code, without one.

    A word that is no option stands for itself. What follows ``/link`` is for the linker.
    """
    words = (_QUOTED.sub(r"\1", word) for word in _WORD.findall(text))
    for word in words:
        name = word[1:]
        if not word.startswith(("/", "-")):
            yield word, ""
        elif name.lower() == "link":
            return
        elif match := _WITH_VALUE.fullmatch(name):
            value = match[2] or next(words, "")
            yield f"/{match[1].removeprefix('external:')}", value if match[1] != "FI" else ""
        elif not _DULL.fullmatch(name):
            yield f"/{name}", ""
