"""A finished scan in, text on stdout or in a file and remarks on stderr out.

Like ``auditor.cli`` it is imported at every start, and imports the heavy stages only inside functions.
"""

from __future__ import annotations

import importlib
import io
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from auditor.delivery import deliver

if TYPE_CHECKING:
    from auditor.model import Gap, Report
    from auditor.pipeline import Progress, Scan

MODULES = {"json": "plain_json"}  # the others' modules have the form's name

TO_MEND = frozenset({"suppression", "baseline"})  # mild, but said: only the user can mend it
MOST_OF_A_KIND = 5  # remarks of one kind that are shown without -v


def rendered(
    result: Scan, form: str, color: bool = False, *, category: str = "", show_suppressed: bool = False
) -> str:
    """The report in one of ``auditor.report.FORMS``.

    ``category`` is SARIF's; suppressed and known findings can be shown as text and in SARIF.
    """
    report = result.report
    match form:
        case "sarif":
            from auditor.report import sarif

            return sarif.render(report, result.rules, result.sources, category, show_suppressed)
        case "html":
            from auditor.report import html

            return html.render(report, result.rules, result.sources, hidden=show_suppressed)
        case "text":
            from auditor.report import text
            from auditor.report.terminal import width

            return text.render(report, result.sources, width(), color, show_suppressed)
        case _:
            module = importlib.import_module(f"auditor.report.{MODULES.get(form, form)}")
            return str(module.render(report))


def preloading(progress: Progress | None, forms: Iterable[str]) -> Progress:
    """``progress``; with the last file what follows is imported, while the last driver is being judged."""

    def told(file: str, done: int, total: int) -> None:
        if progress is not None:
            progress(file, done, total)
        if done == total:
            renderers = (f"report.{MODULES.get(form, form)}" for form in forms)
            for module in ("findings", "report.terminal", *renderers):
                importlib.import_module(f"auditor.{module}")

    return told


def write(content: str | bytes, output: Path | None) -> None:
    """To the file, all or nothing, or to stdout, where nothing else is ever written. Raises UsageError."""
    if output is None:
        _print(content)
        return
    try:
        deliver(content.encode("utf-8") if isinstance(content, str) else content, output)
    except OSError as error:
        from auditor.model import UsageError

        raise UsageError(f"{output}: cannot be written: {error.strerror}") from error


def append(content: str, file: Path) -> None:
    """To the end of the file, which others write too. Raises UsageError."""
    try:
        with file.open("a", encoding="utf-8") as open_file:
            open_file.write(content)
    except OSError as error:
        from auditor.model import UsageError

        raise UsageError(f"{file}: cannot be written: {error.strerror}") from error


def remark(report: Report, quiet: bool, verbose: bool) -> None:
    """Say on stderr what was not analysed, and name each file that was analysed only in part.

    ``verbose``: every gap; ``quiet``: nothing.
    """
    from auditor.model import visible

    if not quiet:
        for line in _every_gap(report) if verbose else _remarks(report):
            click.echo(f"lenaudit: {visible(line)}", err=True)


def _every_gap(report: Report) -> Iterator[str]:
    from auditor.report.wording import gap_line

    yield from (gap_line(gap) for gap in report.gaps)
    yield from _partly_analysed(report, {})


def _remarks(report: Report) -> Iterator[str]:
    """Files that were not analysed and files analysed in part, one line each; of other gaps a few."""
    from auditor.report.wording import gap_line, gap_what, plural

    others: dict[str, list[Gap]] = {}
    partly: dict[str, list[str]] = {}
    for gap in report.gaps:
        if gap.level == "error":
            yield gap_line(gap)
        elif gap.level == "warning" and gap.kind == "partial":
            partly.setdefault(gap.at.file, []).append(gap_what(gap))
        elif gap.level == "warning" or gap.kind in TO_MEND:
            others.setdefault(gap.kind, []).append(gap)
    yield from _partly_analysed(report, partly)
    for kind, gaps in others.items():
        yield from (gap_line(gap) for gap in gaps[:MOST_OF_A_KIND])
        if (more := len(gaps) - MOST_OF_A_KIND) > 0:
            yield f"{plural(more, 'more remark')} of this kind ({kind}), -v shows all"


def _partly_analysed(report: Report, reasons: dict[str, list[str]]) -> Iterator[str]:
    """``a.c: partly analysed: 4 of 5 comparisons understood; why`` for each file of which this is true."""
    from auditor.report.wording import plural

    shares = {c.file: c for c in report.coverage}
    short = {file for file, c in shares.items() if c.understood < c.in_text}
    for file in sorted(short | set(reasons)):
        share = shares.get(file)
        words = [f"{share.understood} of {plural(share.in_text, 'comparison')} understood"] if share else []
        why = reasons.get(file, [])
        rest = [f"{plural(len(why) - 1, 'more remark')}, see -v"] if len(why) > 1 else []
        yield f"{file}: partly analysed: {'; '.join([*words, *why[:1], *rest])}"


def status_line(quiet: bool) -> Callable[[str], None]:
    """Shows a text on stderr that the next one overwrites; nothing when quiet, or when nobody watches."""
    if quiet or not sys.stderr.isatty():
        return lambda text: None
    from auditor.report.terminal import width

    room = width() - 1
    return lambda text: click.echo(f"\r{text[:room]:<{room}}\r", nl=False, err=True)


def progress_line(quiet: bool) -> Progress | None:
    """A bar on stderr with files, rate and time left; None when quiet, or when nobody watches."""
    if quiet or not sys.stderr.isatty():
        return None
    from auditor.report.progress import Bar

    return Bar()


def _print(content: str | bytes) -> None:
    if isinstance(sys.stdout, io.TextIOWrapper):  # scanned code may hold what the terminal cannot show
        sys.stdout.reconfigure(errors="replace")
    try:
        click.echo(content, nl=False, color=True)  # whether to colour was decided before
    except BrokenPipeError:  # the reader has seen enough; the exit code still tells the result
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
