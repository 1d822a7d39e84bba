"""Model headers: a file's includes come in, the in-memory files and search folders for clang go out.

Everything lives under a folder that does not exist on any disk, so nothing of the machine leaks in.
"""

# Paths are text throughout the front end: clang gives and takes them so:
# ruff: noqa: PTH118

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping

import msgspec

from auditor.frontend.includes import Reached, directives_of
from auditor.frontend.platforms import Pack

ROOT = "/lenaudit"
MODELS = f"{ROOT}/.model"
STUBS = f"{ROOT}/.stubs.h"
STANDARD = "c/"
"""Model headers below this folder are the freestanding C headers, the same for every platform."""


class Served(msgspec.Struct, frozen=True):
    """Files that exist only in memory (absolute name to bytes), and folders to search."""

    files: dict[str, bytes]
    folders: tuple[str, ...]
    missing: tuple[str, ...]


def model_files(headers: Mapping[str, str], pack: Pack) -> dict[str, bytes]:
    """The in-memory files that every parse for a platform gets: its models and the standard headers."""
    wanted = {name for name in headers if name.startswith(STANDARD)}
    pending = [name for name in pack.platform.headers if name in headers]
    while pending:
        name = pending.pop()
        wanted.add(name)
        named = {directive.name for directive in directives_of(headers[name].encode("utf-8"))}
        pending += named & headers.keys() - wanted
    return {_place(name): text.encode("utf-8") for name, text in headers.items() if name in wanted}


def _place(name: str) -> str:
    return f"{ROOT}/{name.removeprefix(STANDARD)}" if name.startswith(STANDARD) else f"{MODELS}/{name}"


def serve(models: Mapping[str, bytes], pack: Pack, reached: Reached) -> Served:
    """What clang needs to find every header of ``reached``: models, aliases, re-encoded or blanked files.

    A name without a file or model is ``missing``; clang goes on without it.
    """
    files = dict(models)
    folders: dict[str, None] = {}
    for name, target in reached.targets.items():
        if target.folder:
            folders[target.folder] = None
        elif not target.exact:
            files[f"{ROOT}/{name}"] = b'#include "%s"\n' % os.fsencode(target.path)
    for path, (data, recoded) in reached.texts.items():
        if recoded:
            files[path] = data
    for path in reached.unreadable:
        files[path] = b"\n"
    missing = []
    for name in reached.missing:
        model = pack.model_of(name)
        if model is not None:
            files.setdefault(f"{ROOT}/{name}", f'#include "{MODELS}/{model}"\n'.encode())
        elif f"{ROOT}/{name}" not in files:
            missing.append(name)
            files.update(_led_to(name, folders, reached))
    return Served(files, tuple(folders), tuple(missing))


def _led_to(name: str, folders: Iterable[str], reached: Reached) -> Iterator[tuple[str, bytes]]:
    """Empty files for what ``name`` leads to by ``..`` from a search folder, perhaps out of the tree."""
    if ".." in name.split("/"):
        places = {os.path.normpath(os.path.join(folder, name)) for folder in folders}
        yield from ((place, b"\n") for place in places - set(reached.texts) if os.path.lexists(place))
