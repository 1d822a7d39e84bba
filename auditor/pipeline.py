"""Settings in, a report out: the stages of a scan in order, on one page."""

from __future__ import annotations

import math
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING

import msgspec

from auditor.frontend import Found, Progress, drivers, find, holding, shard
from auditor.jobs import Audit, Shared, Work, audit, audit_remotely, joined, part_of
from auditor.knowledge import Knowledge, rule_ids, rules_folder
from auditor.model import NOWHERE, Gap, NothingAnalysed, Report, RuleDoc, Sources
from auditor.settings import Settings

if TYPE_CHECKING:  # a scan that remembers everything runs no stage, so each is imported by who runs it
    from concurrent.futures import Executor

    from auditor.constants import ConstantGraph
    from auditor.ir import Program
    from auditor.jobs.remembering import Memory
    from auditor.policy import Analysis
    from auditor.workers import Function, Limits

__all__ = ["Progress", "Scan", "Tree", "judged", "read_policies", "read_tree", "reading", "scan"]


class Tree(msgspec.Struct, frozen=True):
    """A parsed tree: the program, what is known about its platforms, and its constants."""

    program: Program
    knowledge: Knowledge
    constants: ConstantGraph


class Scan(msgspec.Struct, frozen=True):
    """A finished scan, with what its renderers need beside the report.

    ``stopped`` when the user ended it early: files that were not analysed by then are gaps.
    """

    report: Report
    rules: tuple[RuleDoc, ...]
    sources: Sources
    stopped: bool = False


def read_tree(settings: Settings, progress: Progress | None = None) -> Tree:
    """Discover, parse, lower, and build the constant graph of everything under the paths as one program.

    Raises UsageError for a path that does not exist, NothingAnalysed when no file could be analysed.
    """
    from auditor.constants import build_graph
    from auditor.frontend.load import load
    from auditor.jobs.lowering import lowered

    found = find(settings)
    work = Work(_shared(settings, found))
    with _remembering(work) as memory:
        knowledge = work.knowledge
        executor = partial(_executor, settings, found, work.lower)
        lower = partial(lowered, found, work, executor, memory) if settings.jobs or memory else None
        program = load(found, settings, knowledge, progress, lower)
    _require_code(Audit((part_of(program),)), settings)
    return Tree(program, knowledge, build_graph(program, knowledge.protocols))


def read_policies(settings: Settings, progress: Progress | None = None) -> tuple[Tree, Analysis]:
    """A parsed tree and the length policies of its entry points. Raises what ``read_tree`` raises."""
    from auditor.policy import analyse

    tree = read_tree(settings, progress)
    analysis = analyse(tree.program, tree.knowledge, settings)
    missing = _not_entered(settings, part_of(tree.program, analysis).entered)
    return tree, msgspec.structs.replace(analysis, gaps=(*analysis.gaps, *missing))


def _not_entered(settings: Settings, entered: Iterable[str]) -> list[Gap]:
    """One gap per entry point of the settings that is no function of the tree, or cannot have that role."""
    known = frozenset(entered)
    return [
        Gap("entry", f"entry point {name} of the settings: no function of this tree fits {role}", NOWHERE)
        for name, role in settings.entry_points.items()
        if name not in known
    ]


def reading(program: Program, analysis: Analysis | None = None) -> Report:
    """The report on what was read and how much of it was understood, before any rule has run."""
    return joined((part_of(program, analysis),), (), program.base)


def scan(settings: Settings, progress: Progress | None = None) -> Scan:
    """The whole line from source to report, driver by driver, in ``settings.jobs`` worker processes.

    Raises what ``read_tree`` raises, ConfigError for a bad rule.
    """
    start = time.perf_counter()
    found = find(settings)
    work = Work(_shared(settings, found))
    every = drivers(found)
    mine = shard(holding(every, settings.only), *settings.shard)
    with _remembering(work) as memory:
        _ = work.knowledge  # what does not load is said first
        if settings.dask:
            done = audit_remotely(mine, work.shared, _one_worker, settings.dask, progress)
        else:
            done = audit(mine, work, partial(_judging, found, work), progress, memory)
        docs = work.docs
    _require_code(done, settings)
    entered = {name for part in done.parts for name in part.entered}
    missing = _not_entered(settings, entered) if len(mine) == len(every) else ()  # others may have it
    read = joined(done.parts, (*found.gaps, *missing), found.base)
    result = _settled(read, done, settings, docs, progress)
    seconds = time.perf_counter() - start
    return msgspec.structs.replace(result, report=msgspec.structs.replace(result.report, seconds=seconds))


def judged(tree: Tree, analysis: Analysis, settings: Settings, progress: Progress | None = None) -> Scan:
    """What the rules make of an analysed tree, as one driver. Raises ConfigError for a bad rule."""
    from auditor.jobs.judging import ruled

    work = Work(Shared(settings, tree.program.base, ()))
    part = ruled(tree.program, tree.knowledge, tree.constants, analysis, settings, work.rules)
    read = joined((part,), (), tree.program.base)
    return _settled(read, Audit((part,)), settings, work.docs, progress)


def _settled(
    read: Report, done: Audit, settings: Settings, docs: tuple[RuleDoc, ...], progress: Progress | None
) -> Scan:
    """The findings of all drivers put in order and narrowed to what the user asked about."""
    from auditor.findings import settle

    sources = Sources(read.base, settings.patched)
    ran = tuple(doc.id for doc in docs)
    findings, notes = settle(
        (finding for part in done.parts for finding in part.findings),
        sources,
        sorted({file for part in done.parts for file in part.read}),
        frozenset(ran),
        settings.min_confidence,
        settings.severities,
        rule_ids((rules_folder(), *settings.rules_folders)),
    )
    report = msgspec.structs.replace(read, findings=findings, gaps=read.gaps + notes, rules=ran)
    narrowed = _narrowed(report, done, settings, progress)
    return Scan(narrowed, docs, sources, done.stopped)


def _shared(settings: Settings, found: Found) -> Shared:
    return Shared(settings, found.base, found.headers, found.flags)


@contextmanager
def _remembering(work: Work) -> Iterator[Memory | None]:
    """What earlier scans worked out; None when nothing shall be remembered."""
    if work.shared.settings.cache is None or work.shared.settings.dask:
        yield None
        return
    from auditor.cache import Cache
    from auditor.jobs.remembering import Memory

    with Cache(work.shared.settings.cache) as cache:
        memory = Memory(cache, work)
        work.load, work.describe = memory.knowledge, memory.documents
        yield memory


def _judging(found: Found, work: Work) -> Executor:
    """What lowers and judges; workers inherit the front end, and all but the first one the rules.

    A single worker inherits these too. Raises ConfigError for a rule that does not load.
    """
    import auditor.jobs.results  # noqa: F401 # for the sake of who is forked

    if min(work.shared.settings.jobs, len(found.sources)) < 2:
        work.prepare()
    return _executor(work.shared.settings, found, work.lower, work.judge)


def _executor(settings: Settings, found: Found, *functions: Function) -> Executor:
    from auditor.workers import supervised

    return supervised(functions, min(settings.jobs, len(found.sources)), _limits(settings))


def _one_worker(work: Work) -> Executor:
    """What judges a driver on a machine of a cluster."""
    from auditor.workers import supervised

    return supervised((work.lower, work.judge), 1, _limits(work.shared.settings))


def _limits(settings: Settings) -> Limits:
    from auditor.workers import Limits

    return Limits(cpu=math.ceil(settings.seconds), wall=settings.seconds)


def _require_code(done: Audit, settings: Settings) -> None:
    """Raises NothingAnalysed when every file is broken and none gave a function: that is not clean."""
    if done.stopped or any(part.code for part in done.parts) or not done.parts:  # a shard may be empty
        return
    broken = [part.broken for part in done.parts if part.broken]
    broken += [gap.message for part in done.parts for gap in part.gaps]
    where = ", ".join(str(path) for path in settings.paths)
    raise NothingAnalysed(f"{where}: no file could be analysed ({next(iter(broken), 'and none says why')})")


def _narrowed(report: Report, done: Audit, settings: Settings, progress: Progress | None) -> Report:
    """The report with what was known before marked, and without what the user did not ask about."""
    from auditor.findings import against_baseline, concerning, mark_known

    includes = {source: headers for part in done.parts for source, headers in part.includes.items()}
    if settings.baseline is not None:
        report = against_baseline(report, settings.baseline, tuple(includes), settings.min_confidence)
    if settings.since:
        from auditor.history import settings_at

        with settings_at(settings, settings.since) as old:
            before = _scan_again(old, progress) if old is not None else ()
        report = mark_known(report, before, f"already there at {settings.since}")
    return concerning(report, includes, settings.only) if settings.only else report


def _scan_again(settings: Settings, progress: Progress | None) -> tuple[str, ...]:
    """The fingerprints of what another tree holds; none when it had no C file yet."""
    whole = msgspec.structs.replace(settings, since="", only=())
    try:
        return tuple(finding.fingerprint for finding in scan(whole, progress).report.findings)
    except NothingAnalysed:
        return ()
