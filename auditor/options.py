"""The arguments and options that several commands share, and the settings they make."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from auditor.report import FORMS

if TYPE_CHECKING:
    from auditor.effective import Effective
    from auditor.settings import Settings
    from auditor.settings_file import SettingsFile

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


def examples(*lines: str) -> str:
    """The end of a command's help: command lines that work, each on a line of its own."""
    return "\b\nExamples:\n" + "\n".join(f"  {line}" for line in lines)


def tree_options(command: Decorated) -> Decorated:
    """The options of every command that reads a tree; their values make ``settings_of``'s ``tree``."""
    options = (
        click.option("--platform", default="", metavar="NAME", help="Take every file as this platform's."),
        rules_folders,
        click.option("-D", "defines", multiple=True, metavar="NAME[=VALUE]", help="Define a macro."),
        click.option(
            "--compile-db",
            metavar="PATH",
            type=click.Path(path_type=Path),
            help="A compile_commands.json, or its folder; by default the one in the tree.",
        ),
        click.option("--exclude", multiple=True, metavar="GLOB", help="Leave out what matches."),
        click.option(
            "--config",
            metavar="FILE",
            type=click.Path(exists=True, dir_okay=False, path_type=Path),
            help="This settings file, not the one found upward from PATH.",
        ),
        click.option(
            "-j",
            "--jobs",
            type=click.IntRange(0),
            metavar="N",
            help="Worker processes, by default one per processor; 0: all in one process.",
        ),
        click.option(
            "--timeout",
            type=click.FloatRange(min=0, min_open=True),
            default=600.0,
            show_default=True,
            metavar="SECONDS",
            help="Give up on a file, or a driver, that takes longer.",
        ),
        click.option("--no-prune", is_flag=True, help="Lower also what no answer depends on."),
        click.option("--no-cache", is_flag=True, help="Remember nothing, and use nothing remembered."),
        click.option(
            "--cache-dir",
            metavar="DIR",
            type=click.Path(file_okay=False, path_type=Path),
            help="Remember here, not in the user's cache folder.",
        ),
        click.option("--no-config", is_flag=True, help="No settings file."),
        click.option("-q", "--quiet", is_flag=True, help="No progress and no remarks on stderr."),
        click.option("-v", "--verbose", is_flag=True, help="Every gap on stderr, and tracebacks."),
    )
    for option in reversed(options):
        command = option(command)
    return command


fail_on = click.option(
    "--fail-on",
    type=click.Choice([*SEVERITIES, "never"]),
    show_default="note",
    help="Exit 1 for findings of this level or above.",
)


def finding_options(command: Decorated) -> Decorated:
    """The options that say which findings count; their values make ``scan_settings``'s ``tree``."""
    options = (
        click.option(
            "--confidence",
            type=click.Choice(["high", "medium", "low"]),
            show_default="medium",
            help="Leave out findings that are less sure.",
        ),
        click.option("--select", multiple=True, metavar="RULE", help="Run only this rule (repeatable)."),
        click.option("--ignore", multiple=True, metavar="RULE", help="Do not run this rule (repeatable)."),
        click.option(
            "--baseline",
            metavar="FILE",
            type=click.Path(dir_okay=False, path_type=Path),
            help="Leave out what this file knows; `lenaudit baseline write` makes it.",
        ),
    )
    for option in reversed(options):
        command = option(command)
    return command


def file_outputs(command: Decorated) -> Decorated:
    """``-o``, and one option per form that is written to a file beside the main output."""
    path = click.Path(dir_okay=False, path_type=Path)
    for form in sorted(set(FORMS) - {"text", "github"}, reverse=True):
        command = click.option(
            f"--{form}", f"to_{form}", metavar="FILE", type=path, help=f"Write {form} to a file as well."
        )(command)
    return output_file(command)


def scan_settings(tree: dict[str, Any]) -> Settings:
    """The settings that hold for a command with ``finding_options``."""
    return holding(tree)[0].settings


def holding(tree: dict[str, Any]) -> tuple[Effective, SettingsFile]:
    """What holds for a command with ``finding_options``, and where it comes from."""
    from auditor.model import Confidence

    given = {name: tree[name] for name in ("select", "ignore", "baseline")}
    if tree["confidence"]:
        given["confidence"] = Confidence(tree["confidence"])
    return holding_settings(tree, **given, **{"fail-on": tree.get("fail_on")})


def settings_of(tree: dict[str, Any], **more: Any) -> Settings:
    """The settings that hold for a command's paths: its options and the settings file.

    ``more`` are fields of Settings that the command sets itself.
    """
    import msgspec

    holding, _ = holding_settings(tree)
    return msgspec.structs.replace(holding.settings, **more)


def holding_settings(tree: dict[str, Any], **given: Any) -> tuple[Effective, SettingsFile]:
    """What holds and where it comes from; ``given`` are further settings of the command line, by key.

    Raises ConfigError for a settings file that does not say what it must.
    """
    import msgspec

    from auditor.effective import effective
    from auditor.settings_file import SettingsFile, Written, settings_file

    none = SettingsFile(None, Written())
    file = none if tree["no_config"] else settings_file(tree["paths"], tree["config"])
    if tree["config"] is None:
        _refuse_code(file)
    given |= {name: tree[name] for name in ("rules", "platform", "exclude")} | {"define": tree["defines"]}
    given["compile-db"] = tree["compile_db"]
    found = effective(tree["paths"], given, file)
    run = {
        "jobs": _processors() if tree["jobs"] is None else tree["jobs"],
        "seconds": tree["timeout"],
        "prune": not tree["no_prune"],
        "cache": None if tree["no_cache"] else cache_folder(tree["cache_dir"]),
    }
    return msgspec.structs.replace(found, settings=msgspec.structs.replace(found.settings, **run)), file


def _refuse_code(file: SettingsFile) -> None:
    """A settings file that was found may be a stranger's: rules are code, and it must not choose any.

    Raises UsageError.
    """
    folders = [file.path.parent / name for name in file.written.rules or ()] if file.path else []
    code = next((rule for folder in folders for rule in sorted(folder.glob("*.py"))), None)
    if code is not None:
        from auditor.model import UsageError

        raise UsageError(
            f"{file.path} names rules of its own, which are code that would run: {code}",
            f"if you trust it, say so with --config {file.path}",
        )


def folder_settings(folder: Path) -> Settings:
    """The settings that hold in ``folder`` for a command line that says no more. Raises ConfigError."""
    command = click.Command("silent")
    tree_options(paths(command))
    silent = command.make_context("silent", ["--jobs=0", "--", str(folder)])
    return holding_settings(silent.params)[0].settings


def cache_folder(chosen: Path | None) -> Path | None:
    """Where to remember: ``chosen``, else the user's cache folder; None when the environment forbids it."""
    if chosen is not None:
        return chosen
    if os.environ.get("LENAUDIT_NO_CACHE"):
        return None
    import platformdirs

    return platformdirs.user_cache_path("lenaudit", appauthor=False)


def _processors() -> int:
    """The processors that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
