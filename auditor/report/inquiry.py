"""One comparison and the analysis in, everything that makes it a finding or not out, as text.

Lengths are bytes as the driver counts them at the comparison.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator

import msgspec

from auditor.constants import Site
from auditor.ir import RELATIONAL, Program, walk
from auditor.ir import expressions as e
from auditor.knowledge import Protocols
from auditor.model import Finding, Outcome, Term
from auditor.policy import Analysis, EntryAnalysis, Fork
from auditor.policy.answers.outcomes import Judgement, judge, without_sink
from auditor.policy.numbers.intervals import Intervals, intersect, subtract, unite
from auditor.policy.numbers.lengths import ALL_LENGTHS
from auditor.policy.paths.classes import ClassTable
from auditor.report.decisions import reaching, sentences
from auditor.report.wording import constant_lines, span_text

NOTHING = "decides nothing: "
NO_LIMIT = 1 << 62
"""The threshold of a comparison without a constant: larger than any length."""

MOST_FATES = 6  # of one side, the most frames first
MOST_SPANS = 4
LONGEST = 400  # characters of one sentence; source that was not understood can be a whole function


class Answer(msgspec.Struct, frozen=True):
    """What was found at one comparison: findings, why its bounds are none, which evidence is missing."""

    site: Site
    findings: tuple[Finding, ...]
    silent: tuple[str, ...]
    missing: tuple[str, ...]


def sites_on(program: Program, sites: Iterable[Site], file: str, line: int) -> list[Site]:
    """The comparisons on a line, those without a constant too, by place."""
    known = [site for site in sites if site.at.file == file and _covers(site, line)]
    places = {site.at for site in known}
    for function in (f for f in program.all_functions() if f.file == file):
        for node in walk(function.body):
            if isinstance(node, e.Binary) and node.op in RELATIONAL and node.at not in places:
                site = _without_constant(node, function.name)
                if _covers(site, line) and node.at.file == file:
                    known.append(site)
                    places.add(node.at)
    return sorted(known, key=lambda site: site.at)


def lines_with_comparisons(program: Program, file: str) -> list[int]:
    """The lines of a file on which a comparison starts."""
    return sorted(
        {
            node.at.line
            for function in program.all_functions()
            if function.file == file
            for node in walk(function.body)
            if isinstance(node, e.Binary) and node.op in RELATIONAL
        }
    )


def render(answer: Answer, analysis: Analysis, program: Program, protocols: Protocols, width: int) -> str:
    """Everything about one comparison, at most ``width`` cells a line."""
    site = answer.site
    lines = [f"{site.at} in {site.function}", *_wrapped(site.text, width, "  ")]
    return _titled(lines, _parts(answer, analysis, program, ClassTable(protocols)), width)


def render_other(finding: Finding, width: int) -> str:
    """A finding at something that is no comparison: a read, a sum, a swap that is missing."""
    lines = [f"{finding.at} in {finding.function}"]
    constant = constant_lines(finding.constant) if finding.constant is not None else ()
    parts = [*_verdict(finding), ("constant", constant), ("evidence", finding.evidence)]
    return _titled(lines, parts, width)


def _parts(
    answer: Answer, analysis: Analysis, program: Program, table: ClassTable
) -> Iterator[tuple[str, Iterable[str]]]:
    site = answer.site
    decided = list(sentences(site, analysis, program))
    nothing = [text.removeprefix(NOTHING) for text in decided if text.startswith(NOTHING)]
    for finding in answer.findings:
        yield from _verdict(finding)
    if not answer.findings:
        yield "NOT A FINDING", answer.silent or nothing
    yield "constant", constant_lines(site.term) if site.term.value is not None else ()
    came = [(a, forks) for a in analysis.entries if (forks := _forks(a, site))]
    yield "who comes here", [_reach(a, forks, table) for a, forks in came] or _nobody(site, analysis, program)
    for analysed, forks in came:
        yield f"what happens, entering at {analysed.entry.function.name}", list(_sides(analysed, forks))
    yield "what it decides", decided if not nothing else ()
    if answer.findings:
        yield "evidence", answer.findings[0].evidence
        yield "evidence that is missing", answer.missing or ["none"]


def _verdict(finding: Finding) -> Iterator[tuple[str, Iterable[str]]]:
    hidden = f", suppressed: {finding.suppressed}" if finding.suppressed else ""
    yield f"FINDING {finding.rule}, {finding.confidence} confidence{hidden}", [finding.message]


def _titled(lines: list[str], parts: Iterable[tuple[str, Iterable[str]]], width: int) -> str:
    """``lines``, then each part that has something to say below its title."""
    for title, texts in parts:
        written = [line for text in texts if text for line in _wrapped(text, width, "    ")]
        if written:
            lines += ["", f"  {title}", *written]
    return "\n".join(lines) + "\n"


def _covers(site: Site, line: int) -> bool:
    return site.at.line <= line <= max(site.at.line, site.at.end_line)


def _without_constant(node: e.Binary, function: str) -> Site:
    return Site(
        at=node.at, function=function, text=str(node), subject=str(node.left), operator=node.op,
        bound=NO_LIMIT, threshold=NO_LIMIT, term=Term(text=str(node.right), value=None, kind="unknown"),
    )  # fmt: skip


def _forks(analysed: EntryAnalysis, site: Site) -> list[Fork]:
    return [fork for fork in analysed.run.forks if fork.at == site.at]


def _reach(analysed: EntryAnalysis, forks: list[Fork], table: ClassTable) -> str:
    """Which frames of an entry point come to the comparison."""
    reach = analysed.run.reach[forks[0].number]
    for fork in forks[1:]:
        reach = reach.plus(analysed.run.reach[fork.number])
    members = table.members(reach.classes)
    names = "every class" if len(members) == len(table.classes) else ", ".join(c.title for c in members)
    entry = analysed.entry
    role = f"{entry.platform.name} {entry.role.id}" if entry.role is not None else entry.platform.name
    return f"{entry.function.name} ({role}): {names}, {_spans(reach.lengths)} bytes"


def _nobody(site: Site, analysis: Analysis, program: Program) -> list[str]:
    if site.is_assert:
        return ["an assertion, which a release build leaves out"]
    found = [a.entry.function.name for a in reaching(site, analysis, program)]
    if not found:
        return ["no entry point leads to it"]
    return [f"{name} leads to it, but none of its frames is compared here by its length" for name in found]


def _sides(analysed: EntryAnalysis, forks: list[Fork]) -> Iterator[str]:
    """What becomes of the frames for which it holds, and of the others."""
    by_return = without_sink(analysed.run)
    for truth, words in ((True, "when it holds"), (False, "when it does not")):
        fates: dict[tuple[Outcome, str], Intervals] = {}
        for fork in forks:
            how = Judgement(by_return, fork.events)
            side = fork.true if truth else subtract(ALL_LENGTHS, fork.true)
            side = intersect(side, analysed.run.reach[fork.number].lengths)
            for leaf in analysed.run.leaves:
                if (fork.number, truth) in leaf.state.history:
                    fate = judge(leaf, analysed.entry, how)
                    key = fate.outcome, fate.why
                    fates[key] = unite(fates.get(key, ()), intersect(side, leaf.state.lengths))
        fates = {key: lengths for key, lengths in fates.items() if lengths}
        largest = sorted(fates.items(), key=lambda one: -sum(b - a + 1 for a, b in one[1]))
        for (outcome, why), lengths in largest[:MOST_FATES]:
            yield f"{words}: {_spans(lengths)} bytes {outcome}: {why}"
        if len(fates) > MOST_FATES:
            yield f"{words}: and {len(fates) - MOST_FATES} more ends"
        if not fates:
            yield f"{words}: no frame, or none that was followed to its end"


def _spans(lengths: Intervals) -> str:
    said = [span_text(low, high) for low, high in lengths[:MOST_SPANS]]
    return ", ".join(said) + " ..." * (len(lengths) > MOST_SPANS)


def _wrapped(text: str, width: int, lead: str) -> list[str]:
    text = text if len(text) <= LONGEST else text[:LONGEST] + " ..."
    return textwrap.wrap(
        text, width, initial_indent=lead, subsequent_indent=f"{lead}  ", break_long_words=False,
        break_on_hyphens=False,
    )  # fmt: skip
