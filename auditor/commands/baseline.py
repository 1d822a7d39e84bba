"""``lenaudit baseline``: what is known today, written down so that scans show only what is new."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from auditor.commands import CLEAN
from auditor.console import progress_line, remark, write
from auditor.options import examples, finding_options, output_file, paths, scan_settings, tree_options

USUAL = "lenaudit-baseline.json"
EXAMPLES = examples(
    "lenaudit baseline write .",
    "lenaudit baseline write src -o known.json",
    "lenaudit scan . --baseline lenaudit-baseline.json",
)


@click.group(epilog=EXAMPLES)
def command() -> None:
    """Known findings: `lenaudit scan --baseline FILE` leaves them out."""


@command.command("write", epilog=EXAMPLES)
@paths
@output_file
@finding_options
@tree_options
def write_baseline(output: Path | None, **tree: Any) -> int:
    """Write down all findings of PATH; by default to the settings' baseline or lenaudit-baseline.json."""
    import msgspec

    from auditor.findings import baseline_text
    from auditor.pipeline import scan as run_scan
    from auditor.report.wording import plural

    settings = scan_settings(tree)
    file = output or settings.baseline or Path(USUAL)
    result = run_scan(msgspec.structs.replace(settings, baseline=None), progress_line(tree["quiet"]))
    write(baseline_text(result.report.findings), file)
    number = sum(not finding.suppressed for finding in result.report.findings)
    remark(result.report, tree["quiet"], tree["verbose"])
    if not tree["quiet"]:
        click.echo(f"lenaudit: {plural(number, 'known finding')} in {file}", err=True)
    return CLEAN
