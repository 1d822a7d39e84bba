"""``lenaudit fix``: a proved change for every finding, as a patch or written into the files."""

from __future__ import annotations

import codecs
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from auditor.commands import CLEAN, FOUND, INTERRUPTED
from auditor.console import progress_line, remark, write
from auditor.delivery import deliver
from auditor.options import (
    SEVERITIES,
    examples,
    fail_on,
    finding_options,
    output_file,
    paths,
    scan_settings,
    tree_options,
)

UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)

if TYPE_CHECKING:
    from auditor.model import Finding
    from auditor.repair import Patch


@click.command(
    epilog=examples(
        "lenaudit fix src",
        "lenaudit fix src --diff > fix.patch",
        "lenaudit fix src --write --select l3-minimum-on-l2-path",
    )
)
@paths
@click.option("--diff", "form", flag_value="diff", help="Print the patch alone, for git apply or patch -p1.")
@click.option("--write", "form", flag_value="write", help="Change the files; nothing is written without it.")
@fail_on
@finding_options
@output_file
@tree_options
def command(form: str | None, output: Path | None, **tree: Any) -> int:
    """Suggest the smallest change for each finding, proved by analysing the changed source again.

    A change is offered only when its finding goes, no other policy changes and no new finding appears. Exits
    1 when findings stay in the files.
    """
    import msgspec

    from auditor.findings import STRENGTH
    from auditor.model import Confidence
    from auditor.pipeline import scan
    from auditor.repair import patch_of, verified
    from auditor.report.wording import shown

    wanted = scan_settings(tree)
    # a change must not bring up a weak finding either
    settings = msgspec.structs.replace(wanted, min_confidence=Confidence.LOW)
    progress, sure = progress_line(tree["quiet"]), STRENGTH[wanted.min_confidence]
    found = scan(settings, progress)
    if found.stopped:
        return INTERRUPTED
    result = verified(found, settings, progress, wanted.min_confidence)
    findings = [f for f in shown(result.report.findings) if STRENGTH[f.confidence] >= sure]
    offered = [f for f in findings if f.fixes and f.fixes[0].verified]
    patch = patch_of(offered, result.sources)
    if form == "write":
        _write_files(patch, result.sources.root)
    if form == "diff":
        write(_diff(patch), output)
    _tell(findings, patch, form, output, tree["quiet"])
    remark(result.report, tree["quiet"], tree["verbose"])
    return _verdict([f for f in findings if form != "write" or f not in offered], wanted.fail_on)


def _verdict(left: Sequence[Finding], level: str) -> int:
    from auditor.report.wording import LEVELS, level_of

    loud = LEVELS[SEVERITIES.index(level) :] if level != "never" else ()
    return FOUND if any(level_of(finding) in loud for finding in left) else CLEAN


def _diff(patch: Patch) -> bytes:
    """The patch of every file that one can show; of the others it says so on stderr."""
    from auditor.repair import unified

    shown = {}
    for file, both in sorted(patch.items()):
        if both[0].startswith(UTF_16):
            click.echo(f"lenaudit: {file} is UTF-16, which no patch can show; use --write", err=True)
        else:
            shown[file] = both
    return b"".join(unified(file, *both) for file, both in shown.items())


def _tell(
    findings: Sequence[Finding], patch: Patch, form: str | None, output: Path | None, quiet: bool
) -> None:
    """Say what is offered and why: on stdout with maps and the patch, on stderr where that is the patch."""
    from auditor.model import decode
    from auditor.report.terminal import has_blocks, wants_color, width
    from auditor.report.text import render_fix

    is_patch = form == "diff"
    color, blocks = wants_color(output) and not is_patch, has_blocks(output)
    told = "".join(render_fix(f, width(), color, blocks, maps=not is_patch) for f in findings)
    if is_patch:
        click.echo(told, nl=False, err=True) if not quiet else None
        return
    written = (
        f"{len(patch)} {'file' if len(patch) == 1 else 'files'} changed\n"
        if form == "write"
        else decode(_diff(patch))
    )
    write(told + written if findings else "nothing to fix\n", output)


def _write_files(patch: Patch, root: Path) -> None:
    """Put the changed bytes in the files' places, all of them or none.

    Raises UsageError for a file that changed since it was read, and for one that cannot be written.
    """
    from auditor.model import UsageError

    for file, (before, _) in patch.items():
        if (root / file).read_bytes() != before:
            raise UsageError(f"{file}: was changed while it was analysed; nothing was written")
    done: dict[Path, bytes] = {}
    for file, (before, after) in patch.items():
        try:
            deliver(after, root / file)
        except OSError as error:
            for path, old in done.items():
                deliver(old, path)
            raise UsageError(f"{file}: cannot be written: {error.strerror}; nothing was") from error
        done[root / file] = before
