"""``lenaudit explain``: why one comparison is, or is not, a finding."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from auditor.commands import CLEAN
from auditor.console import progress_line, remark, write
from auditor.options import examples, settings_of, tree_options

if TYPE_CHECKING:
    from auditor.ir import Program
    from auditor.model import Finding
    from auditor.pipeline import Scan, Tree
    from auditor.policy import Analysis
    from auditor.report.inquiry import Answer


@click.command(epilog=examples("lenaudit explain src/send.c:15 src", "lenaudit explain send.c:15 ."))
@click.argument("place", metavar="FILE:LINE")
@click.argument("paths", nargs=-1, metavar="[PATH]...", type=click.Path(path_type=Path))
@tree_options
def command(place: str, **tree: Any) -> int:
    """Explain why the comparison at FILE:LINE is, or is not, a finding.

    PATH is what is scanned, FILE alone when it is left out. FILE may be the end of a scanned file's path.
    """
    from auditor.model import Confidence
    from auditor.pipeline import judged, read_policies
    from auditor.report.terminal import width

    name, line = _parsed(place)
    settings = settings_of(
        tree | {"paths": tree["paths"] or (Path(name),)}, min_confidence=Confidence.LOW, prune=False
    )
    read, analysis = read_policies(settings, progress_line(tree["quiet"]))
    result = judged(read, analysis, settings)
    write(explanation(name, line, read, analysis, result, width()), None)
    remark(result.report, tree["quiet"], tree["verbose"])
    return CLEAN


def explanation(name: str, line: int, read: Tree, analysis: Analysis, result: Scan, width: int) -> str:
    """What is known of the comparisons on a line. Raises UsageError when none stands there."""
    from auditor.model import UsageError
    from auditor.report.inquiry import lines_with_comparisons, render, render_other

    file = _file(name, read.program)
    answers = list(_answers(file, line, read, analysis, result.report.findings))
    told = {finding.at for answer in answers for finding in answer.findings}
    others = [
        f for f in result.report.findings if (f.at.file, f.at.line) == (file, line) and f.at not in told
    ]
    if not answers and not others:
        near = sorted(lines_with_comparisons(read.program, file), key=lambda n: abs(n - line))[:5]
        known = ", ".join(map(str, sorted(near))) or "none"
        raise UsageError(f"there is no comparison on {file}:{line}", f"comparisons near it: {known}")
    drawn = [render(a, analysis, read.program, read.knowledge.protocols, width) for a in answers]
    drawn += [render_other(finding, width) for finding in others]
    return "\n".join(drawn)


def _parsed(place: str) -> tuple[str, int]:
    """``src/a.c:12`` or, as a finding shows it, ``src/a.c:12:9``."""
    from auditor.model import UsageError

    parts = place.rsplit(":", 2)
    if len(parts) == 3 and parts[1].isdigit() and parts[2].isdigit():
        parts.pop()
    else:
        parts = place.rsplit(":", 1)
    if len(parts) != 2 or not parts[0] or not parts[1].isdigit():
        raise UsageError(f"{place}: is not of the form FILE:LINE", "for example src/send.c:15")
    return parts[0], int(parts[1])


def _file(name: str, program: Program) -> str:
    """The scanned file that is meant: by its path, else by the end of it. Raises UsageError."""
    from auditor.model import UsageError

    files = {function.file for function in program.all_functions()} | {m.file for m in program.modules}
    here = Path(name).resolve()
    own = [file for file in files if Path(program.base, file) == here]
    wanted = "/" + name.replace("\\", "/").removeprefix("./")
    found = own or sorted(file for file in files if f"/{file}".endswith(wanted))
    if len(found) == 1:
        return found[0]
    if not found:
        raise UsageError(f"{name}: is not among the scanned files that hold code")
    raise UsageError(f"{name}: several scanned files end like that", ", ".join(found))


def _answers(
    file: str, line: int, read: Tree, analysis: Analysis, findings: tuple[Finding, ...]
) -> Iterator[Answer]:
    """What is known of every comparison on the line."""
    from auditor.constants import comparisons
    from auditor.report.inquiry import Answer, sites_on
    from auditor.rules.doubts import missing, silent

    every = comparisons(read.program, read.constants, unused=True)
    for site in sites_on(read.program, every, file, line):
        here = tuple(f for f in findings if f.at == site.at)
        bounds = [bound for bound in analysis.bounds if bound.fork.at == site.at]
        lacking = dict.fromkeys(reason for bound in bounds for reason in missing(bound, site.term))
        yield Answer(site, here, tuple(silent(bounds, site.term)), tuple(lacking))
