"""Arguments in, an exit code out; everything else is somebody else's work."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from auditor import __version__
from auditor import commands as folder
from auditor.commands import CLEAN, FAILED, INTERRUPTED, WRONG_USAGE

if TYPE_CHECKING:
    from auditor.model import LenauditError


class Commands(click.Group):
    """The commands are the modules of ``auditor/commands/``, each imported when it is named."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Their names, in order."""
        return sorted(module.name for module in pkgutil.iter_modules(folder.__path__))

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name, None when there is none."""
        if cmd_name not in self.list_commands(ctx):
            return None
        found: click.Command = importlib.import_module(f"{folder.__name__}.{cmd_name}").command
        return found


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
    from auditor.model import visible

    for text in filter(None, (error.message, error.hint)):
        click.echo("\n".join(f"lenaudit: {visible(line)}" for line in text.split("\n")), err=True)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, message="lenaudit %(version)s")
def commands() -> None:
    """Find the legal network frames that a driver drops because of a length check.

    Exit codes: 0 nothing found at or above --fail-on; 1 findings; 2 wrong usage or configuration;
    3 nothing could be analysed, or an internal error.
    """
