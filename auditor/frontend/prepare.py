"""One file before it is parsed: a path and the scan's setup come in, its text, platform and headers go out.

Nothing here needs clang: whoever remembers a file's result looks no further.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from functools import partial

import msgspec

from auditor.frontend.compile_db import Flags
from auditor.frontend.includes import FactsOf, IncludeIndex, Reached, facts_of
from auditor.frontend.platforms import Pack, Packs
from auditor.frontend.texts import Reader
from auditor.knowledge import Knowledge
from auditor.model import written
from auditor.settings import Settings


class Setup(msgspec.Struct, frozen=True):
    """What all files of a scan share; plain data, so that a worker process can be given it once."""

    base: str
    headers: tuple[str, ...]
    knowledge: Knowledge
    platform: str = ""
    defines: tuple[str, ...] = ()
    patched: tuple[tuple[str, bytes], ...] = ()
    flags: Mapping[str, Flags] = {}  # by absolute path
    prune: bool = True

    @classmethod
    def of(
        cls,
        settings: Settings,
        knowledge: Knowledge,
        base: str,
        headers: tuple[str, ...],
        flags: Mapping[str, Flags],
    ) -> Setup:
        """What the settings ask for, the tree ``base`` with its headers, and what its build says."""
        return cls(
            base=base,
            headers=headers,
            knowledge=knowledge,
            platform=settings.platform,
            defines=settings.defines,
            patched=settings.patched,
            flags=flags,
            prune=settings.prune,
        )


class Prepared(msgspec.Struct, frozen=True, eq=False):
    """A file before it is parsed: its bytes, whether they differ from the disk's, its pack, its headers."""

    data: bytes
    recoded: bool
    pack: Pack
    reached: Reached
    computed: bool


class Preparation:
    """Prepares the files of one scan; what it keeps between them (texts, includes) changes no result.

    ``facts`` gives the facts of a text, for somebody who remembers them; by default they are looked up.
    """

    def __init__(self, setup: Setup, facts: FactsOf | None = None) -> None:
        self.setup = setup
        self.read = Reader(setup.patched)
        self.packs = Packs(setup.knowledge.platforms, setup.platform)
        self.facts = facts or partial(facts_of, telling=self.packs.telling)
        self.includes = IncludeIndex(setup.base, setup.headers, self.read, self.facts)

    def name(self, path: str) -> str:
        """A file's name in every location: relative to the base, with ``/``."""
        return written(os.path.relpath(path, self.setup.base).replace(os.sep, "/"))

    def known(self, path: str) -> Flags:
        """What a compilation database says about a file."""
        return self.setup.flags.get(path, Flags())

    def prepare(self, path: str) -> Prepared:
        """What is known of the file ``path`` (absolute) before it is parsed. Raises Unreadable."""
        data, recoded = self.read(path)
        facts = self.facts(data)
        near = self.includes.reach(path, facts, lambda name: True)
        pack = self.packs.recognise(near.names(), facts.words)
        reached = self.includes.reach(path, facts, pack.hides, self.known(path).folders)
        computed = facts.computed or self.includes.computed(reached)
        return Prepared(data, recoded, pack, reached, computed)
