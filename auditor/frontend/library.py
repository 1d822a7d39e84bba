"""Where clang's shared library lies; who only asks that does not load it."""

from __future__ import annotations

import importlib.util
from pathlib import Path

from auditor.model import LenauditError

NAMES = ("libclang.so", "libclang.dylib", "libclang.dll")


def library_file() -> Path:
    """The shared library's file. Raises LenauditError when no wheel provides it."""
    found = importlib.util.find_spec("clang")
    for folder in found.submodule_search_locations or () if found else ():
        for name in NAMES:
            if (path := Path(folder) / "native" / name).is_file():
                return path
    raise LenauditError("libclang was not found", "install the Python package 'libclang'")
