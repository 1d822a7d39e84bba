"""``lenaudit where``: every check with a given threshold."""

from __future__ import annotations

from typing import Any

import click

from auditor.commands import CLEAN
from auditor.console import progress_line, remark, write
from auditor.options import examples, paths, settings_of, tree_options


@click.command(epilog=examples("lenaudit where 34 src"))
@click.argument("number", metavar="N", type=int)
@paths
@tree_options
def command(number: int, **tree: Any) -> int:
    """List every check whose threshold is N bytes, with where N comes from and whether it decides a drop."""
    from auditor.constants import where as sites_at
    from auditor.pipeline import read_policies, reading
    from auditor.report.sites import render
    from auditor.report.terminal import width

    read, analysis = read_policies(settings_of(tree, prune=False), progress_line(tree["quiet"]))
    sites = sites_at(read.program, read.constants, number)
    write(render(number, sites, analysis, read.program, width()), None)
    remark(reading(read.program, analysis), tree["quiet"], tree["verbose"])
    return CLEAN
