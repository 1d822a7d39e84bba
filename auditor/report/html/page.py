"""The report's parts put together by the templates of ``templates/``, everything in them escaped."""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from auditor import __version__
from auditor.model import Confidence, Finding, Gap, Report, RuleDoc, Severity, Sources
from auditor.report.html.findings import Frames, Shared, View, view
from auditor.report.html.graphs import Graphs
from auditor.report.html.maps import KINDS, Maps
from auditor.report.wording import gap_what, level_of, plural, shown

FIRST = 100
"""Findings, maps, frames and constants that stand in the page as they are; further ones are compressed."""

TEMPLATES = Path(__file__).with_name("templates")
HIDDEN = dict.fromkeys(
    (
        *range(0x09), 0x0B, *range(0x0E, 0x20), *range(0x7F, 0xA0), 0x061C, 0x200E, 0x200F,
        *range(0x202A, 0x202F), *range(0x2066, 0x206A), *range(0xD800, 0xE000), 0xFFFE, 0xFFFF,
    ),
    "\N{REPLACEMENT CHARACTER}",
)  # fmt: skip
"""Characters that a page may not hold, and those that turn text round: scanned code is not trusted."""


class Legend(msgspec.Struct, frozen=True):
    """One fate of the maps: its style and what it means."""

    kind: str
    meaning: str


def render(
    report: Report, docs: tuple[RuleDoc, ...], sources: Sources, *, scanned: bool = True, hidden: bool = False
) -> str:
    """The page as HTML text.

    ``docs`` are the rules that ran. ``scanned`` is False where no rule has run: the page then has the maps
    alone. With ``hidden`` suppressed and known findings are on it too.
    """
    shared = Shared(Maps(), Maps("after"), Graphs(), Frames())
    findings = sorted(report.findings if hidden else shown(report.findings), key=_worst_first)
    views = [view(number, finding, sources, shared) for number, finding in enumerate(findings, 1)]
    for policy in report.policies:
        shared.maps.add(policy)
    parts = _environment().get_template("parts.html").make_module({"plural": plural})
    packed = _packed(parts, views, shared)
    style, script = _asset("page.css"), _asset("page.js")
    return (
        _environment()
        .get_template("page.html")
        .render(
            **_summary(report, findings),
            scanned=scanned,
            views=views,
            docs=docs,
            maps=shared.maps.all(),
            after=shared.after.all(),
            graphs=shared.graphs.all(),
            frames=shared.frames.all(),
            parts=parts,
            plural=plural,
            first=FIRST,
            packed=packed,
            pool=_compressed(packed),
            style=style,
            script=script,
            policy=_policy(style, script),
        )
    )


def _summary(report: Report, findings: list[Finding]) -> dict[str, Any]:
    """What the page says about the whole report; ``findings`` are those on the page."""
    levels = Counter(level_of(finding) for finding in findings)
    return {
        "version": __version__,
        "title": f"{Path(report.base).name or 'source'}: length policies",
        "folder": Path(report.base).name,
        "report": report,
        "levels": [(str(level), levels[level]) for level in Severity],
        "hidden_count": len(report.findings) - len(findings),
        "rules": sorted({finding.rule for finding in findings}),
        "legend": [Legend(kind, glyph.meaning.lower()) for glyph, kind in KINDS.items()],
        "partly": [c for c in report.coverage if c.understood < c.in_text],
        "gaps": [(gap.level, gap.kind, _where(gap), gap_what(gap)) for gap in report.gaps],
        "comparisons": sum(c.in_text for c in report.coverage),
        "percent": int(report.understood * 100),
    }


def _worst_first(finding: Finding) -> tuple[int, int]:
    return list(Severity).index(level_of(finding)), list(Confidence).index(finding.confidence)


def _packed(parts: Any, views: list[View], shared: Shared) -> dict[str, str]:
    """By id, what a large page holds compressed until somebody wants to see it: all beyond the first ones."""
    bodies = {view.id: parts.body(view) for view in views[FIRST:]}
    drawn = (*shared.maps.all()[FIRST:], *shared.after.all()[FIRST:])
    maps = {one.id: parts.length_map(one) for one in drawn}
    frames = {one.id: parts.frame(one) for one in shared.frames.all()[FIRST:]}
    graphs = {one.id: parts.graph(one) for one in shared.graphs.all()[FIRST:]}
    return bodies | maps | frames | graphs


def _compressed(packed: dict[str, str]) -> str:
    """As base64 of gzip (RFC 1952), which the page's script inflates; empty when there is nothing."""
    if not packed:
        return ""
    return base64.b64encode(gzip.compress(json.dumps(packed).encode(), mtime=0)).decode()


@cache
def _environment() -> Environment:
    """Templates that escape everything, and fail on a name that is not there."""
    return Environment(
        loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined, finalize=_visible,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip


def _visible(value: object) -> object:
    return value.translate(HIDDEN) if type(value) is str else value


def _asset(name: str) -> Markup:
    """A file of our own that goes into the page as it is."""
    return Markup((TEMPLATES / name).read_text(encoding="utf-8"))


def _policy(style: str, script: str) -> str:
    """What the page may load: nothing, but this very style sheet and this very script (CSP level 2)."""
    allowed = f"style-src {_hash(style)}; script-src {_hash(script)}"
    return f"default-src 'none'; {allowed}; base-uri 'none'; form-action 'none'"


def _hash(text: str) -> str:
    digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
    return f"'sha256-{digest}'"


def _where(gap: Gap) -> str:
    line = f":{gap.at.line}" if gap.at.line > 1 else ""
    return f"{gap.at.file}{line}" if gap.at.file else ""
