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
    from auditor.knowledge import choose, rules_folder
    from auditor.report.explain import explain, overview
    from auditor.rules import load_rules

    every = tuple(one.doc for one in load_rules((rules_folder(), *rules)))
    docs = choose(every, (rule,), ()) if rule else every
    write(explain(docs[0]) if rule else overview(docs), None)
    return CLEAN
