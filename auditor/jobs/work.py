"""The two functions of a worker: a file in, its IR out; a driver's IR in, its part of the report out."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

import msgspec

from auditor.frontend import FrontEnd, Result, Setup
from auditor.ir import Program
from auditor.jobs.packing import pack, unpack
from auditor.knowledge import Knowledge, load_knowledge, rules_folder, with_entry_points
from auditor.settings import Settings

if TYPE_CHECKING:
    from auditor.rules import LoadedRule


class Shared(msgspec.Struct, frozen=True):
    """What all work of a scan shares: plain data, given to each worker once."""

    settings: Settings
    base: str
    headers: tuple[str, ...]


class Work:
    """Made once in each process; what it needs is loaded when it is first asked for."""

    def __init__(self, shared: Shared) -> None:
        self.shared = shared

    def __reduce__(self) -> tuple[type[Work], tuple[Shared]]:
        return Work, (self.shared,)  # another machine loads its own knowledge

    def lower(self, request: bytes) -> bytes:
        """The packed Result of the file whose absolute path is ``request``."""
        return pack(self._front.lower_file(request.decode("utf-8", "surrogateescape")))

    def judge(self, request: bytes) -> bytes:
        """The packed Part of a driver whose packed Results are ``request``, a MessagePack list."""
        from auditor.jobs.judging import judged  # a worker that only lowers never needs the later stages

        results = [unpack(data, Result) for data in msgspec.msgpack.decode(request, type=list[bytes])]
        modules = tuple(result.module for result in results if result.module is not None)
        program = Program(self.shared.base, modules, tuple(gap for result in results for gap in result.gaps))
        return pack(judged(program, self._knowledge, self.shared.settings, self._rules))

    @cached_property
    def _knowledge(self) -> Knowledge:
        settings = self.shared.settings
        return with_entry_points(load_knowledge(settings.rules_folders), settings.entry_points)

    @cached_property
    def _front(self) -> FrontEnd:
        shared, settings = self.shared, self.shared.settings
        return FrontEnd(
            Setup(
                shared.base,
                shared.headers,
                self._knowledge,
                settings.platform,
                settings.defines,
                settings.patched,
            )
        )

    @cached_property
    def _rules(self) -> tuple[LoadedRule, ...]:
        from auditor.rules import choose, load_rules

        settings = self.shared.settings
        rules = load_rules((rules_folder(), *settings.rules_folders))
        return choose(rules, settings.select, settings.ignore, settings.severities)
