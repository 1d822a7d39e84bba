"""Parts of findings in, the words that every renderer uses for them out."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

from auditor.model import Confidence, Finding, Gap, LengthPolicy, Loss, Severity, Term, Witness, describe

UNNAMED = ("operator", "literal")  # parts of a constant that have no definition to look at
LEVELS = (Severity.NOTE, Severity.WARNING, Severity.ERROR)
"""Severities from the mildest to the worst."""


def level_of(finding: Finding) -> Severity:
    """How loudly to report: the rule's severity, but a note where the analysis itself is in doubt."""
    return Severity.NOTE if finding.confidence is Confidence.LOW else finding.severity


def shown(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings that no comment in the source suppresses and that were not known before."""
    return tuple(f for f in findings if not hidden_because(f))


def hidden_because(finding: Finding) -> str:
    """Why the finding is not shown, empty when it is: ``suppressed: reason``, or where it was known."""
    return f"suppressed: {finding.suppressed}" if finding.suppressed else finding.known


def hidden_counts(findings: Iterable[Finding]) -> tuple[str, ...]:
    """How many findings are not shown, by reason: ``("1 suppressed", "2 in baseline.json")``."""
    counts = Counter("suppressed" if f.suppressed else f.known for f in findings if hidden_because(f))
    return tuple(f"{number} {why}" for why, number in counts.items())


def grouped_losses(finding: Finding) -> tuple[tuple[str, str], ...]:
    """Lost lengths by class, classes with the same range together: ``(("every class", "14..33"),)``."""
    by_range: dict[tuple[int, int], list[str]] = defaultdict(list)
    for loss in finding.losses:
        by_range[loss.low, loss.high].append(loss.frame_class)
    classes = {row.frame_class for policy in finding.policies for row in policy.rows}
    return tuple((_classes(names, classes), span_text(*span)) for span, names in sorted(by_range.items()))


def lengths_lost(losses: Iterable[Loss]) -> str:
    """All lost lengths as one range, ``14..33``; empty when nothing is lost."""
    spans = [(loss.low, loss.high) for loss in losses]
    return span_text(min(low for low, _ in spans), max(high for _, high in spans)) if spans else ""


def constant_lines(term: Term) -> Iterator[str]:
    """The sum, then where each named part of it is defined."""
    yield describe(term)
    stack, seen = [term], set()
    while stack:
        part = stack.pop()
        stack += reversed(part.parts)
        if part.at and part.at.file and part.text not in seen and part.kind not in UNNAMED:
            seen.add(part.text)
            yield f"{part.text}: {part.kind} at {part.at.file}:{part.at.line}"


def hex_dump(witness: Witness) -> list[str]:
    """The frame's bytes, 16 a line, each line led by its offset from the destination address."""
    rows = (witness.data[start : start + 16] for start in range(0, witness.length, 16))
    return [f"{16 * number:04x}  {row.hex(' ')}" for number, row in enumerate(rows)]


def mode_of(policy: LengthPolicy) -> str:
    """The facts that select the policy, as C text; ``always`` when none do."""
    return " && ".join(policy.mode) or "always"


def layer_words(layer: str) -> str:
    """From which byte on a length counts, in words: ``bytes from the Ethernet header``."""
    start = {"L2": "the Ethernet header", "L3": "the IP header"}.get(layer, layer or "an unknown layer")
    return f"bytes from {start}"


def gap_kinds(gaps: Iterable[Gap]) -> str:
    """How many gaps of each kind, ``2 partial, 1 skipped``."""
    counts: dict[str, int] = defaultdict(int)
    for gap in gaps:
        counts[gap.kind] += 1
    return ", ".join(f"{number} {kind}" for kind, number in sorted(counts.items()))


def gap_line(gap: Gap) -> str:
    """``src/a.c: unreadable: permission denied``; the file's name once, even if the message names it."""
    return f"{gap.at.file}: {gap.kind}: {gap_what(gap)}" if gap.at.file else f"{gap.kind}: {gap.message}"


def gap_what(gap: Gap) -> str:
    """The gap's message without the file's name at its start."""
    return gap.message.removeprefix(gap.at.file).lstrip(": ") if gap.at.file else gap.message


def plural(number: int, noun: str) -> str:
    """``1 file``, ``2 files``."""
    return f"{number} {noun}{'' if number == 1 else 's'}"


def span_text(low: int, high: int) -> str:
    """``14..33``, or one number."""
    return str(low) if low == high else f"{low}..{high}"


def _classes(names: list[str], every: set[str]) -> str:
    if len(names) > 1 and every <= set(names):
        return "every class"
    return ", ".join(names)
