"""Arguments in, an exit code out; everything else is somebody else's work.

Every import of ours but the version stands inside a command: libclang, networkx, sarif-om and rich take up to
half a second together, and ``lenaudit --version`` or a wrong option needs none of them.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from auditor import __version__
from auditor.console import progress_line, remark, rendered, write

if TYPE_CHECKING:
    from auditor.model import LenauditError, LengthPolicy
    from auditor.pipeline import Scan
    from auditor.settings import Settings

CLEAN, FOUND, WRONG_USAGE, FAILED, INTERRUPTED = 0, 1, 2, 3, 130
SEVERITIES = ("note", "warning", "error")

Command = Callable[..., Any]


def main() -> None:
    """The command ``lenaudit``: runs with the process's arguments and exits."""
    sys.exit(run(sys.argv[1:]))


def run(arguments: Sequence[str]) -> int:
    """Run one command line. Returns the exit code; every error becomes a message on stderr here."""
    verbose = any(word in {"-v", "--verbose"} for word in arguments)
    try:
        return int(commands.main(list(arguments), prog_name="lenaudit", standalone_mode=False) or CLEAN)
    except click.ClickException as error:
        error.show()
        return WRONG_USAGE
    except click.Abort:
        return INTERRUPTED
    except Exception as error:
        return _failed(error, verbose)


def _failed(error: Exception, verbose: bool) -> int:
    """Say what went wrong in a line, and with ``--verbose`` where."""
    from auditor.model import LenauditError

    if verbose:
        import traceback

        traceback.print_exception(error)
    if isinstance(error, LenauditError):
        _say_error(error)
        return error.exit_code
    notes = "".join(f" ({note})" for note in getattr(error, "__notes__", ()))
    click.echo(f"lenaudit: internal error: {type(error).__name__}: {error}{notes}", err=True)
    if not verbose:
        click.echo("lenaudit: run again with -v for the traceback", err=True)
    return FAILED


def _say_error(error: LenauditError) -> None:
    click.echo(f"lenaudit: {error.message}", err=True)
    if error.hint:
        click.echo(f"lenaudit: {error.hint}", err=True)


def _tree_options(command: Command) -> Command:
    """The options of every command that reads a tree."""
    options = (
        click.option("--platform", default="", metavar="NAME", help="Take every file as this platform's."),
        click.option(
            "--rules", "rules", multiple=True, metavar="DIR", help="Another folder of rules and platforms.",
            type=click.Path(exists=True, file_okay=False, path_type=Path),
        ),
        click.option("-D", "defines", multiple=True, metavar="NAME[=VALUE]", help="Define a macro."),
        click.option("--exclude", multiple=True, metavar="GLOB", help="Leave out what matches."),
        click.option("-q", "--quiet", is_flag=True, help="No progress and no remarks on stderr."),
        click.option("-v", "--verbose", is_flag=True, help="Every gap on stderr, and tracebacks."),
    )  # fmt: skip
    for option in reversed(options):
        command = option(command)
    return command


def _paths(command: Command) -> Command:
    return click.argument(
        "paths", nargs=-1, required=True, metavar="PATH...", type=click.Path(path_type=Path)
    )(command)


def _output(command: Command) -> Command:
    return click.option(
        "-o",
        "--output",
        metavar="FILE",
        type=click.Path(dir_okay=False, path_type=Path),
        help="Write to a file.",
    )(command)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, message="lenaudit %(version)s")
def commands() -> None:
    """Find the legal network frames that a driver drops because of a length check.

    Exit codes: 0 nothing found at or above --fail-on; 1 findings; 2 wrong usage or configuration;
    3 nothing could be analysed, or an internal error.
    """


@commands.command()
@_paths
@click.option(
    "-f", "--format", "form", type=click.Choice(["text", "sarif", "json"]), default="text", show_default=True
)
@_output
@click.option(
    "--fail-on",
    type=click.Choice([*SEVERITIES, "never"]),
    default="note",
    show_default=True,
    help="Exit 1 for findings of this level or above.",
)
@click.option(
    "--confidence",
    type=click.Choice(["high", "medium", "low"]),
    default="medium",
    show_default=True,
    help="Leave out findings that are less sure.",
)
@click.option("--select", multiple=True, metavar="RULE", help="Run only this rule; may be repeated.")
@click.option("--ignore", multiple=True, metavar="RULE", help="Do not run this rule; may be repeated.")
@_tree_options
def scan(
    form: str, output: Path | None, fail_on: str, confidence: str, select: tuple[str, ...],
    ignore: tuple[str, ...], **tree: Any,
) -> int:  # fmt: skip
    """Scan source files and folders for length checks that drop legal frames."""
    from auditor.model import Confidence
    from auditor.pipeline import scan as run_scan
    from auditor.report.terminal import wants_color

    settings = _settings(tree, select=select, ignore=ignore, min_confidence=Confidence(confidence))
    result = run_scan(settings, progress_line(tree["quiet"]))
    write(rendered(result, form, wants_color(output)), output)
    remark(result.report, tree["quiet"], tree["verbose"])
    return _verdict(result, fail_on)


@commands.command()
@_paths
@click.option("--entry", default="", metavar="FUNCTION", help="Only the policies of this entry point.")
@_output
@_tree_options
def policy(entry: str, output: Path | None, **tree: Any) -> int:
    """Draw the length map of every entry point: frame class x length -> what becomes of it."""
    from auditor.model import UsageError
    from auditor.pipeline import read_policies, reading
    from auditor.report.terminal import has_blocks, wants_color, width
    from auditor.report.text import render_policies

    read, analysis = read_policies(_settings(tree), progress_line(tree["quiet"]))
    policies: Sequence[LengthPolicy] = [p for p in analysis.policies if entry in {"", p.entry}]
    if entry and not policies:
        known = ", ".join(sorted({p.entry for p in analysis.policies})) or "none"
        raise UsageError(f"there is no entry point {entry!r}", f"entry points: {known}")
    if not policies and not tree["quiet"]:
        click.echo("lenaudit: no entry point was found", err=True)
    write(render_policies(policies, width(), wants_color(output), has_blocks(output)), output)
    remark(reading(read.program, analysis), tree["quiet"], tree["verbose"])
    return CLEAN


@commands.command()
@click.argument("number", metavar="N", type=int)
@_paths
@_tree_options
def where(number: int, **tree: Any) -> int:
    """List every check whose threshold is N bytes, with where N comes from and whether it decides a drop."""
    from auditor.constants import where as sites_at
    from auditor.pipeline import read_policies, reading
    from auditor.report.sites import render
    from auditor.report.terminal import width

    read, analysis = read_policies(_settings(tree), progress_line(tree["quiet"]))
    sites = sites_at(read.program, read.constants, number)
    write(render(number, sites, analysis, read.program, width()), None)
    remark(reading(read.program, analysis), tree["quiet"], tree["verbose"])
    return CLEAN


@commands.command()
@_paths
@click.option(
    "-f",
    "--format",
    "form",
    type=click.Choice(["text", "dot", "graphml", "json"]),
    default="text",
    show_default=True,
)
@_output
@_tree_options
def constants(form: str, output: Path | None, **tree: Any) -> int:
    """Export the constant graph: macros, enums, consts and sizes, and what they are computed from."""
    from auditor import constants as stage
    from auditor.pipeline import read_tree, reading

    read = read_tree(_settings(tree), progress_line(tree["quiet"]))
    if form == "text":
        write(stage.to_text(read.constants.definitions()), output)
    else:
        graph = read.constants.digraph(stage.comparisons(read.program, read.constants))
        export = {"dot": stage.to_dot, "graphml": stage.to_graphml, "json": stage.to_json}[form]
        write(export(graph), output)
    remark(reading(read.program), tree["quiet"], tree["verbose"])
    return CLEAN


@commands.command()
@click.argument("rule", required=False, default="", metavar="[ID]")
@click.option(
    "--rules",
    "folders",
    multiple=True,
    metavar="DIR",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
)
def rules(rule: str, folders: tuple[Path, ...]) -> int:
    """List the rules, or explain one."""
    from auditor.knowledge import rules_folder
    from auditor.report.explain import explain, overview
    from auditor.rules import choose, load_rules

    loaded = load_rules((rules_folder(), *folders))
    docs = tuple(one.doc for one in choose(loaded, (rule,) if rule else tuple(one.id for one in loaded), ()))
    write(explain(docs[0]) if rule else overview(docs), None)
    return CLEAN


@commands.command()
def demo() -> int:
    """Scan the sample driver that comes with lenaudit: the finding, then the length map. Always exits 0."""
    from auditor.knowledge import sample_folder
    from auditor.pipeline import scan as run_scan
    from auditor.report.terminal import has_blocks, wants_color, width
    from auditor.report.text import render_policies
    from auditor.settings import Settings

    result = run_scan(Settings(paths=(sample_folder(),)))
    color = wants_color(None)
    report = rendered(result, "text", color)
    maps = render_policies(result.report.policies, width(), color, has_blocks(None))
    write(f"{report}\nThe length maps of the sample driver:\n\n{maps}", None)
    return CLEAN


def _settings(tree: dict[str, Any], **more: Any) -> Settings:
    from auditor.settings import Settings

    return Settings(
        paths=tree["paths"],
        rules_folders=tree["rules"],
        platform=tree["platform"],
        defines=tree["defines"],
        exclude=tree["exclude"],
        **more,
    )


def _verdict(result: Scan, fail_on: str) -> int:
    from auditor.report.wording import LEVELS, level_of, shown

    if fail_on == "never":
        return CLEAN
    loud = LEVELS[SEVERITIES.index(fail_on) :]
    return FOUND if any(level_of(finding) in loud for finding in shown(result.report.findings)) else CLEAN
