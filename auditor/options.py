"""The arguments and options that several commands share, and the settings they make."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from auditor.settings import Settings

SEVERITIES = ("note", "warning", "error")

Decorated = Callable[..., Any]

paths = click.argument("paths", nargs=-1, required=True, metavar="PATH...", type=click.Path(path_type=Path))

output_file = click.option(
    "-o",
    "--output",
    metavar="FILE",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write to a file.",
)

rules_folders = click.option(
    "--rules",
    "rules",
    multiple=True,
    metavar="DIR",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Another folder of rules and platforms.",
)


def tree_options(command: Decorated) -> Decorated:
    """The options of every command that reads a tree; their values make ``settings_of``'s ``tree``."""
    options = (
        click.option("--platform", default="", metavar="NAME", help="Take every file as this platform's."),
        rules_folders,
        click.option("-D", "defines", multiple=True, metavar="NAME[=VALUE]", help="Define a macro."),
        click.option("--exclude", multiple=True, metavar="GLOB", help="Leave out what matches."),
        click.option("-q", "--quiet", is_flag=True, help="No progress and no remarks on stderr."),
        click.option("-v", "--verbose", is_flag=True, help="Every gap on stderr, and tracebacks."),
    )
    for option in reversed(options):
        command = option(command)
    return command


def settings_of(tree: dict[str, Any], **more: Any) -> Settings:
    """The settings that a command's tree options stand for, with ``more`` of the command's own."""
    from auditor.settings import Settings

    return Settings(
        paths=tree["paths"],
        rules_folders=tree["rules"],
        platform=tree["platform"],
        defines=tree["defines"],
        exclude=tree["exclude"],
        **more,
    )
