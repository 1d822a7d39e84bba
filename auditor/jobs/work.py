"""The two functions of a worker: a file in, its IR out; a driver's IR in, its part of the report out."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from functools import cached_property, partial
from typing import TYPE_CHECKING

import msgspec

from auditor.frontend import Flags, FrontEnd, Result, Setup
from auditor.ir import Module, Program, once
from auditor.jobs.packing import pack, unpack
from auditor.knowledge import Knowledge, load_knowledge, rules_folder, with_entry_points
from auditor.model import Gap, Location
from auditor.settings import Settings

if TYPE_CHECKING:
    from auditor.rules import LoadedRule


ALONE, NOT_ALONE = b"\x01", b"\x00"


class Shared(msgspec.Struct, frozen=True):
    """What all work of a scan shares: plain data, given to each worker once."""

    settings: Settings
    base: str
    headers: tuple[str, ...]
    flags: Mapping[str, Flags] = {}


def result_bytes(result: Result) -> bytes:
    """A Result packed, behind a byte that says whether it depends on nothing but its file and headers."""
    return (ALONE if result.alone else NOT_ALONE) + pack(result)


def result_of(data: bytes) -> Result:
    """What ``result_bytes`` made. Raises ValueError for anything else."""
    return unpack(data[1:], Result)


class Work:
    """What it needs is loaded when it is first asked for, or inherited by a process that is forked later.

    ``load`` gives the knowledge, for somebody who remembers it; by default it is read from its files.
    """

    def __init__(self, shared: Shared) -> None:
        self.shared = shared
        self.load: Callable[[], Knowledge] = partial(known, shared.settings)

    def __reduce__(self) -> tuple[type[Work], tuple[Shared]]:
        return Work, (self.shared,)  # another machine loads its own knowledge

    def lower(self, request: bytes) -> bytes:
        """The Result of the file whose absolute path is ``request``, as ``result_bytes`` makes it."""
        return result_bytes(self._front.lower_file(os.fsdecode(request)))

    def judge(self, request: bytes) -> bytes:
        """The packed Part of a driver whose Results, as bytes, are ``request``, a MessagePack list.

        Nothing when one of them is no Result: what was remembered is not to be trusted.
        """
        from auditor.jobs.judging import judged  # a worker that only lowers never needs the later stages

        seen: set[tuple[str, Location]] = set()
        modules: list[Module] = []
        gaps: list[Gap] = []
        for data in msgspec.msgpack.decode(request, type=list[bytes]):
            try:
                result = result_of(data)
            except ValueError:
                return b""
            gaps += result.gaps
            if result.module is not None:  # headers full of functions would be held once for every source
                modules.append(once(result.module, seen))
        program = Program(self.shared.base, tuple(modules), tuple(gaps))
        return pack(judged(program, self.knowledge, self.shared.settings, self.rules))

    @cached_property
    def knowledge(self) -> Knowledge:
        """What is known about protocols and platforms. Raises ConfigError, UsageError."""
        return self.load()

    @cached_property
    def _front(self) -> FrontEnd:
        return FrontEnd(self.setup)

    @cached_property
    def setup(self) -> Setup:
        """What the front end asks about every file."""
        shared, settings = self.shared, self.shared.settings
        return Setup(
            base=shared.base,
            headers=shared.headers,
            knowledge=self.knowledge,
            platform=settings.platform,
            defines=settings.defines,
            patched=settings.patched,
            flags=shared.flags,
        )

    @cached_property
    def rules(self) -> tuple[LoadedRule, ...]:
        """The rules to run. Raises ConfigError, UsageError."""
        return chosen_rules(self.shared.settings)


def known(settings: Settings) -> Knowledge:
    """The knowledge that the settings ask for. Raises ConfigError, UsageError."""
    return with_entry_points(load_knowledge(settings.rules_folders), settings.entry_points)


def chosen_rules(settings: Settings) -> tuple[LoadedRule, ...]:
    """The rules that the settings ask for. Raises ConfigError for one that does not load, UsageError."""
    from auditor.rules import choose, load_rules  # a worker that only lowers never needs them

    rules = load_rules((rules_folder(), *settings.rules_folders))
    return choose(rules, settings.select, settings.ignore, settings.severities)
