"""Rules and an analysis in, everything they find out."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.model import Finding
from auditor.rules.context import RuleContext
from auditor.rules.load import LoadedRule


def check_rules(rules: tuple[LoadedRule, ...], context: RuleContext) -> Iterator[Finding]:
    """Everything that ``rules`` find. What a rule raises goes through, with a note that names the rule."""
    for rule in rules:
        yield from _check(rule, context)


def _check(rule: LoadedRule, context: RuleContext) -> list[Finding]:
    try:
        return list(rule.check(context))
    except Exception as error:
        error.add_note(f"in rule {rule.id}")
        raise
