"""Windows paths of a project come in, the files and folders of the scanned tree that they mean go out."""

# Paths are text throughout the front end: clang gives and takes them so:
# ruff: noqa: PTH118, PTH206, PTH208

from __future__ import annotations

import os
import re
from functools import lru_cache

from auditor.frontend.inside import lies_in
from auditor.frontend.msbuild.properties import ANCHOR

_DRIVE = re.compile(r"[A-Za-z]:")


class Places:
    """The tree below ``base`` (absolute, without links); upper and lower case in names are the same."""

    def __init__(self, base: str) -> None:
        self.base = base
        self.found = lru_cache(maxsize=4096)(self._found)
        self._names = lru_cache(maxsize=256)(_names)

    def written(self, path: str) -> str:
        """An absolute path of the tree as projects see it."""
        return ANCHOR + "/" + os.path.relpath(path, self.base).replace(os.sep, "/")

    def meant(self, text: str, folder: str) -> str | None:
        """The absolute path that ``text`` means in ``folder``; None when it lies outside the tree."""
        plain = text.replace("\\", "/")
        if "\0" in plain or _DRIVE.match(plain):
            return None
        if plain.startswith(f"{ANCHOR}/"):
            plain = os.path.join(self.base, plain[len(ANCHOR) :].lstrip("/"))
        elif ANCHOR in plain or plain.startswith("/"):
            return None
        path = os.path.normpath(os.path.join(folder, plain))
        return path if path == self.base or path.startswith(self.base.rstrip(os.sep) + os.sep) else None

    def _found(self, path: str) -> str | None:
        """What there is at ``path`` (absolute, in the tree) under that name or another case of it."""
        at: str | None = self.base
        for part in os.path.relpath(path, self.base).split(os.sep):
            if part != "." and at is not None:
                at = self._below(at, part)
        return at if at is not None and lies_in(self.base, at) else None

    def _below(self, folder: str, name: str) -> str | None:
        exact = os.path.join(folder, name)
        if os.path.lexists(exact):
            return exact
        same = self._names(folder).get(name.lower())
        return os.path.join(folder, same) if same else None


def _names(folder: str) -> dict[str, str]:
    """The names in a folder, by themselves in small letters; the first of those that differ in case only."""
    try:
        return {name.lower(): name for name in sorted(os.listdir(folder), reverse=True)}
    except OSError:
        return {}
