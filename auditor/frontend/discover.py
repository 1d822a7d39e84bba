"""Paths to source files: folders and files come in, the C files to analyse and what was skipped go out."""

# A tree may hold 100,000 entries, and Path objects would cost more than the walk:
# ruff: noqa: PTH110, PTH112, PTH113, PTH118, PTH120, PTH122, PTH123, PTH206

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path

import msgspec

from auditor.frontend.compile_db import Flags
from auditor.frontend.ignoring import Ignores, ignores
from auditor.model import Gap, Location, UsageError, written

SOURCES = frozenset({".c", ".cc", ".cpp", ".cxx"})
HEADERS = frozenset({".h", ".hh", ".hpp", ".hxx", ".inc", ".inl"})
NEVER = frozenset(
    {".git", ".hg", ".svn", ".bzr", "CVS", "node_modules", "__pycache__", ".venv", ".tox", "CMakeFiles"}
)
"""Folders that hold no driver's own source: version control, package stores, build by-products."""

PROJECT = ".vcxproj"


MOST_IGNORED = 1 << 20
"""Characters of a .gitignore that are looked at."""


class Found(msgspec.Struct, frozen=True):
    """What discovery found; all paths absolute and resolved. ``headers`` are not analysed on their own."""

    base: str
    sources: tuple[str, ...]
    headers: tuple[str, ...]
    gaps: tuple[Gap, ...]
    flags: Mapping[str, Flags] = {}  # what a compilation database or a project says, by source
    projects: tuple[str, ...] = ()  # of Visual Studio


def discover(
    paths: Iterable[Path],
    exclude: Iterable[str] = (),
    excluded: Iterable[tuple[Path, Iterable[str]]] = (),
) -> Found:
    """The sources under ``paths`` in sorted order, each once.

    ``exclude`` are gitignore patterns from ``base``, ``excluded`` such patterns from other folders.
    ``base`` is the git top level of the paths, else the scanned folder. Raises UsageError for a path that
    does not exist or when there is none.
    """
    roots = [_existing(path) for path in paths]
    if not roots:
        raise UsageError("no path was given", "name a folder or a C file")
    base = os.path.commonpath([_base_of(root) for root in roots])
    patterns = ((str(folder.resolve()), tuple(lines)) for folder, lines in ((Path(base), exclude), *excluded))
    walk = _Walk(base, tuple((folder, _chosen(lines)) for folder, lines in patterns if lines))
    for root in roots:
        if root.is_dir():
            walk.folder(str(root), walk.inherited(str(root)))
        else:
            walk.named(str(root))
        walk.above(root)
    return Found(
        base,
        tuple(sorted(walk.sources)),
        tuple(sorted(walk.headers)),
        tuple(walk.gaps),
        projects=tuple(sorted(walk.projects)),
    )


def _existing(path: Path) -> Path:
    try:
        return path.resolve(strict=True)
    except (OSError, RuntimeError) as error:  # missing, not permitted, or a loop of links
        raise UsageError(f"{path}: no such file or folder") from error


def _base_of(root: Path) -> str:
    folder = root if root.is_dir() else root.parent
    return str(next((f for f in (folder, *folder.parents) if (f / ".git").exists()), folder))


Ignoring = tuple[tuple[str, Ignores], ...]
"""Folders and the patterns that hold in each, outermost first."""


def _chosen(lines: Iterable[str]) -> Ignores:
    """Patterns of the user's. Raises UsageError for what is none."""
    patterns = tuple(lines)
    found = ignores(patterns)
    if found.unused:
        wrong = next((line for line in patterns if ignores([line]).unused), f"{len(patterns)} of them")
        raise UsageError(f"exclude: not a gitignore pattern: {wrong}")
    return found


class _Walk:
    """The state of one discovery: what was found, and the gaps."""

    def __init__(self, base: str, exclude: Ignoring) -> None:
        self.base, self.exclude = base, exclude
        self._excluded_folder = cache(lambda folder: self._excluded(folder, is_folder=True))
        self.sources: set[str] = set()
        self.headers: set[str] = set()
        self.projects: set[str] = set()
        self.gaps: list[Gap] = []

    def inherited(self, root: str) -> Ignoring:
        """The .gitignore files between the base and ``root``, outermost first, without root's own."""
        found: Ignoring = ()
        folder = self.base
        for part in [p for p in os.path.relpath(root, self.base).split(os.sep) if p != "."]:
            found += self._ignore_file(folder)
            folder = os.path.join(folder, part)
            if _ignored(folder, True, found):
                return (*found, (folder, ignores(["*"])))
        return found

    def named(self, path: str) -> None:
        """A file the user named: analysed whatever ignores it, a header too."""
        if os.path.splitext(path)[1].lower() in SOURCES | HEADERS:
            self.sources.add(path)
        else:
            self._gap(path, "is not a C file", "error")

    def folder(self, root: str, ignoring: Ignoring) -> None:
        """Everything below ``root``; links to folders are not followed, so no loop can hold us."""
        pending = [(root, ignoring)]
        while pending:
            folder, outer = pending.pop()
            inner = outer + self._ignore_file(folder)
            for entry in self._entries(folder):
                if self._skipped(entry, inner):
                    continue
                if entry.is_dir(follow_symlinks=False):
                    pending.append((entry.path, inner))
                else:
                    self._file(entry)

    def above(self, root: Path) -> None:
        """The projects in the folders above ``root``, up to the base: they may name what is below it."""
        for folder in root.parents:
            if not str(folder).startswith(self.base):
                return
            for path in folder.glob(f"*{PROJECT}"):
                if (
                    path.is_file()
                    and not path.is_symlink()
                    and not self._excluded(str(path), is_folder=False)
                ):
                    self.projects.add(str(path))

    def _ignore_file(self, folder: str) -> Ignoring:
        path = os.path.join(folder, ".gitignore")
        if not os.path.isfile(path):
            return ()
        try:
            with open(path, encoding="utf-8", errors="replace") as file:
                text = file.read(MOST_IGNORED + 1)
        except OSError:
            return ()
        found = ignores(text[:MOST_IGNORED].split("\n"))
        if found.unused or len(text) > MOST_IGNORED:
            lines = (
                f"lines that are no patterns, or too many: {found.unused}" if found.unused else "is too long"
            )
            self._gap(path, f"is not used as a whole: {lines}", "note")
        return ((folder, found),)

    def _entries(self, folder: str) -> Iterator[os.DirEntry[str]]:
        try:
            with os.scandir(folder) as entries:
                yield from sorted(entries, key=lambda entry: entry.name)
        except OSError as error:
            self._gap(folder, f"cannot be listed: {error.strerror}", "error", "unreadable")

    def _skipped(self, entry: os.DirEntry[str], ignoring: Ignoring) -> bool:
        is_folder = entry.is_dir(follow_symlinks=False)
        if is_folder and entry.name in NEVER:
            return True
        relevant = is_folder or os.path.splitext(entry.name)[1].lower() in SOURCES
        if self._excluded(entry.path, is_folder=is_folder):
            if relevant:
                self._gap(entry.path, "is excluded by the settings", "note")
            return True
        if _ignored(entry.path, is_folder, ignoring):
            if relevant:
                self._gap(entry.path, "is ignored by .gitignore", "note")
            return True
        return False

    def _excluded(self, path: str, *, is_folder: bool) -> bool:
        """Whether the settings leave out a path, or a folder that it is in."""
        if not self.exclude:
            return False
        folder = os.path.dirname(path)
        hidden = len(folder) > len(self.base) and self._excluded_folder(folder)
        return hidden or _ignored(path, is_folder, self.exclude)

    def _file(self, entry: os.DirEntry[str]) -> None:
        extension = os.path.splitext(entry.name)[1].lower()
        if extension not in SOURCES and extension not in HEADERS and extension != PROJECT:
            return
        path = entry.path
        if entry.is_symlink():
            path = os.path.realpath(path)
            if not os.path.exists(path):
                self._gap(entry.path, "is a link that leads nowhere", "error", "unreadable")
                return
            if os.path.isdir(path) or not path.startswith(self.base.rstrip(os.sep) + os.sep):
                self._gap(entry.path, "is a link out of the scanned tree", "note")
                return
        kinds = {PROJECT: self.projects} | dict.fromkeys(SOURCES, self.sources)
        kinds.get(extension, self.headers).add(path)

    def _relative(self, path: str) -> str:
        return os.path.relpath(path, self.base).replace(os.sep, "/")

    def _gap(self, path: str, why: str, level: str, kind: str = "skipped") -> None:
        name = written(self._relative(path))
        self.gaps.append(Gap(kind, f"{name} {why}", Location(name, 1), level))


def _ignored(path: str, is_folder: bool, ignoring: Ignoring) -> bool:
    """Git's rule: the innermost .gitignore that says something about the path decides."""
    for folder, patterns in reversed(ignoring):
        name = os.path.relpath(path, folder).replace(os.sep, "/") + "/" * is_folder
        verdict = patterns.verdict(name)
        if verdict is not None:
            return verdict
    return False
