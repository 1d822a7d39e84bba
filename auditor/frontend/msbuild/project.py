"""A project file and a configuration come in; what it says about the sources it compiles goes out.

Properties are evaluated first, then definitions, then items, each in order, as MSBuild does it
(https://learn.microsoft.com/visualstudio/msbuild/build-process-overview). Files that it imports are read
when they lie in the scanned tree; targets and tasks are not looked at, and nothing is run.
"""

# Paths are text throughout the front end: clang gives and takes them so:
# ruff: noqa: PTH113, PTH118, PTH119, PTH120, PTH122, PTH208

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import TYPE_CHECKING, Literal

import msgspec

from auditor.frontend.msbuild.conditions import holds
from auditor.frontend.msbuild.elements import Refused, attribute, kind
from auditor.frontend.msbuild.places import Places
from auditor.frontend.msbuild.properties import UNKNOWN, Properties, Spend
from auditor.model import written

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

USED = frozenset(
    {"preprocessordefinitions", "undefinepreprocessordefinitions", "additionalincludedirectories",
     "forcedincludefiles", "excludedfrombuild", "additionaloptions"}
)  # fmt: skip
"""Metadata of a source that this reader keeps."""

_DEEPEST = 20  # imports in imports
_FOR_AN_ELEMENT, _FOR_A_CONDITION, _FOR_A_FILE = 20, 4, 1000  # what one, a character of one, counts for
_VISUAL_STUDIO = ("$(vctargetspath", "$(userrootdir)", "$(msbuild", "$(wdk", "$(windowssdk")
_AROUND = "Directory.Build.props"

Read = Callable[[str], "Element"]
Metadata = Mapping[str, str]
Action = Literal["Include", "Update", "Remove"]
_ACTIONS: tuple[Action, ...] = ("Include", "Update", "Remove")


class Item(msgspec.Struct, frozen=True):
    """What a project does with sources, which it ``names`` with wildcards, apart from those it excludes.

    ``said`` gives the metadata of a source, by name in small letters, from those it had; nothing for sources
    that are included, and have none.
    """

    action: Action
    names: tuple[str, ...]
    exclude: tuple[str, ...]
    said: Callable[[Metadata | None], Metadata]


class Project(msgspec.Struct, frozen=True, eq=False):
    """An evaluated project. ``folders`` are those of its IncludePath; ``dropped`` is what was not used."""

    configuration: str
    items: tuple[Item, ...]
    folders: str
    properties: Properties
    dropped: set[str]


def evaluated(path: str, places: Places, read: Read, spend: Spend) -> Project:
    """The project at ``path`` (absolute). ``read`` gives the root element of a file. Raises Refused."""
    root = read(path)
    configuration = _chosen(root)
    evaluation = _Evaluation(path, configuration, places, read, spend)
    around = _nearest(os.path.dirname(path), places.base, lambda name: name == _AROUND)
    if around is not None and (file := places.found(os.path.join(around, _AROUND))):
        evaluation.take(file, 1)
    evaluation.walk(root, path, 1)
    items = tuple(evaluation.items())
    folders = evaluation.properties.expand("$(IncludePath)")
    return Project(configuration, items, folders, evaluation.properties, evaluation.dropped)


def _chosen(root: Element) -> str:
    """Release|x64 when there is one, else the first x64, else the first."""
    known = [attribute(e, "Include") for e in root.iter() if kind(e) == "projectconfiguration"]
    known = [name for name in known if name.count("|") == 1] or ["Release|x64"]
    same = [name for name in known if name.lower() == "release|x64"]
    return (same or [name for name in known if name.lower().endswith("|x64")] or known)[0]


def _nearest(folder: str, base: str, wanted: Callable[[str], bool]) -> str | None:
    """The nearest folder from ``folder`` up to ``base`` that holds such a file."""
    while True:
        try:
            if any(map(wanted, os.listdir(folder))):
                return folder
        except OSError:
            return None
        if folder == base:
            return None
        folder = os.path.dirname(folder)


class _Evaluation:
    """One project while it is evaluated."""

    def __init__(self, path: str, configuration: str, places: Places, read: Read, spend: Spend) -> None:
        self._places, self._read, self._groups = places, read, list[tuple["Element", str]]()
        self._taken = {path}
        self.dropped: set[str] = set()
        self._folder = os.path.dirname(path)
        solution = _nearest(self._folder, places.base, lambda name: name.lower().endswith(".sln"))
        stem = os.path.splitext(os.path.basename(path))[0]
        name, _, platform = configuration.partition("|")
        here = places.written(self._folder) + "/"
        self.properties = Properties(
            {
                "Configuration": name, "Platform": platform, "ProjectDir": here,
                "SolutionDir": places.written(solution or self._folder) + "/", "ProjectName": stem,
                "MSBuildProjectName": stem, "MSBuildProjectDirectory": here, "MSBuildThisFileDirectory": here,
            },
            spend,
        )  # fmt: skip
        self.properties.say("IncludePath", "")

    def take(self, path: str, depth: int) -> None:
        """An imported file, once; a second import of it says nothing new."""
        if path in self._taken:
            return
        self._taken.add(path)
        try:
            root = self._read(path)
        except Refused as why:
            self.dropped.add(f"{os.path.basename(path)} ({why})")
            return
        self.walk(root, path, depth)

    def walk(self, parent: Element, path: str, depth: int) -> None:
        """Properties and imports of the file ``path`` in order; groups of definitions and items are kept."""
        self.properties.fix("MSBuildThisFileDirectory", self._places.written(os.path.dirname(path)) + "/")
        for element in parent:
            name = kind(element)
            if name in ("itemdefinitiongroup", "itemgroup"):
                self._groups.append((element, name))
            elif name not in ("propertygroup", "importgroup", "import", "choose") or not self._holds(element):
                continue
            elif name == "propertygroup":
                for said in element:
                    if self._holds(said):
                        self.properties.say(kind(said), said.text or "")
            elif depth > _DEEPEST:
                raise Refused("has imports in imports without end")
            else:
                self._inner(element, name, path, depth)

    def _inner(self, element: Element, name: str, path: str, depth: int) -> None:
        if name == "import":
            self._import(attribute(element, "Project"), path, depth)
        elif name == "importgroup":
            self.walk(element, path, depth + 1)
        else:
            other = (e for e in element if kind(e) == "otherwise" or (kind(e) == "when" and self._holds(e)))
            for branch in list(other)[:1]:
                self.walk(branch, path, depth + 1)

    def _import(self, text: str, path: str, depth: int) -> None:
        self.properties.spend(_FOR_A_FILE)
        where = self.properties.expand(text)
        if where.lower().startswith(_VISUAL_STUDIO):
            return
        meant = None if UNKNOWN.search(where) else self._places.meant(where, os.path.dirname(path))
        file = self._places.found(meant) if meant else None
        if file is None or not os.path.isfile(file):
            self.dropped.add(f"import of {written(text)}")
            return
        self.take(file, depth + 1)
        self.properties.fix("MSBuildThisFileDirectory", self._places.written(os.path.dirname(path)) + "/")

    def items(self) -> Iterator[Item]:
        """What is done with sources, in order, after everything else has been evaluated."""
        known: Metadata = {}
        groups = [(group, name) for group, name in self._groups if self._holds(group)]
        for element in self._sources(groups, "itemdefinitiongroup"):
            known = self._metadata(element, known)
        for element in self._sources(groups, "itemgroup"):
            yield from self._item(element, known)

    def _sources(self, groups: list[tuple[Element, str]], kept: str) -> Iterator[Element]:
        for group, name in groups:
            if name == kept:
                yield from (e for e in group if kind(e) == "clcompile" and self._holds(e))

    def _item(self, element: Element, known: Metadata) -> Iterator[Item]:
        """One of the three that an item can do (https://learn.microsoft.com/visualstudio/msbuild/item-element-msbuild)."""
        for action in _ACTIONS:
            if attribute(element, action):
                names, exclude = self._listed(element, action), self._listed(element, "Exclude")
                yield Item(action, names, exclude, partial(self._said, element, known))
                return

    def _listed(self, element: Element, name: str) -> tuple[str, ...]:
        return tuple(self.properties.listed(self.properties.expand(attribute(element, name))))

    def _said(self, element: Element, known: Metadata, before: Metadata | None) -> Metadata:
        return self._metadata(element, known if before is None else before)

    def _metadata(self, element: Element, known: Metadata) -> Metadata:
        """``known`` with what attributes and then elements say; either may be used."""
        made = dict(known)
        said = [(name.lower(), text) for name, text in element.items()]
        said += [
            (kind(inner), inner.text or "") for inner in element if kind(inner) in USED and self._holds(inner)
        ]
        for name, text in said:
            if name in USED:
                made[name] = self.properties.metadata(text, made)
        return made

    def _holds(self, element: Element) -> bool:
        condition = attribute(element, "Condition")
        self.properties.spend(_FOR_AN_ELEMENT + _FOR_A_CONDITION * len(condition))
        result = holds(condition, self.properties.shown, self._exists)
        if result is None:
            self.dropped.add("conditions that are not understood")
        return bool(result)

    def _exists(self, text: str) -> bool:
        self.properties.spend(_FOR_A_FILE)
        meant = None if UNKNOWN.search(text) else self._places.meant(text, self._folder)
        return meant is not None and self._places.found(meant) is not None
