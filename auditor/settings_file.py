"""Scanned paths in, the settings file that governs them out: ``lenaudit.toml`` or ``[tool.lenaudit]``.

The file is looked for in the folder of each path and in those above it, up to the top of the git checkout.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Literal

import msgspec

from auditor.intake import table_of
from auditor.model import Confidence, ConfigError, Severity, UsageError, nearest

OWN, SHARED = "lenaudit.toml", "pyproject.toml"
UNKNOWN = re.compile(r"Object contains unknown field `(?P<key>[^`]*)`")


class Written(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, rename="kebab"):
    """What a settings file says; None where it is silent.

    ``rules``, ``baseline`` and ``compile_db`` are relative to the file's folder, ``exclude`` are gitignore
    patterns from there. ``entry_points`` maps a function's name to the id of the platform role that it has.
    """

    select: tuple[str, ...] | None = None
    ignore: tuple[str, ...] | None = None
    severity: dict[str, Severity] | None = None
    confidence: Confidence | None = None
    fail_on: Literal["note", "warning", "error", "never"] | None = None
    exclude: tuple[str, ...] | None = None
    platform: str | None = None
    entry_points: dict[str, str] | None = None
    define: tuple[str, ...] | None = None
    rules: tuple[str, ...] | None = None
    baseline: str | None = None
    compile_db: str | None = None


KEYS = Written.__struct_encode_fields__


class SettingsFile(msgspec.Struct, frozen=True):
    """A settings file and what it says; ``path`` is None when there is none."""

    path: Path | None
    written: Written


def settings_file(paths: Iterable[Path], chosen: Path | None = None) -> SettingsFile:
    """The file that governs ``paths``, or ``chosen``.

    Raises ConfigError for what does not say what it must, UsageError when two paths have different files.
    """
    if chosen is not None:
        return SettingsFile(chosen.resolve(), _read(chosen))
    found = {file for path in paths for file in [_above(path.resolve())]}
    if len(found) > 1:
        names = " and ".join(sorted(str(file or "no file") for file in found))
        raise UsageError(f"the paths have different settings: {names}", "scan them apart, or use --config")
    file = next(iter(found), None)
    return SettingsFile(file, _read(file) if file else Written())


def _above(path: Path) -> Path | None:
    for folder in _folders(path):
        if (folder / OWN).is_file():
            return folder / OWN
        if (folder / SHARED).is_file() and _tool_table(folder / SHARED) is not None:
            return folder / SHARED
    return None


def _folders(path: Path) -> Iterator[Path]:
    """The folders from ``path`` upward, the top of the git checkout being the last."""
    for folder in (path, *path.parents):
        yield folder
        if (folder / ".git").exists():
            return


def _read(file: Path) -> Written:
    table = _tool_table(file) or {} if file.name == SHARED else table_of(file)
    try:
        return msgspec.convert(table, Written)
    except msgspec.ValidationError as error:
        text, _, where = str(error).partition(" - at ")
        key = re.sub(r"^`\$\.?|`$", "", where)
        if unknown := UNKNOWN.fullmatch(text):
            hint = nearest(unknown["key"], KEYS) or f"the keys are {', '.join(KEYS)}"
            raise ConfigError(str(file), unknown["key"], f"there is no such key; {hint}") from error
        raise ConfigError(str(file), key or "top level", text) from error


def _tool_table(file: Path) -> dict[str, Any] | None:
    """``[tool.lenaudit]`` of a pyproject.toml, None when it has none."""
    tools = table_of(file).get("tool")
    table = tools.get("lenaudit") if isinstance(tools, dict) else None
    return table if isinstance(table, dict) else None
