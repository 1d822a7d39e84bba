"""The two functions of a worker: a file in, its IR out; a driver's IR in, its part of the report out."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from functools import cached_property, partial
from typing import TYPE_CHECKING

import msgspec

from auditor.frontend import Flags, Setup
from auditor.knowledge import Knowledge, choose, load_knowledge, rules_folder, with_entry_points
from auditor.model import Gap, Location, RuleDoc
from auditor.packing import NotPacked, decoder, pack
from auditor.settings import Settings

if TYPE_CHECKING:
    from auditor.frontend.file import FrontEnd
    from auditor.ir import Module
    from auditor.rules import LoadedRule


class Shared(msgspec.Struct, frozen=True):
    """What all work of a scan shares: plain data, given to each worker once."""

    settings: Settings
    base: str
    headers: tuple[str, ...]
    flags: Mapping[str, Flags] = {}


class Work:
    """What it needs is loaded when it is first asked for, or inherited by a process that is forked later.

    ``load`` gives the knowledge and ``describe`` all rules' documents, for somebody who remembers them; by
    default they are read from their files. The stages are imported by the functions that run them: a worker
    that only lowers needs no later one, and a scan that remembers everything needs none.
    """

    def __init__(self, shared: Shared) -> None:
        self.shared = shared
        self.load: Callable[[], Knowledge] = partial(known, shared.settings)
        self.describe: Callable[[], tuple[RuleDoc, ...]] = self.documents

    def __reduce__(self) -> tuple[type[Work], tuple[Shared]]:
        return Work, (self.shared,)  # another machine loads its own knowledge

    def prepare(self) -> None:
        """Load what judging needs: workers that are forked from here on inherit it.

        Raises ConfigError for a rule that does not load, UsageError.
        """
        import auditor.jobs.judging  # noqa: F401 # for the sake of who is forked
        from auditor.frontend.file import Result

        _ = self.rules
        decoder(Result)  # IR consists of many types

    def lower(self, request: bytes) -> bytes:
        """The Result of the file whose absolute path is ``request``, as ``result_bytes`` makes it."""
        from auditor.jobs.results import result_bytes

        return result_bytes(self._front.lower_file(os.fsdecode(request)))

    def judge(self, request: bytes) -> bytes:
        """The packed Part of a driver whose Results, as bytes, are ``request``, a MessagePack list.

        Nothing when one of them is no Result: what was remembered is not to be trusted.
        """
        from auditor.ir import Program, once
        from auditor.ir.sharing import Sharing
        from auditor.jobs.judging import judged
        from auditor.jobs.results import result_of

        seen: set[tuple[str, Location]] = set()
        sharing = Sharing()
        platforms = {platform.name for platform in self.knowledge.platforms}
        modules: list[Module] = []
        gaps: list[Gap] = []
        for data in msgspec.msgpack.decode(request, type=list[memoryview]):
            try:
                result = result_of(data)
            except NotPacked:
                return b""
            gaps += result.gaps
            if (module := result.module) is None:
                continue
            if module.platform not in platforms:
                return b""
            # Headers full of functions would be held once for every source:
            modules.append(sharing.shared(once(module, seen)))
        program = Program(self.shared.base, tuple(modules), tuple(gaps))
        try:
            return pack(judged(program, self.knowledge, self.shared.settings, self.rules))
        except NotPacked:  # a function's body
            return b""

    @cached_property
    def knowledge(self) -> Knowledge:
        """What is known about protocols and platforms. Raises ConfigError, UsageError."""
        return self.load()

    @cached_property
    def _front(self) -> FrontEnd:
        from auditor.frontend.file import FrontEnd

        return FrontEnd(self.setup)

    @cached_property
    def setup(self) -> Setup:
        """What the front end asks about every file."""
        shared = self.shared
        return Setup.of(shared.settings, self.knowledge, shared.base, shared.headers, shared.flags)

    @cached_property
    def docs(self) -> tuple[RuleDoc, ...]:
        """What the rules to run say about themselves. Raises ConfigError, UsageError."""
        settings = self.shared.settings
        return choose(self.describe(), settings.select, settings.ignore, settings.severities)

    @cached_property
    def rules(self) -> tuple[LoadedRule, ...]:
        """The rules to run. Raises ConfigError for one that does not load, UsageError."""
        wanted = {doc.id for doc in self.docs}
        return tuple(rule for rule in self._loaded if rule.id in wanted)

    def documents(self) -> tuple[RuleDoc, ...]:
        """What all rules say about themselves, read from their files. Raises ConfigError."""
        return tuple(rule.doc for rule in self._loaded)

    @cached_property
    def _loaded(self) -> tuple[LoadedRule, ...]:
        from auditor.rules import load_rules

        return load_rules((rules_folder(), *self.shared.settings.rules_folders))


def known(settings: Settings) -> Knowledge:
    """The knowledge that the settings ask for. Raises ConfigError, UsageError."""
    return with_entry_points(load_knowledge(settings.rules_folders), settings.entry_points)
