"""A compilation database comes in, the arguments that may be used for each file and what was dropped go out.

The format is clang's (https://clang.llvm.org/docs/JSONCompilationDatabase.html). A database is somebody's
file: of its arguments only those on a list are used, because others make clang write files or read any file
(``-MF``, ``-include``, ``-Xclang``, ``@file``), and folders only when they lie in the scanned tree.
"""

# Paths are text throughout the front end: clang gives and takes them so:
# ruff: noqa: PTH118

from __future__ import annotations

import os
import re
import shlex
from collections.abc import Iterable, Iterator, Set
from pathlib import Path

import msgspec

from auditor.frontend.inside import lies_in
from auditor.model import NOWHERE, ConfigError, Gap, Location, visible, written

NAME = "compile_commands.json"
PLACES = ("", "build", "out")
"""Where a database is looked for, below the base."""

MOST_BYTES = 512 * 2**20
LONGEST_PATH = 4096
"""Bytes of a path that a system takes (PATH_MAX in linux/limits.h); following links takes its square."""

LONGEST_COMMAND = 131_072
"""Bytes of a command line that a shell is given (MAX_ARG_STRLEN in linux/binfmts.h)."""


_PREFIXED = re.compile(r"-([DUI])(.*)", re.DOTALL)
_STANDARD = re.compile(r"-std=[a-z]+(?:\+\+)?[0-9a-z:]+")
_LANGUAGES = frozenset({"c", "c++"})
_TARGET = re.compile(r"[A-Za-z0-9_.-]+")
_PLAIN = frozenset(
    {"-fsigned-char", "-funsigned-char", "-fno-signed-char", "-fno-unsigned-char", "-fshort-enums",
     "-fno-short-enums", "-m32", "-m64"}
)  # fmt: skip
_FOLDERS = frozenset({"-I", "-isystem", "-iquote", "-idirafter"})
_WITH_VALUE = frozenset(
    {"-o", "-MF", "-MT", "-MQ", "-MJ", "-include", "-imacros", "-isysroot", "--sysroot", "-Xclang",
     "-Xpreprocessor", "-Xlinker", "-Xassembler", "-ivfsoverlay", "-arch", "-u", "-z", "-T", "-G", "--param",
     "-aux-info", "-A", "-L", "-l"}
)  # fmt: skip
_EXPECTED = frozenset({"-c", "-S", "-E", "-pipe", "-nostdinc", "-w", "-o"})
"""Of no use here, and no news to anybody."""

_NAMED = 12  # dropped arguments
_LONGEST_NAME = 80
_DULL = ("-W", "-O", "-g", "-f", "-m", "-p", "-o")
_TELLING = ("-fplugin", "-fpass-plugin", "-fmodule", "-Wp,")


class _Entry(msgspec.Struct, frozen=True):
    directory: str
    file: str
    arguments: tuple[str, ...] | None = None
    command: str | None = None


class Flags(msgspec.Struct, frozen=True):
    """What a database says about one file: ``arguments`` for clang, ``folders`` to look for headers in."""

    arguments: tuple[str, ...] = ()
    folders: tuple[str, ...] = ()


def known_flags(base: str, chosen: Path | None) -> tuple[dict[str, Flags], tuple[Gap, ...]]:
    """Flags by absolute path of a source, from the database ``chosen`` (a file, or a folder that holds one).

    Else from the one found below ``base``; a note names the arguments that were dropped. Raises ConfigError
    when the chosen one is not what the format asks for; a found one is then left alone, with a note.
    """
    file = _file(base, chosen)
    if file is None:
        return {}, ()
    flags: dict[str, Flags] = {}
    dropped: set[str] = set()
    try:
        for entry in _entries(file):
            path = os.path.join(entry.directory, entry.file)
            if len(path) > LONGEST_PATH:
                continue
            path = os.path.realpath(path)
            if path not in flags and lies_in(base, path):
                flags[path] = _flags(base, entry, dropped)
    except (ConfigError, ValueError) as error:
        if chosen is not None:
            raise
        return {}, (_gap(base, file, f"is not used: {error}"),)
    return flags, (
        _gap(base, file, f"arguments that are not used: {dropped_names(dropped)}"),
    ) if dropped else ()


def dropped_names(dropped: Set[str]) -> str:
    """What was not used, for a note."""
    names = (visible(name[:_LONGEST_NAME]) for name in sorted(dropped)[:_NAMED])
    return ", ".join(names) + " and more" * (len(dropped) > _NAMED)


def _gap(base: str, file: Path, message: str) -> Gap:
    name = written(os.path.relpath(file, base).replace(os.sep, "/"))
    return Gap(
        "skipped", f"{name}: {message}", Location(name, 1) if lies_in(base, str(file)) else NOWHERE, "note"
    )


def _file(base: str, chosen: Path | None) -> Path | None:
    if chosen is not None:
        file = chosen / NAME if chosen.is_dir() else chosen
        if not file.is_file():
            raise ConfigError(str(file), "file", "is not a compilation database")
        return file
    found = (Path(base, place, NAME) for place in PLACES)
    return next((file for file in found if file.is_file() and lies_in(base, str(file))), None)


def _entries(file: Path) -> list[_Entry]:
    try:
        if file.stat().st_size > MOST_BYTES:
            raise ConfigError(str(file), "file", f"is larger than {MOST_BYTES >> 20} MB")
        data = file.read_bytes()
        if b"\\u0000" in data or b"\0" in data:
            raise ConfigError(str(file), "file", "holds a NUL character")
        return msgspec.json.decode(data, type=list[_Entry])
    except OSError as error:
        raise ConfigError(str(file), "file", f"cannot be read: {error.strerror}") from error
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise ConfigError(str(file), "file", f"is not a compilation database: {error}") from error


def _flags(base: str, entry: _Entry, dropped: set[str]) -> Flags:
    """What of an entry may be used; the names of what may not are added to ``dropped``."""
    arguments: list[str] = []
    folders: list[str] = []
    if entry.arguments is None and len(entry.command or "") > LONGEST_COMMAND:
        dropped.add(f"a command of more than {LONGEST_COMMAND} bytes")
        return Flags()
    for name, value in _options(_words(entry)):
        if name in _FOLDERS:
            folder = os.path.join(entry.directory, value)
            folder = os.path.realpath(folder) if len(folder) <= LONGEST_PATH else os.sep
            if lies_in(base, folder):
                folders.append(folder)
            else:
                dropped.add(f"{name} outside the tree")
        elif usable := _usable(name, value):
            arguments += usable
        elif name.startswith(_TELLING) or not (name in _EXPECTED or name.startswith(_DULL)):
            dropped.add(name.partition("=")[0])
    return Flags(tuple(arguments), tuple(dict.fromkeys(folders)))


def _usable(name: str, value: str) -> list[str]:
    """The arguments for clang that an option stands for, none when it is not on the list."""
    if name in ("-D", "-U") and value and "\0" not in value:
        return [name, value]
    if name in _PLAIN or (name.startswith("-std=") and _STANDARD.fullmatch(name)):
        return [name]
    if name == "-x" and value in _LANGUAGES:
        return [name, value]
    if name == "-target" and _TARGET.fullmatch(value):
        return [name, value]
    return []


def _options(words: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Each option with its value, behind it or in the next word; the compiler and file names are left out."""
    rest = iter(words)
    next(rest, None)
    for word in rest:
        if word.startswith("@"):
            yield "@file", word[1:]
        elif match := _PREFIXED.fullmatch(word):
            yield f"-{match[1]}", match[2] or next(rest, "")
        elif word.startswith("--target="):
            yield "-target", word.partition("=")[2]
        elif word in ("-target", "-x") or word in _FOLDERS or word in _WITH_VALUE:
            yield word, next(rest, "")
        elif word.startswith("-isystem"):
            yield "-isystem", word.removeprefix("-isystem")
        elif word.startswith("-"):
            yield word, ""


def _words(entry: _Entry) -> list[str]:
    if entry.arguments is not None:
        return list(entry.arguments)
    try:
        return shlex.split(entry.command or "")
    except ValueError:  # a quote that is never closed
        return (entry.command or "").split()
