"""A report in, text for a terminal out: each finding with code, proof and path, then a summary."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator

from auditor.model import Finding, Fix, LengthPolicy, Report, Severity, Sources
from auditor.report import changemap, codeframe, fixmap, lengthmap
from auditor.report.changes import Change, changes
from auditor.report.wording import (
    constant_lines,
    gap_kinds,
    grouped_losses,
    hex_dump,
    hidden_because,
    hidden_counts,
    level_of,
    mode_of,
    plural,
    shown,
)

CONTROLS = dict.fromkeys(
    (*range(0x20), *range(0x7F, 0xA0)), "\N{REPLACEMENT CHARACTER}"
)  # scanned code is not trusted
Line = lengthmap.Line


def render(
    report: Report, sources: Sources, width: int = 80, color: bool = False, show_suppressed: bool = False
) -> str:
    """The whole report as text of ``width`` cells."""
    lines: list[Line] = []
    for finding in report.findings if show_suppressed else shown(report.findings):
        lines += [*_finding(finding, sources, width), []]
    return _paint([*lines, *_summary(report, width)], width, color)


def render_policies(
    policies: Iterable[LengthPolicy], width: int = 80, color: bool = False, unicode: bool = True
) -> str:
    """One length map per policy, a blank line after each."""
    lines: list[Line] = []
    for policy in policies:
        lines += [*lengthmap.draw(policy, width, unicode), []]
    return _paint(lines, width, color)


def render_fix(
    finding: Finding, width: int = 80, color: bool = False, unicode: bool = True, maps: bool = True
) -> str:
    """What is suggested for one finding, and with ``maps`` how it changes the policies."""
    lines = list(fixmap.story(finding, width))
    if maps:
        lines += [*fixmap.drawn(finding, width, unicode), []]
    return _paint(lines, width, color)


def render_changes(
    changes: Iterable[Change], width: int = 80, color: bool = False, unicode: bool = True
) -> str:
    """One map per changed policy, with the bars of both sides, a blank line after each."""
    lines: list[Line] = []
    for change in changes:
        lines += [*changemap.draw(change, width, unicode), []]
    return _paint(lines, width, color)


def _paint(lines: Iterable[Line], width: int, color: bool) -> str:
    """Pieces and their styles as text with escape codes, or without when ``color`` is off."""
    safe = ([(piece.translate(CONTROLS), style) for piece, style in line] for line in lines)
    if color:
        from auditor.report.colors import colored  # rich takes as long to import as all else of this page

        return colored(safe, width)
    return "".join("".join(piece for piece, _ in line).rstrip() + "\n" for line in safe)


def _finding(finding: Finding, sources: Sources, width: int) -> Iterator[Line]:
    yield from _headline(finding, width)
    yield from _filled(hidden_because(finding), width, "  ")
    yield from _filled(finding.message, width, "  ")
    yield []
    yield from codeframe.frame(finding.at, sources, width)
    yield []
    if finding.constant:
        yield from _field("constant", constant_lines(finding.constant), width)
    losses = [f"{names}: {lengths}" for names, lengths in grouped_losses(finding)]
    if losses:
        yield from _field("lost", [f"{line} bytes" for line in losses], width)
    yield from _witness(finding, width)
    yield from _path(finding, width)
    yield from _field("see also", [f"{r.at.file}:{r.at.line} {r.message}" for r in finding.related], width)
    yield from _fixes(finding, sources, width)
    yield from _after(finding, width)
    yield [(f"  {finding.confidence} confidence", "head")]
    for reason in finding.evidence:
        yield from _filled(reason, width, "    - ")


def _headline(finding: Finding, width: int) -> Iterator[Line]:
    """Level, rule and place; the function on a line of its own where it would not fit."""
    level = str(level_of(finding))
    line = [(level, level), (f"[{finding.rule}] ", "rule"), (str(finding.at), "where")]
    function = f"in {finding.function}" if finding.function else ""
    if function and sum(len(text) for text, _ in line) + len(function) + 1 > width:
        yield line
        yield [(f"  {function}", "where")]
    else:
        yield [*line, (f" {function}".rstrip(), "where")]


def _witness(finding: Finding, width: int) -> Iterator[Line]:
    """The most telling frame byte by byte, others by name."""
    named = [f"{w.name}, {w.length} bytes ({w.source})" for w in finding.witnesses]
    if named:
        yield from _field("witness", [named[0], *hex_dump(finding.witnesses[0])], width)
        yield from _field("lost as well", named[1:], width)


def _path(finding: Finding, width: int) -> Iterator[Line]:
    """The steps that carry the story; SARIF and JSON have all of them."""
    steps = [step for step in finding.path if step.importance != "unimportant"]
    if not steps:
        return
    yield [("  path", "head")]
    digits = len(str(len(steps)))
    for number, step in enumerate(steps, 1):
        text = f"{step.at.file}:{step.at.line} {step.message}"
        yield from _filled(text, width, f"    {number:>{digits}}. ")


def _fixes(finding: Finding, sources: Sources, width: int) -> Iterator[Line]:
    for fix in finding.fixes:
        yield from _field("fix", [fix.description + _proof(fix)], width)
        for edit in fix.edits:
            place = f"{edit.at.file}:{edit.at.line}"
            if lines := list(codeframe.changed(edit, sources, width - 6)):
                yield [(f"    {place}", "where")]
                yield from ([(f"    {sign} {text}", "plain")] for sign, text in lines)
            else:
                yield from _filled(f"{place}: {' '.join(edit.text.split())}", width, "    ")


def _proof(fix: Fix) -> str:
    if fix.doubt:
        return f"; tried, and not safe: {fix.doubt}"
    return "; the policy after it was computed again and loses nothing here" if fix.verified else ""


def _after(finding: Finding, width: int) -> Iterator[Line]:
    """What the policies are once the fix is made, in words."""
    found = changes(finding.policies, finding.policies_after) if finding.policies_after else ()
    said = [f"{sentence}, {_when(change)}" for change in found for sentence in changemap.sentences(change)]
    yield from _field("policy after the fix", said, width)


def _when(change: Change) -> str:
    return f"when {mode_of(change.policy)}" if change.policy.mode else "always"


def _field(title: str, texts: Iterable[str], width: int) -> Iterator[Line]:
    """A titled block; nothing when there is nothing to say."""
    written = [text for text in texts if text]
    if written:
        yield [(f"  {title}", "head")]
    for text in written:
        yield from _filled(text, width, "    ")


def _filled(text: str, width: int, lead: str) -> Iterator[Line]:
    """``text`` wrapped at ``width``, further lines indented below the first; runs of spaces are kept."""
    if not text:
        return
    if len(lead) + len(text) <= width:
        yield [(lead + text, "plain")]
        return
    wrapped = textwrap.wrap(
        text, width, initial_indent=lead, subsequent_indent=" " * len(lead),
        break_long_words=False, break_on_hyphens=False,
    )  # fmt: skip
    for line in wrapped:
        yield [(line, "plain")]


def _summary(report: Report, width: int) -> Iterator[Line]:
    visible = shown(report.findings)
    counts = [
        f"{n} {level}" for level in reversed(Severity) if (n := sum(level_of(f) is level for f in visible))
    ]
    found = f"{plural(len(visible), 'finding')}{' (' + ', '.join(counts) + ')' if counts else ''}"
    suppressed = "".join(f", {words}" for words in hidden_counts(report.findings))
    style = str(max((level_of(f) for f in visible), key=list(Severity)[::-1].index, default="head"))
    yield [(f"{found}{suppressed}", style), (f" in {plural(report.files, 'file')}", "plain")]
    total = sum(c.in_text for c in report.coverage)
    yield from _filled(f"{_percent(report)} of {plural(total, 'comparison')} understood", width, "")
    if report.gaps:
        what = f"what was not understood ({gap_kinds(report.gaps)})"
        yield from _filled(f"{plural(len(report.gaps), 'remark')} on {what}; -v names them", width, "")
    for partly in (c for c in report.coverage if c.understood < c.in_text):
        share = f"{partly.understood} of {plural(partly.in_text, 'comparison')} understood"
        yield from _filled(f"partly analysed: {partly.file} ({share})", width, "  ")


def _percent(report: Report) -> str:
    """Rounded down, so that only a complete analysis reads 100 %."""
    return f"{int(report.understood * 100)} %"
