"""One file from bytes to IR: a path and the scan's setup come in, a Module and gaps go out."""

from __future__ import annotations

import os
from collections.abc import Iterator, Set
from functools import cached_property, lru_cache

import msgspec

from auditor.frontend.condition import sole_condition
from auditor.frontend.coverage import broken, covered, skipped
from auditor.frontend.flags import arguments, is_cplusplus
from auditor.frontend.headers import model_files, serve
from auditor.frontend.includes import Directive, Reached
from auditor.frontend.lower import lower
from auditor.frontend.lower.context import Context
from auditor.frontend.lower.needed import Takers
from auditor.frontend.macrolist import MacroLister
from auditor.frontend.parse import Unit, Unparsable, parsed
from auditor.frontend.platforms import Pack
from auditor.frontend.positions import Texts
from auditor.frontend.prepare import Preparation, Setup
from auditor.frontend.sight import Tree, can_be_listed, seeing, tree_of, unseen
from auditor.frontend.texts import Unreadable
from auditor.ir import Module, Record
from auditor.model import Gap, Location, written

Dialect = tuple[str, bool, frozenset[str]]
"""What the layout of a model header's record depends on: platform, C++, and the tags that are stubs."""

_DIALECTS = 8
"""Of those used last the layouts are kept: of what all would give, that is more than nine tenths."""

_TAKEN = "is taken for defined: all of the file waits for it"
_TOO_DEEP = "was not analysed: it is nested too deeply"
_NAMED = 8  # missing headers named in one gap


class Result(msgspec.Struct, frozen=True, eq=False):
    """A file's IR, or None and gaps when it could not be analysed.

    ``alone`` when it depends on nothing but the file's text and the headers found before it was parsed.
    """

    module: Module | None
    gaps: tuple[Gap, ...] = ()
    alone: bool = False


class FrontEnd(Preparation):
    """Lowers the files of one scan; what it keeps between them (records, macros) changes no result."""

    def __init__(self, setup: Setup) -> None:
        super().__init__(setup)
        self.texts = Texts(setup.base)
        self.macros = MacroLister()
        self.takers = Takers(setup.knowledge.platforms)
        self.records = lru_cache(_DIALECTS)(_no_records)
        self._models: dict[str, dict[str, bytes]] = {}  # of each platform, by its name

    @cached_property
    def tree(self) -> Tree | None:
        """What macros may name; few files need it."""
        return tree_of(self.setup.base)

    def lower_file(self, path: str) -> Result:
        """The Module of ``path`` (absolute)."""
        name = self.name(path)
        try:
            ready = self.prepare(path)
        except Unreadable as why:
            return Result(None, (Gap("unreadable", f"{name} {why}", Location(name, 1), "error"),))
        pack, reached = ready.pack, ready.reached
        served = serve(self._models_of(pack), pack, reached)
        if ready.recoded or not can_be_listed(path):
            served.files[path] = ready.data
        for header, (text, _) in reached.texts.items():
            self.texts.provide(header, text)
            if not can_be_listed(header):
                served.files[header] = text
        self.texts.provide(path, ready.data)
        known = self.known(path).arguments
        waits = self._waits_for(ready.data, known)
        flags = arguments(path, pack.platform, (*self.setup.defines, *waits), served.folders, known)
        try:
            with (
                seeing((path, *reached.texts), self.tree if ready.computed else None) as sight,
                parsed(path, [*flags, *sight], served.files, self.texts) as unit,
            ):
                read = unit.files() - {path, *reached.texts, *served.files}
                module = self._module(unit, name, pack, reached, served.missing, read)
        except Unparsable as why:
            return Result(None, (Gap("unparsed", f"{name}: {why}", Location(name, 1), "error"),))
        except RecursionError:
            return Result(None, (Gap("unparsed", f"{name} {_TOO_DEEP}", Location(name, 1), "error"),))
        finally:
            self.texts.forget(path)
            self.texts.rest()
        taken = tuple(Gap("partial", f"{macro} {_TAKEN}", Location(name, 1), "note") for macro in waits)
        return Result(
            msgspec.structs.replace(module, gaps=module.gaps + taken), alone=not ready.computed and not read
        )

    def _models_of(self, pack: Pack) -> dict[str, bytes]:
        name = pack.platform.name
        if name not in self._models:
            self._models[name] = model_files(self.setup.knowledge.model_headers, pack)
        return self._models[name]

    def _waits_for(self, data: bytes, known: tuple[str, ...]) -> tuple[str, ...]:
        """The macro that all of a file's code waits for, unless the user or the build says what it is."""
        macro = sole_condition(data)
        said = {define.partition("=")[0] for define in (*self.setup.defines, *known)}
        return (macro,) if macro and macro not in said else ()

    def _module(
        self, unit: Unit, name: str, pack: Pack, reached: Reached, missing: tuple[str, ...], read: Set[str]
    ) -> Module:
        """``read`` are files of the tree that only clang could name."""
        texts = [self.texts.get(path, unit.served) for path in (unit.path, *reached.texts)]
        models = [self.texts.get(path, unit.served) for path in self._models_of(pack)]
        records = self.records(_dialect(unit, pack))
        ctx = Context(unit, (*texts, *models), records, prune=self.setup.prune)
        lowered = lower(ctx, self.takers)
        out = skipped(unit)
        ctx.types.close()
        coverage, gaps = covered(texts[0], out.get(texts[0], []), ctx.relations, lowered.functions)
        gaps += tuple(broken(texts[0], unit.complaints, lowered.functions))
        gaps += tuple(self._headers(unit, name, missing, reached))
        macros = self.macros.listed(
            texts[0], (*texts[1:], *models), ctx.spelling.used, lowered.macro_values, out
        )
        return Module(
            file=name, platform=pack.platform.name, functions=lowered.functions, globals=lowered.globals,
            enums=lowered.enums, records=lowered.records, macros=macros, bindings=lowered.bindings,
            coverage=(coverage,), gaps=gaps, unused=lowered.unused,
            includes=tuple(sorted({*(text.name for text in texts[1:]), *map(self.name, read)})),
        )  # fmt: skip

    def _headers(self, unit: Unit, name: str, missing: tuple[str, ...], reached: Reached) -> Iterator[Gap]:
        """The gaps of headers without a file, and with one that clang was not shown."""
        unfound, unread = dict.fromkeys(missing), dict(reached.unreadable)
        for header, includer in self._in_vain(unit, missing, reached):
            path, why = unseen(self.setup.base, includer, header)
            if why and path not in unread:
                unread[path] = why
            elif not why:
                unfound[header] = None
        if unfound:
            yield _missing(name, tuple(unfound))
        for path, why in unread.items():
            yield Gap(
                "partial",
                f"the header {self.name(path)} {why}; its names are stubbed",
                Location(name, 1),
                "note",
            )

    def _in_vain(self, unit: Unit, missing: tuple[str, ...], reached: Reached) -> Iterator[tuple[str, str]]:
        """The headers, beside the ``missing``, that clang did not see, each with the file that names it.

        What one file names in vain and another has included is known all the same: it is the file that the
        name leads to from there, a namesake in another folder is not.
        """
        unfound = sorted((d.name, place, d.quoted) for d, place in unit.unfound() if d.name not in missing)
        if not unfound:
            return
        includers = {self.name(path): path for path in (unit.path, *reached.texts, *unit.files())}
        known = {os.path.realpath(path) for path in (*unit.files(), *reached.unreadable)}
        folders = self.known(unit.path).folders
        for header, place, quoted in unfound:
            includer = includers.get(place, unit.path)
            path = self.includes.leads(includer, Directive(header, quoted), folders)
            if not path or os.path.realpath(path) not in known:
                yield header, includer


def _no_records(_: Dialect) -> dict[str, Record]:
    """Where the layouts of model headers' records are gathered."""
    return {}


def _dialect(unit: Unit, pack: Pack) -> Dialect:
    stubs = unit.stubs
    return pack.platform.name, is_cplusplus(unit.path), stubs.tags | stubs.typed_tags | stubs.enums


def _missing(name: str, missing: tuple[str, ...]) -> Gap:
    listed = ", ".join(
        written(header) for header in missing[:_NAMED]
    ) + f" and {len(missing) - _NAMED} more" * (len(missing) > _NAMED)
    return Gap("partial", f"headers not found, their names are stubbed: {listed}", Location(name, 1), "note")
