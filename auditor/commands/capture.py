"""``lenaudit capture``: from two captures to the lengths lost, and on to the check that loses them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from auditor.commands import CLEAN
from auditor.console import progress_line, remark, status_line, write
from auditor.options import examples, output_file, settings_of, tree_options

if TYPE_CHECKING:
    from auditor.model import Location, Suspect

a_file = click.Path(path_type=Path)


@click.command(
    epilog=examples(
        "lenaudit capture sent.pcap received.pcap",
        "lenaudit capture sent.pcap received.pcap src",
    )
)
@click.argument("sent", metavar="SENT", type=a_file)
@click.argument("received", metavar="RECEIVED", type=a_file)
@click.argument("paths", nargs=-1, metavar="[PATH]...", type=a_file)
@click.option(
    "-f", "--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True
)
@click.option(
    "--from",
    "senders",
    multiple=True,
    metavar="ADDRESS",
    help="Only frames that this MAC (or, without Ethernet headers, IP) address sent; may be repeated.",
)
@output_file
@tree_options
def command(
    sent: Path, received: Path, senders: tuple[str, ...], form: str, output: Path | None, **tree: Any
) -> int:
    """Compare two captures: which lengths are lost on the way, and which check in PATH loses them.

    SENT was taken where the frames were sent, RECEIVED where they should arrive; both pcap or pcapng.
    """
    from auditor.capture.observe import observe
    from auditor.knowledge import load_knowledge
    from auditor.model import UsageError
    from auditor.report.observed import to_json, to_text
    from auditor.report.terminal import width

    for path in (path for path in tree["paths"] if not path.exists()):  # before the long work, not after it
        raise UsageError(f"{path}: no such file or folder")
    settings = settings_of(tree)
    protocols = load_knowledge(settings.rules_folders).protocols
    observed = observe(sent, received, protocols, status_line(tree["quiet"]), senders)
    found: tuple[Suspect, ...] | None = None
    others: tuple[Location, ...] = ()
    if tree["paths"]:
        from auditor.capture.suspects import suspects, undecided
        from auditor.constants import comparisons
        from auditor.pipeline import read_policies, reading
        from auditor.rules.units import in_frame_bytes

        read, analysis = read_policies(settings, progress_line(tree["quiet"]))
        found = suspects(observed, map(in_frame_bytes, analysis.bounds), read.constants.provenance)
        others = undecided(observed, comparisons(read.program, read.constants), found)
        remark(reading(read.program, analysis), tree["quiet"], tree["verbose"])
    as_json = form == "json"
    write(to_json(observed, found, others) if as_json else to_text(observed, found, others, width()), output)
    return CLEAN
