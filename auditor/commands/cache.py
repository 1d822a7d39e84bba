"""``lenaudit cache``: what earlier scans worked out, how much it is, and how to be rid of it."""

from __future__ import annotations

from pathlib import Path

import click

from auditor.commands import CLEAN
from auditor.options import cache_folder, examples

EXAMPLES = examples(
    "lenaudit cache info",
    "lenaudit cache clear",
    "lenaudit scan . --cache-dir .cache",
)

folder = click.option(
    "--cache-dir",
    metavar="DIR",
    type=click.Path(file_okay=False, path_type=Path),
    help="This folder, not the user's cache folder.",
)


@click.group(epilog=EXAMPLES)
def command() -> None:
    """Show or clear what earlier scans worked out; deleting it only makes the next scan slower."""


@command.command(epilog=EXAMPLES)
@folder
def info(cache_dir: Path | None) -> int:
    """Show where the cache is, and how large."""
    from auditor.cache import MOST_BYTES, Cache

    where = cache_folder(cache_dir)
    if where is None:
        click.echo("no cache: LENAUDIT_NO_CACHE is set")
        return CLEAN
    with Cache(where) as cache:
        found = cache.info()
    click.echo(f"{found.path}\n{found.entries} entries, {found.bytes / 2**20:.1f} of {MOST_BYTES >> 20} MiB")
    return CLEAN


@command.command(epilog=EXAMPLES)
@folder
def clear(cache_dir: Path | None) -> int:
    """Throw the cache away."""
    from auditor.cache import Cache

    where = cache_folder(cache_dir)
    if where is not None:
        with Cache(where) as cache:
            cache.clear()
    return CLEAN
