"""Rules and an analysis in, findings out: once each, in order, suppressed ones marked, weak ones left out."""

from __future__ import annotations

from auditor.model import Confidence, Finding, Gap, Sources
from auditor.rules.context import RuleContext
from auditor.rules.load import LoadedRule
from auditor.rules.suppress import suppress

STRENGTH = {Confidence.LOW: 0, Confidence.MEDIUM: 1, Confidence.HIGH: 2}


def run_rules(
    rules: tuple[LoadedRule, ...],
    context: RuleContext,
    sources: Sources,
    minimum: Confidence = Confidence.MEDIUM,
) -> tuple[tuple[Finding, ...], tuple[Gap, ...]]:
    """The findings of ``rules`` at ``minimum`` confidence or above, by file, line and rule; and gaps for
    suppression comments that lack a reason or suppress nothing.

    Suppressed findings are kept, with the reason in ``suppressed``. What a rule raises goes through, with a
    note that names the rule.
    """
    found = [finding for rule in rules for finding in _check(rule, context)]
    marked, gaps = suppress(_once(found), sources, _files(context), frozenset(rule.id for rule in rules))
    return tuple(f for f in marked if STRENGTH[f.confidence] >= STRENGTH[minimum]), gaps


def _check(rule: LoadedRule, context: RuleContext) -> list[Finding]:
    try:
        return list(rule.check(context))
    except Exception as error:
        error.add_note(f"in rule {rule.id}")
        raise


def _once(findings: list[Finding]) -> list[Finding]:
    """One finding per rule and place, the surest; several entries may lead to one comparison."""
    best: dict[tuple[str, int, int, str], Finding] = {}
    for finding in findings:
        key = (finding.at.file, finding.at.line, finding.at.column, finding.rule)
        if key not in best or STRENGTH[finding.confidence] > STRENGTH[best[key].confidence]:
            best[key] = finding
    return [best[key] for key in sorted(best)]


def _files(context: RuleContext) -> tuple[str, ...]:
    """Every file of the tree that the scan read, in order."""
    files = set()
    for module in context.program.modules:
        files |= {module.file, *module.includes, *(c.file for c in module.coverage)}
    return tuple(sorted(files))
