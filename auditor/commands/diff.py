"""``lenaudit diff``: how the length policies of two trees, or of two git revisions, differ."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from auditor.commands import CLEAN, FOUND
from auditor.console import progress_line, remark, write
from auditor.options import examples, output_file, settings_of, tree_options

if TYPE_CHECKING:
    from auditor.report.comparison import Side
    from auditor.settings import Settings


@click.command(
    epilog=examples(
        "lenaudit diff HEAD~1 HEAD",
        "lenaudit diff v1.0 v1.1 src -f markdown",
        "lenaudit diff old/src new/src --exit-code",
    )
)
@click.argument("old", metavar="OLD")
@click.argument("new", metavar="NEW")
@click.argument(
    "path", required=False, default=".", metavar="[PATH]", type=click.Path(exists=True, path_type=Path)
)
@click.option(
    "-f", "--format", "form", type=click.Choice(["text", "markdown"]), default="text", show_default=True
)
@click.option("--exit-code", is_flag=True, help="Exit 1 when a policy changed.")
@output_file
@tree_options
def command(
    old: str, new: str, path: Path, form: str, exit_code: bool, output: Path | None, **tree: Any
) -> int:
    """Show which entry points' length policies changed between OLD and NEW.

    Each is a folder, a file, or a git revision of the repository that PATH (the current folder when left
    out) lies in; of a revision what stands at PATH is read. Nothing is checked out and nothing is executed.
    """
    from auditor.report.comparison import compared, markdown, text
    from auditor.report.terminal import has_blocks, wants_color, width

    from_root = not any(Path(word).exists() for word in (old, new))
    with ExitStack() as stack:
        sides = [_side(word, path, stack, from_root, tree) for word in (old, new)]
    found = compared(*sides)
    if form == "markdown":
        write(markdown(found), output)
    else:
        write(text(found, width(), wants_color(output), has_blocks(output)), output)
    for side in sides:
        remark(side.report, tree["quiet"], tree["verbose"])
    return FOUND if exit_code and found.changes else CLEAN


def _side(word: str, path: Path, stack: ExitStack, from_root: bool, tree: dict[str, Any]) -> Side:
    """One side scanned; its files are named from the compared folder on, or from the repository's root."""
    from auditor.pipeline import scan
    from auditor.report.comparison import side

    settings = _settings(word, path, stack, tree)
    result = scan(settings, progress_line(tree["quiet"]))
    place = settings.paths[0]
    start = place if place.is_dir() else place.parent
    return side(word, Path(result.report.base) if from_root else start, result.report, result.sources)


def _settings(word: str, path: Path, stack: ExitStack, tree: dict[str, Any]) -> Settings:
    """Those that hold for a folder or a file; of a revision those that hold at PATH today."""
    from auditor.history import settings_at
    from auditor.model import UsageError

    is_place = Path(word).exists()
    today = settings_of(tree | {"paths": (Path(word) if is_place else path,)}, baseline=None)
    if is_place:
        return today
    then = stack.enter_context(settings_at(today, word))
    if then is None:
        raise UsageError(f"{word}: there is no C file at {path}")
    return then
