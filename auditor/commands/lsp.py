"""``lenaudit lsp``: a language server for editors."""

from __future__ import annotations

import click

from auditor.commands import CLEAN
from auditor.options import examples, folder_settings

WIDTH = 80  # of a hover


@click.command(epilog=examples("pip install 'lenaudit[editor]'", "lenaudit lsp"))
def command() -> int:
    """Serve an editor on stdin and stdout: diagnostics on save, explanations on hover, fixes as actions."""
    from functools import partial

    from auditor.commands.explain import explanation
    from auditor.model import UsageError

    try:
        from auditor.editor.server import server
    except ImportError as error:
        hint = "pip install 'lenaudit[editor]' installs it"
        raise UsageError(f"the language server needs {error.name}", hint) from error
    server(partial(explanation, width=WIDTH), folder_settings).start_io()
    return CLEAN
