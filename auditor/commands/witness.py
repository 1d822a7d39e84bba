"""``lenaudit witness``: the frames that prove a finding, as bytes, as a capture, and as a Scapy script."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from auditor.commands import CLEAN
from auditor.console import progress_line, remark, write
from auditor.options import examples, settings_of, tree_options

if TYPE_CHECKING:
    from auditor.model import Finding, Proof, Report

PLACE = re.compile(r"(.+?):(\d+)(?::\d+)?")
a_file = click.Path(dir_okay=False, path_type=Path)


@click.command(
    epilog=examples(
        "lenaudit witness src/send.c:15",
        "lenaudit witness send.c:15 src -o lost.pcap --scapy lost.py",
        "lenaudit witness src",
    )
)
@click.argument(
    "paths", nargs=-1, required=True, metavar="[FILE:LINE] PATH...", type=click.Path(path_type=Path)
)
@click.option("-o", "--output", metavar="FILE.pcap", type=a_file, help="Write the frames as a capture.")
@click.option("--scapy", metavar="FILE.py", type=a_file, help="Write a Scapy script that sends the frames.")
@click.option(
    "--confidence",
    type=click.Choice(["high", "medium", "low"]),
    default="medium",
    show_default=True,
    help="Leave out findings that are less sure; at FILE:LINE all count.",
)
@tree_options
def command(output: Path | None, scapy: Path | None, confidence: str, **tree: Any) -> int:
    """Show the real frames that the finding at FILE:LINE loses, or those of every finding in PATH.

    For each: the most telling and the smallest lost frame, and a frame on each side of the limit.
    The folder of FILE is scanned when PATH is left out; FILE may be the end of a scanned file's path.
    """
    from auditor.capture.proofs import proof
    from auditor.knowledge import load_knowledge
    from auditor.model import Confidence
    from auditor.pipeline import scan
    from auditor.report.proofs import render
    from auditor.report.terminal import width

    place, paths = _split(tree["paths"])
    least = Confidence.LOW if place else Confidence(confidence)
    settings = settings_of(tree | {"paths": paths}, min_confidence=least)
    result = scan(settings, progress_line(tree["quiet"]))
    protocols = load_knowledge(settings.rules_folders).protocols
    proofs = [proof(finding, protocols) for finding in _meant(result.report, place)]
    write(render(proofs, width()) if proofs else "no finding, no frame to show\n", None)
    remark(result.report, tree["quiet"], tree["verbose"])
    _write_files(proofs, output, scapy)
    return CLEAN


def _split(words: tuple[Path, ...]) -> tuple[tuple[str, int] | None, tuple[Path, ...]]:
    """The place, if the first word is one and no path, and what to scan."""
    matched = PLACE.fullmatch(str(words[0]))
    if matched is None or words[0].exists():
        return None, words
    file, line = matched[1], int(matched[2])
    return (file, line), words[1:] or (Path(file).parent,)


def _meant(report: Report, place: tuple[str, int] | None) -> tuple[Finding, ...]:
    """The findings at the place, all that are shown without one. Raises UsageError when there is none."""
    from auditor.model import UsageError
    from auditor.report.wording import shown

    if place is None:
        return shown(report.findings)
    name, line = place
    here, wanted = Path(name).resolve(), "/" + name.replace("\\", "/").removeprefix("./")
    found = tuple(
        one
        for one in report.findings
        if one.at.line == line
        and (Path(report.base, one.at.file) == here or f"/{one.at.file}".endswith(wanted))
    )
    if not found:
        known = ", ".join(f"{one.at.file}:{one.at.line}" for one in report.findings) or "none"
        raise UsageError(f"there is no finding at {name}:{line}", f"findings: {known}")
    return found


def _write_files(proofs: list[Proof], output: Path | None, scapy: Path | None) -> None:
    """The capture and the script, as far as they are asked for; nothing where there is no frame."""
    from auditor.capture.pcap import capture_of
    from auditor.capture.script import script
    from auditor.model import UsageError

    frames = [probe.witness.data for one in proofs for probe in one.probes]
    for path in (path for path in (output, scapy) if path is not None and not frames):
        raise UsageError(f"{path}: not written, there is no frame to put into it")
    if output is not None:
        write(capture_of(frames), output)
    if scapy is not None:
        write(script(proofs), scapy)
