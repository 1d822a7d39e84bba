"""``lenaudit rules``: the rules listed, or one explained."""

from __future__ import annotations

from pathlib import Path

import click

from auditor.commands import CLEAN
from auditor.console import write
from auditor.options import examples, rules_folders


@click.command(epilog=examples("lenaudit rules", "lenaudit rules l3-minimum-on-l2-path"))
@click.argument("rule", required=False, default="", metavar="[ID]")
@rules_folders
def command(rule: str, rules: tuple[Path, ...]) -> int:
    """List the rules, or explain one."""
    from auditor.knowledge import rules_folder
    from auditor.report.explain import explain, overview
    from auditor.rules import choose, load_rules

    loaded = load_rules((rules_folder(), *rules))
    docs = tuple(one.doc for one in choose(loaded, (rule,) if rule else tuple(one.id for one in loaded), ()))
    write(explain(docs[0]) if rule else overview(docs), None)
    return CLEAN
