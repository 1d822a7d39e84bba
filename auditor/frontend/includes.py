"""Include directives: a file comes in, every header name it reaches and the file behind each go out.

Names are resolved by reading the sources as text, before clang runs: beside the including file, then
anywhere in the scanned tree by the longest matching path, so no compilation database is needed.
"""

# Names of headers are compared as text, a hundred for each file:
# ruff: noqa: PTH113, PTH117, PTH118, PTH119, PTH120

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable

import msgspec

from auditor.frontend.inside import lies_in
from auditor.frontend.macros import begins_line
from auditor.frontend.texts import MOST_KEPT, Reader, Unreadable

_INCLUDE = re.compile(rb'#[ \t]*(?:include|include_next|import)\b[ \t]*(?:"([^"\n]+)"|<([^>\n]+)>)?')
_ONLY_WORDS = bytes(b if bytes([b]).isalnum() or b == ord("_") else ord(" ") for b in range(256))
_INCLUDE_FOLDERS = ("", "include", "inc")

OUTSIDE = "lies outside the scanned tree"
"""Why a header is not read."""


class Directive(msgspec.Struct, frozen=True):
    """One include: its name as written, and whether in quotes."""

    name: str
    quoted: bool


class Facts(msgspec.Struct, frozen=True):
    """What a text says before it is parsed.

    ``words`` are those of its identifiers that tell a platform; ``computed`` when only clang can say which
    header is named, as a macro does.
    """

    directives: tuple[Directive, ...]
    words: frozenset[str]
    computed: bool


FactsOf = Callable[[bytes], Facts]


class Target(msgspec.Struct, frozen=True):
    """A header of the tree; ``exact`` when the case of its name matches.

    ``folder`` is what ``-I`` needs, "" beside the including file; without either clang is led there by name.
    """

    path: str
    folder: str
    exact: bool


class Reached(msgspec.Struct, frozen=True):
    """Everything the includes of one file lead to, in order of appearance.

    ``missing`` are names without a file in the tree, with whether any stood in quotes.
    """

    targets: dict[str, Target]
    missing: dict[str, bool]
    texts: dict[str, tuple[bytes, bool]]
    unreadable: dict[str, str]

    def names(self) -> Iterable[str]:
        """Every header name, found or not."""
        yield from self.targets
        yield from self.missing


class IncludeIndex:
    """The headers of one scan. Remembers what it resolved and found in each, and the last texts."""

    def __init__(self, base: str, headers: Iterable[str], read: Reader, facts: FactsOf) -> None:
        self.base, self._read, self._facts = base, read, facts
        self._by_name: dict[str, list[str]] = {}
        for path in headers:
            self._by_name.setdefault(os.path.basename(path).lower(), []).append(path)
        self._texts: dict[str, tuple[bytes, bool] | str] = {}
        self._kept = 0  # bytes of them
        self._known: dict[str, Facts] = {}  # of headers
        self._resolved: dict[tuple[str, Directive, tuple[str, ...]], Target | None] = {}

    def reach(
        self, path: str, facts: Facts, modelled: Callable[[str], bool], folders: tuple[str, ...] = ()
    ) -> Reached:
        """All headers that ``path``, whose text has these ``facts``, includes directly or through others.

        Names in angle brackets that ``modelled`` accepts are not looked for in the tree. ``folders`` are
        looked into first.
        """
        if self._kept > MOST_KEPT:
            self._texts.clear()
            self._kept = 0
        reached = Reached({}, {}, {}, {})
        pending = [(path, facts.directives)]
        while pending:
            includer, directives = pending.pop()
            for directive in directives:
                target = None
                if directive.quoted or not modelled(directive.name):
                    target = self._resolve(os.path.dirname(includer), directive, folders)
                if target is None:
                    reached.missing[directive.name] = (
                        reached.missing.get(directive.name, False) or directive.quoted
                    )
                    continue
                reached.targets.setdefault(directive.name, target)
                if target.path in reached.texts or target.path in reached.unreadable:
                    continue
                text = self._text(target.path)
                if isinstance(text, str):
                    reached.unreadable[target.path] = text
                else:
                    reached.texts[target.path] = text
                    pending.append((target.path, self._facts_in(target.path, text[0]).directives))
        return reached

    def leads(self, includer: str, directive: Directive, folders: tuple[str, ...]) -> str:
        """The header that ``directive`` means in the file ``includer``, "" when the tree has none."""
        target = self._resolve(os.path.dirname(includer), directive, folders)
        return target.path if target else ""

    def computed(self, reached: Reached) -> bool:
        """Whether one of the headers includes what a macro names."""
        return any(self._facts_in(path, text).computed for path, (text, _) in reached.texts.items())

    def _text(self, path: str) -> tuple[bytes, bool] | str:
        if path not in self._texts and not lies_in(self.base, path):
            self._texts[path] = OUTSIDE
        if path not in self._texts:
            try:
                self._texts[path] = text = self._read(path)
                self._kept += len(text[0])
            except Unreadable as why:
                self._texts[path] = str(why)
        return self._texts[path]

    def _facts_in(self, path: str, data: bytes) -> Facts:
        if path not in self._known:
            self._known[path] = self._facts(data)
        return self._known[path]

    def _resolve(self, folder: str, directive: Directive, folders: tuple[str, ...]) -> Target | None:
        key = (folder, directive, folders)
        if key not in self._resolved:
            self._resolved[key] = self._look_up(folder, directive, folders)
        return self._resolved[key]

    def _look_up(self, folder: str, directive: Directive, folders: tuple[str, ...]) -> Target | None:
        name = directive.name.replace("\\", "/")
        beside = os.path.normpath(os.path.join(folder, name))
        if (directive.quoted or os.path.isabs(name)) and os.path.lexists(beside):
            return Target(beside, "", name == directive.name)
        for given in folders:
            if os.path.isfile(path := os.path.normpath(os.path.join(given, name))):
                return Target(path, given, name == directive.name)
        return self._in_tree(folder, name, directive.name) or self._above(folder, name)

    def _in_tree(self, folder: str, name: str, written: str) -> Target | None:
        """The tree's header whose path ends in ``name``, the nearest to ``folder`` among several."""
        plain = name.lstrip("./")
        suffix = "/" + plain.lower()
        same = [
            p
            for p in self._by_name.get(os.path.basename(plain).lower(), ())
            if _slashed(p).lower().endswith(suffix)
        ]
        if not same:
            return None
        path = max(same, key=lambda p: (len(os.path.commonpath([p, folder])), -len(p)))
        root = path[: -len(plain)].rstrip("/\\")
        # A search folder above the base would give clang all that lies beside the scanned tree:
        exact = _slashed(path).endswith("/" + written) and lies_in(self.base, root)
        return Target(path, root if exact else "", exact)

    def _above(self, folder: str, name: str) -> Target | None:
        """A header in the folders above, up to the base, or in their ``include``: for a scan of one file."""
        while folder.startswith(self.base):
            for sub in _INCLUDE_FOLDERS:
                root = os.path.join(folder, sub) if sub else folder
                path = os.path.normpath(os.path.join(root, name))
                if os.path.isfile(path) and path.startswith(self.base):
                    return Target(path, root, True)
            if folder == os.path.dirname(folder):
                break
            folder = os.path.dirname(folder)
        return None


def facts_of(data: bytes, telling: frozenset[str]) -> Facts:
    """The facts of a text; ``telling`` are the identifiers that tell a platform."""
    words = {word.encode() for word in telling}.intersection(data.translate(_ONLY_WORDS).split())
    includes = _includes(data)
    return Facts(_named(includes), frozenset(word.decode() for word in words), not all(map(any, includes)))


def directives_of(data: bytes) -> tuple[Directive, ...]:
    """The include directives in a file's bytes; computed includes (through a macro) are not among them."""
    return _named(_includes(data))


def _includes(data: bytes) -> list[tuple[bytes | None, bytes | None]]:
    """What each include names in quotes, and in angle brackets; neither when a macro names it."""
    return [(match[1], match[2]) for match in _INCLUDE.finditer(data) if begins_line(match)]


def _named(includes: Iterable[tuple[bytes | None, bytes | None]]) -> tuple[Directive, ...]:
    found = (
        Directive(name.decode("utf-8", "surrogateescape").strip(), quoted is not None)
        for quoted, angled in includes
        if (name := quoted or angled)
    )
    return tuple(dict.fromkeys(found))


def _slashed(path: str) -> str:
    return path.replace(os.sep, "/")
