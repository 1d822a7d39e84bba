"""``lenaudit config``: which settings hold, and who set them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from auditor.commands import CLEAN
from auditor.console import write
from auditor.options import examples, finding_options, holding, tree_options


@click.command(epilog=examples("lenaudit config", "lenaudit config src > lenaudit.toml"))
@click.argument("paths", nargs=-1, metavar="[PATH...]", type=click.Path(path_type=Path))
@finding_options
@tree_options
def command(**tree: Any) -> int:
    """Show the settings that hold for PATH (by default here), as a settings file with origins."""
    from auditor.effective import listing

    tree["paths"] = tree["paths"] or (Path(),)
    write(listing(*holding(tree)), None)
    return CLEAN
