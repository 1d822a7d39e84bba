"""Settings in, a report out: the stages of a scan in order, on one page."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import cache, partial

import msgspec

from auditor.capture.frames import cut_frames, witnesses
from auditor.constants import ConstantGraph, build_graph, comparisons
from auditor.frontend import load
from auditor.history import settings_at
from auditor.ir import Program
from auditor.knowledge import Knowledge, load_knowledge, rules_folder, with_entry_points
from auditor.model import NOWHERE, Coverage, Gap, NothingAnalysed, Report, RuleDoc, Sources
from auditor.policy import Analysis, analyse
from auditor.rules import LoadedRule, RuleContext, choose, load_rules, run_rules
from auditor.rules.concern import concerning
from auditor.rules.known import against_baseline, mark_known
from auditor.settings import Settings

Progress = Callable[[str], None]
"""Told each file's name before it is parsed."""


class Tree(msgspec.Struct, frozen=True):
    """A parsed tree: the program, what is known about its platforms, and its constants."""

    program: Program
    knowledge: Knowledge
    constants: ConstantGraph


class Scan(msgspec.Struct, frozen=True):
    """A finished scan, with what its renderers need beside the report."""

    report: Report
    rules: tuple[RuleDoc, ...]
    sources: Sources


def read_tree(settings: Settings, progress: Progress | None = None) -> Tree:
    """Discover, parse, lower, and build the constant graph.

    Raises UsageError for a path that does not exist, NothingAnalysed when no file could be analysed.
    """
    knowledge = with_entry_points(load_knowledge(settings.rules_folders), settings.entry_points)
    program = load(settings, knowledge, progress)
    _require_code(program, settings)
    return Tree(program, knowledge, build_graph(program, knowledge.protocols))


def _require_code(program: Program, settings: Settings) -> None:
    """Raises NothingAnalysed when every file is broken and none gave a function: that is not clean."""
    broken = [g for module in program.modules for g in module.gaps if g.level == "error"]
    unbroken = {module.file for module in program.modules} - {gap.at.file for gap in broken}
    if not unbroken and not any(module.functions for module in program.modules):
        where = ", ".join(str(path) for path in settings.paths)
        raise NothingAnalysed(f"{where}: no file could be analysed ({broken[0].message})")


def read_policies(settings: Settings, progress: Progress | None = None) -> tuple[Tree, Analysis]:
    """A parsed tree and the length policies of its entry points. Raises what ``read_tree`` raises."""
    tree = read_tree(settings, progress)
    analysis = analyse(tree.program, tree.knowledge, settings)
    return tree, msgspec.structs.replace(analysis, gaps=(*analysis.gaps, *_not_entered(settings, analysis)))


def _not_entered(settings: Settings, analysis: Analysis) -> list[Gap]:
    """One gap per entry point of the settings that is no function of the tree, or cannot have that role."""
    entered = {found.entry.function.name for found in analysis.entries}
    return [
        Gap("entry", f"entry point {name} of the settings: no function of this tree fits {role}", NOWHERE)
        for name, role in settings.entry_points.items()
        if name not in entered
    ]


def reading(program: Program, analysis: Analysis | None = None) -> Report:
    """The report on what was read and how much of it was understood, before any rule has run."""
    return Report(
        base=program.base,
        policies=analysis.policies if analysis else (),
        gaps=_gaps(program, analysis),
        coverage=_coverage(program),
        files=len(program.modules),
    )


def scan(settings: Settings, progress: Progress | None = None) -> Scan:
    """The whole line from source to report. Raises what ``read_tree`` does, ConfigError for a bad rule."""
    start = time.perf_counter()
    rules = _rules(settings)  # a rule that does not load is said before the work, not after it
    result = judged(*read_policies(settings, progress), settings, rules, progress)
    seconds = time.perf_counter() - start
    return msgspec.structs.replace(result, report=msgspec.structs.replace(result.report, seconds=seconds))


def judged(
    tree: Tree, analysis: Analysis, settings: Settings,
    rules: tuple[LoadedRule, ...] | None = None, progress: Progress | None = None,
) -> Scan:  # fmt: skip
    """What the rules make of an analysed tree. Raises ConfigError for a bad rule."""
    chosen = _rules(settings) if rules is None else rules
    sources = Sources(tree.program.base, settings.patched)
    context = RuleContext(
        analysis=analysis,
        program=tree.program,
        knowledge=tree.knowledge,
        provenance=tree.constants.provenance,
        sites=cache(lambda: tuple(comparisons(tree.program, tree.constants))),
        witnesses=partial(witnesses, tree.knowledge.protocols),
        cut_frames=partial(cut_frames, tree.knowledge.protocols),
        lines=sources.lines,
    )
    findings, notes = run_rules(chosen, context, sources, settings.min_confidence, settings.severities)
    read = reading(tree.program, analysis)
    report = msgspec.structs.replace(
        read, findings=findings, gaps=read.gaps + notes, rules=tuple(rule.id for rule in chosen)
    )
    narrowed = _narrowed(report, tree.program, settings, progress)
    return Scan(narrowed, tuple(rule.doc for rule in chosen), sources)


def _narrowed(report: Report, program: Program, settings: Settings, progress: Progress | None) -> Report:
    """The report with what was known before marked, and without what the user did not ask about."""
    if settings.baseline is not None:
        files = [module.file for module in program.modules]
        report = against_baseline(report, settings.baseline, files, settings.min_confidence)
    if settings.since:
        with settings_at(settings, settings.since) as old:
            before = _scan_again(old, progress) if old is not None else ()
        report = mark_known(report, before, f"already there at {settings.since}")
    return concerning(report, program, settings.only) if settings.only else report


def _scan_again(settings: Settings, progress: Progress | None) -> tuple[str, ...]:
    """The fingerprints of what another tree holds; none when it had no C file yet."""
    whole = msgspec.structs.replace(settings, since="", only=())
    try:
        return tuple(finding.fingerprint for finding in scan(whole, progress).report.findings)
    except NothingAnalysed:
        return ()


def _rules(settings: Settings) -> tuple[LoadedRule, ...]:
    loaded = load_rules((rules_folder(), *settings.rules_folders))
    return choose(loaded, settings.select, settings.ignore, settings.severities)


def _gaps(program: Program, analysis: Analysis | None) -> tuple[Gap, ...]:
    """What was not understood at any stage, each once, by place."""
    gaps = {*program.gaps, *(gap for module in program.modules for gap in module.gaps)}
    gaps |= set(analysis.gaps if analysis else ())
    return tuple(sorted(gaps, key=lambda g: (g.at, g.kind, g.message)))


def _coverage(program: Program) -> tuple[Coverage, ...]:
    """One entry per file: a header's is that of the module that understood most of it."""
    best: dict[str, Coverage] = {}
    for seen in (c for module in program.modules for c in module.coverage):
        if seen.file not in best or seen.understood > best[seen.file].understood:
            best[seen.file] = seen
    return tuple(best[file] for file in sorted(best))
