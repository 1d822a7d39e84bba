"""The projects of a scan come in; for each source that one compiles, the arguments that may be used go out.

A project is somebody's file: of what it says only defines and folders of the scanned tree are used, as of a
compilation database (``auditor/frontend/compile_db.py``). Nothing is run, or read outside the tree.
"""

# Paths are text throughout the front end: clang gives and takes them so:
# ruff: noqa: PTH112, PTH120, PTH206

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from auditor.frontend.compile_db import Flags, dropped_names
from auditor.frontend.flags import DEFINITION
from auditor.frontend.msbuild.elements import Refused, elements
from auditor.frontend.msbuild.options import options
from auditor.frontend.msbuild.places import Places
from auditor.frontend.msbuild.project import Item, Metadata, Project, evaluated
from auditor.frontend.msbuild.properties import ANCHOR, UNKNOWN, Spend, unescaped
from auditor.model import Gap, Location, written

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

MOST_BYTES = 64 * 2**20
"""Of all files that the projects of one scan read, an import counted as often as it is read."""

MOST_WORK, MOST_WORK_IN_ALL = 8 * 2**20, 128 * 2**20
"""Characters that are expanded, taken apart and compared for one project, and for all of a scan."""

_WILD = frozenset("*?")
_EQUATED = re.compile(r"^(\w+)#")
_FOR_EACH_SOURCE = 5  # characters that looking at one name counts for
_FOR_A_FOLDER, _FOR_AN_OPTION = 400, 100


def project_flags(
    base: str, projects: Iterable[str], sources: Iterable[str]
) -> tuple[dict[str, Flags], tuple[Gap, ...]]:
    """Flags by absolute path of a source; of a source in several projects, those of the first by name.

    A note for each project says which configuration was chosen and what was not used; one that cannot be
    read costs itself only.
    """
    reader = _Reader(base, sources)
    flags: dict[str, Flags] = {}
    gaps: list[Gap] = []
    for path in sorted(projects):
        name = written(os.path.relpath(path, base).replace(os.sep, "/"))
        try:
            project = evaluated(path, reader.places, reader.read, reader.begun())
            own = reader.flags(project, path)
        except Refused as why:
            gaps.append(Gap("skipped", f"{name} {why}; it is not used", Location(name, 1), "note"))
            continue
        flags = own | flags
        if any(said != Flags() for said in own.values()) or (own and project.dropped):
            not_used = f"; not used: {dropped_names(project.dropped)}" if project.dropped else ""
            told = f"{name}: only {written(project.configuration)} is read{not_used}"
            gaps.append(Gap("skipped", told, Location(name, 1), "note"))
    return flags, tuple(gaps)


class _Reader:
    """What the projects of one scan share."""

    def __init__(self, base: str, sources: Iterable[str]) -> None:
        self.places = Places(base)
        self._bytes = self._own = self._all = 0
        self._sources: dict[str, list[str]] = {}
        for source in sources:
            self._sources.setdefault(source.lower(), []).append(source)
        self._parts = {low: low.split(os.sep) for low in self._sources}

    def begun(self) -> Spend:
        """What counts the work of the next project."""
        self._own = 0
        return self._spend

    def _spend(self, characters: int) -> None:
        self._own, self._all = self._own + characters, self._all + characters
        if self._own > MOST_WORK:
            raise Refused("asks for more text than any project needs")
        if self._all > MOST_WORK_IN_ALL:
            raise Refused("is not read: the projects before it ask for too much text")

    def read(self, path: str) -> Element:
        """The root element of a project file. Raises Refused."""
        if self._bytes > MOST_BYTES:
            raise Refused(f"is not read: the projects before it have {MOST_BYTES >> 20} MB")
        root, size = elements(path)
        self._bytes += size
        return root

    def flags(self, project: Project, path: str) -> dict[str, Flags]:
        """Flags of the sources that ``project``, the file at ``path``, compiles."""
        folder, held = os.path.dirname(path), dict[str, Metadata]()
        for item in project.items:
            self._apply(item, list(self._meant(item, project, folder)), held)
        made = dict[str, Flags]()
        for metadata, sources in _alike(held, held):
            if not _left_out(metadata):
                made |= dict.fromkeys(sources, self._said(metadata, project, folder))
        return made

    def _apply(self, item: Item, sources: list[str], held: dict[str, Metadata]) -> None:
        """Do with ``sources`` what a project says; a source that it includes twice is what it was first."""
        match item.action:
            case "Include":
                if new := [s for s in sources if s not in held or _left_out(held[s])]:
                    held |= dict.fromkeys(new, item.said(None))
            case "Update":
                for before, same in _alike(held, sources):
                    held |= dict.fromkeys(same, item.said(before))
            case "Remove":
                for source in sources:
                    held.pop(source, None)

    def _meant(self, item: Item, project: Project, folder: str) -> Iterator[str]:
        known = (text for text in item.exclude if not UNKNOWN.search(text))  # such as the items before
        left_out = {source for text in known for source in self._named(text, project, folder)}
        for text in item.names:
            yield from (source for source in self._named(text, project, folder) if source not in left_out)

    def _named(self, text: str, project: Project, folder: str) -> list[str]:
        """The sources of the scan that an entry names, perhaps with wildcards or in another case."""
        if unknown := UNKNOWN.search(text):
            project.dropped.add(unknown[0])
            return []
        meant = self.places.meant(text, folder)
        if meant is None:
            return []
        if not _WILD.isdisjoint(meant):
            project.properties.spend(_FOR_EACH_SOURCE * len(self._sources))
            pattern = meant.lower().split(os.sep)
            return [
                s for low, same in self._sources.items() if _matches(self._parts[low], pattern) for s in same
            ]
        same = self._sources.get(meant.lower(), [])
        return [meant] if meant in same else same[:1]

    def _said(self, metadata: Metadata, project: Project, folder: str) -> Flags:
        """What a source's metadata allow; what cannot be used is added to the project's ``dropped``."""
        project.properties.spend(sum(map(len, metadata.values())) + len(project.folders))
        listed, arguments = project.properties.listed, list[str]()
        for option, name in (("/D", "preprocessordefinitions"), ("/U", "undefinepreprocessordefinitions")):
            for value in map(_unquoted, listed(metadata.get(name, ""))):
                arguments += _argument(option, value, project)
        if metadata.get("forcedincludefiles", "").strip(" ;\r\n\t"):
            project.dropped.add("ForcedIncludeFiles")
        folders = listed(metadata.get("additionalincludedirectories", ""))
        for option, value in options(unescaped(metadata.get("additionaloptions", ""))):
            project.properties.spend(_FOR_AN_OPTION)
            if option == "/I":
                folders.append(value)
            else:
                arguments += _argument(option, value, project)
        found = self._folders([*folders, *listed(project.folders)], project, folder)
        return Flags(tuple(arguments), tuple(dict.fromkeys(found)))

    def _folders(self, given: list[str], project: Project, folder: str) -> Iterator[str]:
        """The folders of the tree among those; one that does not exist holds no header."""
        for text in given:
            project.properties.spend(_FOR_A_FOLDER)
            if unknown := UNKNOWN.search(text):
                project.dropped.add(unknown[0])
            elif (meant := self.places.meant(_unquoted(text).strip('"'), folder)) is None:
                project.dropped.add("folders outside the tree")
            elif (found := self.places.found(meant)) and os.path.isdir(found):
                yield os.path.realpath(found)


def _alike(held: Mapping[str, Metadata], sources: Iterable[str]) -> list[tuple[Metadata, list[str]]]:
    """Those of ``sources`` that are held, by what is said of them."""
    groups: dict[int, tuple[Metadata, list[str]]] = {}
    for source in sources:
        if (said := held.get(source)) is not None:
            groups.setdefault(id(said), (said, []))[1].append(source)
    return list(groups.values())


def _left_out(metadata: Metadata) -> bool:
    return metadata.get("excludedfrombuild", "").strip().lower() == "true"


def _argument(option: str, value: str, project: Project) -> tuple[str, ...]:
    """Clang's for an option of Microsoft's compiler, if it may be used."""
    if unknown := UNKNOWN.search(option + value):
        project.dropped.add(unknown[0])
    elif option == "/J":
        return ("-funsigned-char",)
    elif option not in ("/D", "/U"):
        project.dropped.add(written(option.replace(ANCHOR, "")))
    elif DEFINITION.fullmatch(value := _equated(value)) and "\0" not in value and ANCHOR not in value:
        return f"-{option[1]}", value
    else:
        project.dropped.add(f"-{option[1]} {written(value.partition('=')[0].replace(ANCHOR, ''))}")
    return ()


def _equated(value: str) -> str:
    """A definition whose ``#`` may stand for ``=``."""
    return _EQUATED.sub(r"\1=", value, 1)


def _unquoted(value: str) -> str:
    return value.replace('\\"', '"')


def _matches(parts: list[str], pattern: list[str]) -> bool:
    """Whether a path fits a pattern, both in small letters; ``**`` stands for any folders, once."""
    if "**" in pattern:
        head, tail = pattern[: (star := pattern.index("**"))], pattern[star + 1 :]
        if len(parts) < len(head) + len(tail):
            return False
        parts, pattern = parts[: len(head)] + parts[len(parts) - len(tail) :], head + tail
    return len(parts) == len(pattern) and all(map(fnmatchcase, parts, pattern))
