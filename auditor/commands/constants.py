"""``lenaudit constants``: the constant graph, in one of four forms."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from auditor.commands import CLEAN
from auditor.console import progress_line, remark, write
from auditor.options import examples, output_file, paths, settings_of, tree_options


@click.command(epilog=examples("lenaudit constants src", "lenaudit constants src -f dot -o constants.dot"))
@paths
@click.option(
    "-f",
    "--format",
    "form",
    type=click.Choice(["text", "dot", "graphml", "json"]),
    default="text",
    show_default=True,
)
@output_file
@tree_options
def command(form: str, output: Path | None, **tree: Any) -> int:
    """Export the constant graph: macros, enums, consts and sizes, and what they are computed from."""
    from auditor import constants as stage
    from auditor.pipeline import read_tree, reading

    read = read_tree(settings_of(tree), progress_line(tree["quiet"]))
    if form == "text":
        write(stage.to_text(read.constants.definitions()), output)
    else:
        graph = read.constants.digraph(stage.comparisons(read.program, read.constants))
        export = {"dot": stage.to_dot, "graphml": stage.to_graphml, "json": stage.to_json}[form]
        write(export(graph), output)
    remark(reading(read.program), tree["quiet"], tree["verbose"])
    return CLEAN
