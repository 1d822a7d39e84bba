"""A finished scan in, text on stdout or in a file and remarks on stderr out.

Like ``auditor.cli`` it is imported at every start, and imports the heavy stages only inside functions.
"""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from auditor.pipeline import Scan


def rendered(result: Scan, form: str, color: bool) -> str:
    """The report as ``text``, ``sarif`` or ``json``."""
    if form == "sarif":
        from auditor.report import sarif

        return sarif.render(result.report, result.rules, result.sources)
    if form == "json":
        from auditor.report import plain_json

        return plain_json.render(result.report)
    from auditor.report import text
    from auditor.report.terminal import width

    return text.render(result.report, result.sources, width(), color)


def write(content: str, output: Path | None) -> None:
    """To the file, or to stdout, where nothing else is ever written. Raises UsageError."""
    if output is None:
        _print(content)
        return
    try:
        output.write_text(content, encoding="utf-8")
    except OSError as error:
        from auditor.model import UsageError

        raise UsageError(f"{output}: cannot be written: {error.strerror}") from error


def remark(result: Scan, quiet: bool, verbose: bool) -> None:
    """Name on stderr what was analysed only in part, or every gap (``verbose``), or nothing (``quiet``)."""
    if quiet:
        return
    from auditor.report.wording import gap_line

    for gap in result.report.gaps:
        if verbose or gap.level == "error":
            click.echo(f"lenaudit: {gap_line(gap)}", err=True)
    for part in result.report.coverage:
        if part.understood < part.in_text:
            share = f"{part.understood} of {part.in_text} comparisons understood"
            click.echo(f"lenaudit: {part.file}: partly analysed: {share}", err=True)


def progress_line(quiet: bool) -> Callable[[str], None] | None:
    """A line on stderr that overwrites itself, for each file; None when quiet, or when nobody watches."""
    if quiet or not sys.stderr.isatty():
        return None
    from auditor.report.terminal import width

    room = width() - 1

    def show(file: str) -> None:
        click.echo(f"\r{file[:room]:<{room}}\r", nl=False, err=True)

    return show


def _print(content: str) -> None:
    if isinstance(sys.stdout, io.TextIOWrapper):  # scanned code may hold what the terminal cannot show
        sys.stdout.reconfigure(errors="replace")
    try:
        click.echo(content, nl=False, color=True)  # whether to colour was decided before
    except BrokenPipeError:  # the reader has seen enough; the exit code still tells the result
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
