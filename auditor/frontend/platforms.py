"""Recognise the platform of a file: the header names it reaches and its words come in, a pack goes out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property

from auditor.knowledge import Globs, Platform
from auditor.model import UsageError

FALLBACK = "generic"
_INCLUDE_WEIGHT = 10  # one header of a platform says more than any one word


class Pack:
    """A platform pack as the front end uses it: its globs compiled once."""

    def __init__(self, platform: Platform) -> None:
        self.platform = platform
        self._models: dict[str, str | None] = {}

    @cached_property
    def _globs(self) -> tuple[tuple[str, Globs], ...]:
        return tuple((model, _lower(globs)) for model, globs in self.platform.headers.items())

    @cached_property
    def _signs(self) -> tuple[Globs, frozenset[str]]:
        return _lower(self.platform.includes), frozenset(self.platform.identifiers)

    def hides(self, name: str) -> bool:
        """Whether the model for ``<name>`` goes before a header of the tree.

        A kernel's own headers do not parse without its configuration. Plain C's are taken from the tree
        when they have a folder of their own there.
        """
        return self.model_of(name) is not None and (self.platform.name != FALLBACK or "/" not in name)

    def model_of(self, name: str) -> str | None:
        """The model header that stands for the header ``name``, None when the pack has none."""
        if name not in self._models:
            plain = name.replace("\\", "/").lower()
            self._models[name] = next((model for model, globs in self._globs if globs.match(plain)), None)
        return self._models[name]

    def score(self, names: Iterable[str], words: frozenset[str]) -> int:
        """How strongly a file with these header names and words belongs to the platform; 0 for not at all."""
        headers, identifiers = self._signs
        seen = sum(headers.match(name.replace("\\", "/").lower()) for name in names)
        return seen * _INCLUDE_WEIGHT + len(words & identifiers)


class Packs:
    """All packs of a scan."""

    def __init__(self, platforms: Sequence[Platform], forced: str = "") -> None:
        self._packs = {platform.name: Pack(platform) for platform in platforms}
        if forced and forced not in self._packs:
            known = ", ".join(sorted(self._packs))
            raise UsageError(f"unknown platform {forced!r}", f"known platforms: {known}")
        self._forced = forced
        self.telling = frozenset(word for platform in platforms for word in platform.identifiers)

    def recognise(self, names: Iterable[str], words: frozenset[str]) -> Pack:
        """The pack of a file that reaches the headers ``names`` and holds the identifiers ``words``.

        The highest score wins, the first by name among equals; without any sign it is the fallback pack.
        """
        if self._forced:
            return self._packs[self._forced]
        names = tuple(names)
        scores = {name: pack.score(names, words) for name, pack in sorted(self._packs.items())}
        best = max(scores, key=lambda name: scores[name])
        return self._packs[best if scores[best] else FALLBACK]


def _lower(globs: Iterable[str]) -> Globs:
    return Globs(glob.lower() for glob in globs)
