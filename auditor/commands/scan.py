"""``lenaudit scan``: findings in the form asked for, and an exit code by severity."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from auditor.commands import CLEAN, FOUND
from auditor.console import progress_line, remark, rendered, write
from auditor.options import SEVERITIES, output_file, paths, settings_of, tree_options

if TYPE_CHECKING:
    from auditor.pipeline import Scan


@click.command()
@paths
@click.option(
    "-f", "--format", "form", type=click.Choice(["text", "sarif", "json"]), default="text", show_default=True
)
@output_file
@click.option(
    "--fail-on",
    type=click.Choice([*SEVERITIES, "never"]),
    default="note",
    show_default=True,
    help="Exit 1 for findings of this level or above.",
)
@click.option(
    "--confidence",
    type=click.Choice(["high", "medium", "low"]),
    default="medium",
    show_default=True,
    help="Leave out findings that are less sure.",
)
@click.option("--select", multiple=True, metavar="RULE", help="Run only this rule; may be repeated.")
@click.option("--ignore", multiple=True, metavar="RULE", help="Do not run this rule; may be repeated.")
@tree_options
def command(
    form: str, output: Path | None, fail_on: str, confidence: str, select: tuple[str, ...],
    ignore: tuple[str, ...], **tree: Any,
) -> int:  # fmt: skip
    """Scan source files and folders for length checks that drop legal frames."""
    from auditor.model import Confidence
    from auditor.pipeline import scan as run_scan
    from auditor.report.terminal import wants_color

    settings = settings_of(tree, select=select, ignore=ignore, min_confidence=Confidence(confidence))
    result = run_scan(settings, progress_line(tree["quiet"]))
    write(rendered(result, form, wants_color(output)), output)
    remark(result.report, tree["quiet"], tree["verbose"])
    return _verdict(result, fail_on)


def _verdict(result: Scan, fail_on: str) -> int:
    from auditor.report.wording import LEVELS, level_of, shown

    if fail_on == "never":
        return CLEAN
    loud = LEVELS[SEVERITIES.index(fail_on) :]
    return FOUND if any(level_of(finding) in loud for finding in shown(result.report.findings)) else CLEAN
