"""``lenaudit policy``: the length map of every entry point."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from auditor.commands import CLEAN
from auditor.console import progress_line, remark, write
from auditor.options import examples, output_file, paths, settings_of, tree_options

if TYPE_CHECKING:
    from auditor.model import LengthPolicy, Report


@click.command(
    epilog=examples("lenaudit policy src", "lenaudit policy src --entry AdapterSendNetBufferLists")
)
@paths
@click.option("--entry", default="", metavar="FUNCTION", help="Only the policies of this entry point.")
@click.option(
    "--html",
    "page",
    metavar="FILE",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Draw the maps on a web page instead.",
)
@output_file
@tree_options
def command(entry: str, page: Path | None, output: Path | None, **tree: Any) -> int:
    """Draw the length map of every entry point: frame class x length -> what becomes of it."""
    from auditor.model import UsageError
    from auditor.pipeline import read_policies, reading
    from auditor.report.terminal import has_blocks, wants_color, width
    from auditor.report.text import render_policies

    read, analysis = read_policies(settings_of(tree), progress_line(tree["quiet"]))
    policies: Sequence[LengthPolicy] = [p for p in analysis.policies if entry in {"", p.entry}]
    if entry and not policies:
        known = ", ".join(sorted({p.entry for p in analysis.policies})) or "none"
        raise UsageError(f"there is no entry point {entry!r}", f"entry points: {known}")
    if not policies and not tree["quiet"]:
        click.echo("lenaudit: no entry point was found", err=True)
    report = reading(read.program, analysis)
    if page is not None:
        write(_page(report, tuple(policies)), page)
    else:
        write(render_policies(policies, width(), wants_color(output), has_blocks(output)), output)
    remark(report, tree["quiet"], tree["verbose"])
    return CLEAN


def _page(report: Report, policies: tuple[LengthPolicy, ...]) -> str:
    import msgspec

    from auditor.model import Sources
    from auditor.report import html

    chosen = msgspec.structs.replace(report, policies=policies)
    return html.render(chosen, (), Sources(report.base), scanned=False)
