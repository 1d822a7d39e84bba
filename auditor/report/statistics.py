"""A report in, its numbers out: findings per rule by confidence, and how much was read."""

from __future__ import annotations

from auditor.model import Confidence, Report
from auditor.report.wording import hidden_because, plural

COLUMNS = (*(str(confidence) for confidence in Confidence), "hidden")


def render(report: Report) -> str:
    """One line per rule that ran; ``hidden`` are suppressed or known before."""
    width = max((len(rule) for rule in report.rules), default=0)
    lines = ["", f"{'rule':<{width}}  " + "  ".join(f"{name:>6}" for name in COLUMNS)]
    for rule in report.rules:
        of_rule = [f for f in report.findings if f.rule == rule]
        open_ones = [f for f in of_rule if not hidden_because(f)]
        counts = [sum(f.confidence is one for f in open_ones) for one in Confidence]
        cells = [*counts, len(of_rule) - len(open_ones)]
        lines.append(f"{rule:<{width}}  " + "  ".join(f"{number:>6}" for number in cells))
    entries = len({(policy.entry, policy.at) for policy in report.policies})
    points = f"{entries} entry {'point' if entries == 1 else 'points'}"
    comparisons = plural(sum(c.in_text for c in report.coverage), "comparison")
    read = f"{plural(report.files, 'file')}, {points}, {comparisons}, {report.seconds:.1f} s"
    return "\n".join([*lines, read]) + "\n"
