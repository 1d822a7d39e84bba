"""Findings in, SARIF results out: message with links, places, story, constant graph, fixes, fingerprints."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

import sarif_om as om

from auditor.model import (
    Confidence,
    Edit,
    Finding,
    Fix,
    Location,
    Related,
    RuleDoc,
    Step,
    Term,
    describe,
)
from auditor.report.fingerprints import line_hashes
from auditor.report.sarif_places import Places
from auditor.report.sarif_rules import MESSAGE_ID
from auditor.report.wording import hex_dump, hidden_because, lengths_lost, level_of

MOST_LINES = 20  # of a code flow's step
RANK = {Confidence.HIGH: 90.0, Confidence.MEDIUM: 60.0, Confidence.LOW: 30.0}
Messages = dict[str, str]


def results(findings: tuple[Finding, ...], docs: tuple[RuleDoc, ...], places: Places) -> list[om.Result]:
    """One result per finding, in order."""
    index = {doc.id: number for number, doc in enumerate(docs)}
    files = {finding.at.file for finding in findings}
    hashes = {file: line_hashes(places.sources.text(file)) for file in files}
    return [
        _result(finding, index.get(finding.rule, -1), places, _fingerprints(finding, hashes))
        for finding in findings
    ]


def _result(finding: Finding, index: int, places: Places, fingerprints: Messages) -> om.Result:
    definitions = list(_definitions(finding.constant))
    related = [*finding.related, *(Related(t.at, f"{t.text} is defined here") for t in definitions if t.at)]
    return om.Result(
        rule_id=finding.rule,
        rule_index=index,
        level=str(level_of(finding)),
        rank=RANK[finding.confidence],
        message=_message(finding, definitions),
        locations=[places.location(finding.at, function=finding.function)],
        related_locations=[places.location(r.at, r.message, n) for n, r in enumerate(related, 1)],
        code_flows=[_code_flow(finding.path, places)] if finding.path else None,
        partial_fingerprints=fingerprints,
        suppressions=_suppressions(finding),
        fixes=[_fix(fix, places) for fix in finding.fixes if not fix.doubt],
        graphs=[_graph(finding.constant, places)] if finding.constant else None,
        properties=_properties(finding),
    )


def _message(finding: Finding, definitions: list[Term]) -> om.Message:
    """The sentence, and a link to each related location: GitHub shows ``[text](1)`` as one."""
    links = [f"[{_escaped(r.message)}]({n})" for n, r in enumerate(finding.related, 1)]
    names = [f"[{_escaped(t.text)}]({n})" for n, t in enumerate(definitions, len(links) + 1)]
    seen = f" See {_listed(links)}." if links else ""
    defined = f" Defined here: {_listed(names)}." if names else ""
    text = f"{finding.message}{seen}{defined}"
    if finding.arguments:
        return om.Message(id=MESSAGE_ID, arguments=list(finding.arguments), text=text)
    return om.Message(text=text)


def _listed(items: list[str]) -> str:
    """``a, b and c``."""
    return " and ".join([", ".join(items[:-1]), items[-1]] if len(items) > 1 else items)


def _escaped(text: str) -> str:
    """A link's text, with the brackets that SARIF 3.11.6 would read as another link escaped."""
    return text.replace("\\", "\\\\").replace("[", "\\[").replace("]", "\\]").rstrip(".")


def _definitions(term: Term | None) -> Iterator[Term]:
    """The parts of the constant that are defined in the tree, each once."""
    seen = set()
    for part in _terms(term):
        if part.at and part.at.file and part.kind not in {"operator", "literal"} and part.at not in seen:
            seen.add(part.at)
            yield part


def _terms(term: Term | None) -> Iterator[Term]:
    """The constant and all it is computed from, sums before their parts."""
    stack = [term] if term else []
    while stack:
        part = stack.pop()
        yield part
        stack += reversed(part.parts)


def _code_flow(path: tuple[Step, ...], places: Places) -> om.CodeFlow:
    steps = [step for step in path if step.at.file]
    return om.CodeFlow(
        thread_flows=[
            om.ThreadFlow(
                locations=[
                    om.ThreadFlowLocation(
                        location=places.location(
                            _head(step.at), f"{step.message.rstrip('.')}.", function=step.function
                        ),
                        importance=step.importance,
                        execution_order=number,
                    )
                    for number, step in enumerate(steps, 1)
                ]
            )
        ]
    )


def _head(at: Location) -> Location:
    """Of what spans half a file, a whole function, the first line."""
    return at if at.end_line - at.line < MOST_LINES else Location(at.file, at.line, at.column)


def _suppressions(finding: Finding) -> list[om.Suppression] | None:
    """Why the finding is not open, by SARIF 3.35; None leaves it open."""
    if not hidden_because(finding):
        return None
    kind = "inSource" if finding.suppressed else "external"
    reason = finding.suppressed or f"Known: {finding.known}."
    return [om.Suppression(kind=kind, state="accepted", justification=reason)]


def _fingerprints(finding: Finding, hashes: dict[str, tuple[str, ...]]) -> Messages:
    at, found = finding.at, {"lenaudit/v1": finding.fingerprint}
    if 0 < at.line <= len(hashes[at.file]):
        found["primaryLocationLineHash"] = hashes[at.file][at.line - 1]
    return found


def _fix(fix: Fix, places: Places) -> om.Fix:
    by_file: dict[str, list[Edit]] = defaultdict(list)
    for edit in fix.edits:
        by_file[edit.at.file].append(edit)
    return om.Fix(
        description=om.Message(text=f"{fix.description.rstrip('.')}."),
        artifact_changes=[
            om.ArtifactChange(
                artifact_location=places.artifact(file),
                replacements=[
                    om.Replacement(
                        deleted_region=places.region(edit.at, snippet=False),
                        inserted_content=om.ArtifactContent(text=edit.text),
                    )
                    for edit in edits
                ],
            )
            for file, edits in by_file.items()
        ],
    )


def _graph(constant: Term, places: Places) -> om.Graph:
    """The constant's provenance: each edge leads from a sum to what it is computed from."""
    nodes: list[om.Node] = []
    edges: list[om.Edge] = []

    def add(term: Term) -> str:
        name = f"n{len(nodes)}"
        at = places.location(term.at) if term.at and term.at.file else None
        facts = {"value": term.value, "kind": term.kind, "layer": term.layer, "status": term.status}
        known = {key: value for key, value in facts.items() if value not in (None, "")}
        nodes.append(om.Node(id=name, label=om.Message(text=term.text), location=at, properties=known))
        for part in term.parts:
            label = om.Message(text=term.operator) if term.operator else None
            child = add(part)
            edge = om.Edge(id=f"e{len(edges)}", source_node_id=name, target_node_id=child, label=label)
            edges.append(edge)
        return name

    add(constant)
    return om.Graph(description=om.Message(text=f"{describe(constant)}."), nodes=nodes, edges=edges)


def _properties(finding: Finding) -> dict[str, object]:
    facts: dict[str, object] = {
        "confidence": str(finding.confidence),
        "evidence": list(finding.evidence),
        "threshold": finding.threshold,
        "lengthsLost": lengths_lost(finding.losses),
        "losses": [
            {"class": loss.frame_class, "low": loss.low, "high": loss.high} for loss in finding.losses
        ],
        "witnesses": [
            {"name": w.name, "length": w.length, "source": w.source, "bytes": hex_dump(w)}
            for w in finding.witnesses
        ],
    }
    return {key: value for key, value in facts.items() if value not in (None, "", [])}
