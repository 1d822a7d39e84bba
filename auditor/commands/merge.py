"""``lenaudit merge``: the SARIF logs of a tree's shards as one."""

from __future__ import annotations

from pathlib import Path

import click

from auditor.commands import CLEAN
from auditor.console import write
from auditor.options import examples, output_file

EXAMPLES = examples(
    "lenaudit scan . --shard 1/2 --sarif one.sarif",
    "lenaudit scan . --shard 2/2 --sarif two.sarif",
    "lenaudit merge one.sarif two.sarif -o lenaudit.sarif",
)


@click.command(epilog=EXAMPLES)
@click.argument("logs", nargs=-1, required=True, metavar="LOG...", type=click.Path(path_type=Path))
@output_file
def command(logs: tuple[Path, ...], output: Path | None) -> int:
    """Put the SARIF logs of a tree's shards together: one run, as a scan of the whole tree gives it."""
    from auditor.model import UsageError
    from auditor.report.merging import merged

    read = []
    for log in logs:
        try:
            read.append((log, log.read_bytes()))
        except OSError as error:
            raise UsageError(f"{log}: cannot be read: {error.strerror}") from error
    write(merged(read), output)
    return CLEAN
