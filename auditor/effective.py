"""A settings file and the command line in, the settings of one run and where each comes from out.

The command line wins; lists that only add (ignore, exclude, define, rules) are joined.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from auditor.settings import Settings
from auditor.settings_file import KEYS, SettingsFile

DEFAULT, COMMAND_LINE = "default", "command line"
JOINED = frozenset({"ignore", "exclude", "define", "rules"})


class Effective(msgspec.Struct, frozen=True):
    """The settings that hold; ``values`` and ``origins`` say each key's value and who set it."""

    settings: Settings
    values: dict[str, Any]
    origins: dict[str, str]


def effective(paths: tuple[Path, ...], given: dict[str, Any], file: SettingsFile) -> Effective:
    """``given`` is what the command line says, by the settings file's keys; empty or None: nothing."""
    values: dict[str, Any] = {}
    origins: dict[str, str] = {}
    for key in KEYS:
        said = {COMMAND_LINE: given.get(key), _name(file): getattr(file.written, key.replace("-", "_"))}
        sources = [origin for origin, value in said.items() if value not in (None, "", (), {})]
        if key in JOINED:
            values[key] = tuple(str(item) for origin in reversed(sources) for item in said[origin])
        else:
            values[key] = said[sources[0]] if sources else None
            sources = sources[:1]
        origins[key] = " and ".join(sources) or DEFAULT
    return Effective(_settings(paths, given, file), values, origins)


def listing(found: Effective, file: SettingsFile) -> str:
    """A settings file that says what holds, each line with its origin as a comment."""
    head = f"# {file.path}" if file.path else "# no settings file was found"
    scalars = [key for key in KEYS if not isinstance(_shown(key, found), dict)]
    rows = [(f"{key} = {_toml(_shown(key, found))}", found.origins[key]) for key in scalars]
    width = max(len(row) for row, _ in rows)
    lines = [head, *(f"{row:<{width}}  # {origin}" for row, origin in rows)]
    for key in (key for key in KEYS if key not in scalars):
        lines += ["", f"[{key}]  # {found.origins[key]}", *_pairs(_shown(key, found))]
    return "\n".join(lines) + "\n"


def _settings(paths: tuple[Path, ...], given: dict[str, Any], file: SettingsFile) -> Settings:
    written, folder = file.written, file.path.parent if file.path else Path()
    default = Settings(paths=paths)
    own_rules = tuple(folder / name for name in written.rules or ())
    own_baseline = folder / written.baseline if written.baseline else None
    own_database = folder / written.compile_db if written.compile_db else None
    return Settings(
        paths=paths,
        rules_folders=own_rules + tuple(given.get("rules") or ()),
        platform=given.get("platform") or written.platform or "",
        defines=(written.define or ()) + tuple(given.get("define") or ()),
        exclude=tuple(given.get("exclude") or ()),
        excluded=((folder, written.exclude),) if written.exclude else (),
        select=tuple(given.get("select") or ()) or written.select or (),
        ignore=(written.ignore or ()) + tuple(given.get("ignore") or ()),
        severities=written.severity or {},
        entry_points=written.entry_points or {},
        min_confidence=given.get("confidence") or written.confidence or default.min_confidence,
        fail_on=given.get("fail-on") or written.fail_on or default.fail_on,
        baseline=given.get("baseline") or own_baseline,
        compile_db=given.get("compile-db") or own_database,
    )


def _name(file: SettingsFile) -> str:
    return file.path.name if file.path else "no settings file"


def _shown(key: str, found: Effective) -> Any:
    """The value as TOML can hold it; what nobody set as its default."""
    settings, value = found.settings, found.values[key]
    match key:
        case "confidence":
            return str(settings.min_confidence)
        case "fail-on":
            return settings.fail_on
        case "severity" | "entry-points":
            return dict(value or {})
        case "platform" | "baseline" | "compile-db":
            return str(value or "")
        case _:
            return list(value or ())


def _pairs(table: dict[str, str]) -> Iterator[str]:
    for name, value in table.items():
        yield f"{_toml(name)} = {_toml(str(value))}"


def _toml(value: Any) -> str:
    """A text, or a list of texts, as TOML writes them, which is as JSON does."""
    import json  # nothing but a listing needs it

    return json.dumps(value)
