"""``lenaudit scan``: findings in the forms asked for, and an exit code by severity."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from auditor.commands import CLEAN, FOUND, INTERRUPTED
from auditor.console import append, preloading, progress_line, remark, rendered, write
from auditor.options import (
    SEVERITIES,
    examples,
    fail_on,
    file_outputs,
    finding_options,
    paths,
    scan_settings,
    tree_options,
)
from auditor.report import FORMS

if TYPE_CHECKING:
    from auditor.pipeline import Progress, Scan
    from auditor.settings import Settings

MOST_SHARDS = 10_000

EXAMPLES = examples(
    "lenaudit scan .",
    "lenaudit scan src --sarif lenaudit.sarif --junit lenaudit.xml",
    "lenaudit scan . --baseline lenaudit-baseline.json --fail-on warning",
    "lenaudit scan . --changed-since origin/main",
    "lenaudit scan --context . src/send.c src/frame.h",
)


@click.command(epilog=EXAMPLES)
@paths
@click.option("-f", "--format", "form", type=click.Choice(FORMS), default="text", show_default=True)
@file_outputs
@fail_on
@finding_options
@click.option(
    "--context",
    "context",
    multiple=True,
    metavar="DIR",
    type=click.Path(path_type=Path),
    help="Read this tree, but report only what concerns PATH.",
)
@click.option("--changed-since", "since", default="", metavar="REV", help="Only what was not there at REV.")
@click.option("--dask", default="", metavar="ADDRESS", help="A Dask cluster does the work (extra: dask).")
@click.option("--shard", metavar="K/N", default="1/1", help="Part K of N of the tree; see `lenaudit merge`.")
@click.option("--show-suppressed", is_flag=True, help="Show suppressed and known findings too.")
@click.option("--statistics", is_flag=True, help="Count findings by rule at the end.")
@click.option(
    "--verify-fixes/--no-verify-fixes",
    "verify",
    default=None,
    help="Prove each fix by a second analysis; takes up to twice as long.  [default: for --html]",
)
@click.option("--category", default="", metavar="NAME", help="SARIF's category, where one tree has several.")
@tree_options
def command(
    form: str, output: Path | None, since: str, context: tuple[Path, ...], show_suppressed: bool,
    statistics: bool, verify: bool | None, category: str, shard: str, dask: str, **tree: Any,
) -> int:  # fmt: skip
    """Scan source files and folders for length checks that drop legal frames."""
    import msgspec

    from auditor.pipeline import scan as run_scan

    settings = _narrow(scan_settings(tree | {"paths": context or tree["paths"]}), since, shard)
    settings = msgspec.structs.replace(settings, dask=dask)
    settings = _about(settings, tree["paths"]) if context else settings
    files = {name: tree[f"to_{name}"] for name in FORMS if tree.get(f"to_{name}")}
    progress = progress_line(tree["quiet"])
    result = run_scan(settings, preloading(progress, {form, *files}))
    if verify or (verify is None and "html" in {form, *files}):
        result = _verified(result, settings, progress)
    for name, file in files.items():
        write(rendered(result, name, category=category, show_suppressed=show_suppressed), file)
    from auditor.report.terminal import wants_color

    color = wants_color(output)
    write(rendered(result, form, color, category=category, show_suppressed=show_suppressed), output)
    _tell_more(result, form, output, statistics)
    remark(result.report, tree["quiet"], tree["verbose"])
    return INTERRUPTED if result.stopped else _verdict(result, settings.fail_on)


def _verified(result: Scan, settings: Settings, progress: Progress | None) -> Scan:
    """The same with every fix tried; a scan that was ended early is left as it is."""
    from auditor.repair import verified

    return result if result.stopped else verified(result, settings, progress)


def _about(settings: Settings, paths: tuple[Path, ...]) -> Settings:
    """Settings that report only what concerns ``paths``. Raises UsageError for one that does not exist."""
    import msgspec

    from auditor.model import UsageError

    for path in paths:
        if not path.exists():
            raise UsageError(f"{path}: no such file or folder")
    return msgspec.structs.replace(settings, only=paths)


def _narrow(settings: Settings, since: str, shard: str) -> Settings:
    import msgspec

    return msgspec.structs.replace(settings, since=since, shard=_shard(shard))


def _shard(written: str) -> tuple[int, int]:
    from auditor.model import UsageError

    number, slash, count = written.partition("/")
    if slash and number.isdecimal() and count.isdecimal() and 0 < int(number) <= int(count) < MOST_SHARDS:
        return int(number), int(count)
    raise UsageError(f"--shard {written}: expected K/N, with K from 1 to N")


def _tell_more(result: Scan, form: str, output: Path | None, statistics: bool) -> None:
    """Statistics below the text, beside other forms on stderr; GitHub's job summary where there is one."""
    if statistics:
        from auditor.report.statistics import render

        if form == "text" and output is None:
            write(render(result.report), None)
        else:
            click.echo(render(result.report), nl=False, err=True)
    if form == "github" and (summary := os.environ.get("GITHUB_STEP_SUMMARY")):
        append(rendered(result, "markdown"), Path(summary))


def _verdict(result: Scan, level: str) -> int:
    from auditor.report.wording import LEVELS, level_of, shown

    if level == "never":
        return CLEAN
    loud = LEVELS[SEVERITIES.index(level) :]
    return FOUND if any(level_of(finding) in loud for finding in shown(result.report.findings)) else CLEAN
