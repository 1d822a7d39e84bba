"""``lenaudit demo``: the sample driver, scanned."""

from __future__ import annotations

import click

from auditor.commands import CLEAN
from auditor.console import rendered, write
from auditor.options import examples


@click.command(epilog=examples("lenaudit demo"))
def command() -> int:
    """Scan the sample driver that comes with lenaudit: the finding, then the length map. Always exits 0."""
    from auditor.knowledge import sample_folder
    from auditor.pipeline import scan as run_scan
    from auditor.report.terminal import has_blocks, wants_color, width
    from auditor.report.text import render_policies
    from auditor.settings import Settings

    result = run_scan(Settings(paths=(sample_folder(),)))
    color = wants_color(None)
    report = rendered(result, "text", color)
    maps = render_policies(result.report.policies, width(), color, has_blocks(None))
    write(f"{report}\nThe length maps of the sample driver:\n\n{maps}", None)
    return CLEAN
