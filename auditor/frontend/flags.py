"""Compiler arguments: a file, its platform and the user's defines come in, libclang's arguments go out."""

# Paths are text throughout the front end: clang gives and takes them so:
# ruff: noqa: PTH122

from __future__ import annotations

import os
import re
from collections.abc import Iterable

from auditor.frontend.headers import ROOT, STUBS
from auditor.knowledge import Platform
from auditor.model import UsageError

CPLUSPLUS = frozenset({".cc", ".cpp", ".cxx", ".hh", ".hpp", ".hxx"})
DEFINITION = re.compile(r"[A-Za-z_]\w*(?:\([\w, .]*\))?(?:=.*)?", re.DOTALL)
"""NAME, NAME=VALUE, or NAME(PARAMETERS)=VALUE."""

_ALWAYS = (
    "-nostdinc",
    "-w",
    "-ferror-limit=0",
    "-fno-spell-checking",
    "-Wno-implicit-function-declaration",
    "-Wno-int-conversion",
    "-Wno-implicit-int",
    "-Wno-incompatible-function-pointer-types",
)


def is_cplusplus(path: str) -> bool:
    """Whether a file is C++ by its name."""
    return os.path.splitext(path)[1].lower() in CPLUSPLUS


def arguments(
    path: str, platform: Platform, defines: Iterable[str], folders: Iterable[str], known: Iterable[str] = ()
) -> list[str]:
    """Libclang's arguments for ``path``; ``known`` are those of a compilation database.

    Raises UsageError for a define that is not NAME or NAME=VALUE.
    """
    language = ("-x", "c++", "-std=gnu++17") if is_cplusplus(path) else ("-x", "c", "-std=gnu11")
    result = [*language, "-target", platform.target, *_ALWAYS, "-I", ROOT]
    for folder in folders:
        result += ["-I", folder]
    for define in (*platform.defines, *defines):
        if not DEFINITION.fullmatch(define):
            raise UsageError(f"{define!r} is not a definition", "expected NAME or NAME=VALUE")
        result += ["-D", define]
    result += known
    return [*result, "-include", STUBS]
