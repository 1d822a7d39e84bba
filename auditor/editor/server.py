"""Requests and notifications of an editor in, answers out; the work runs beside the reading of requests."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from lsprotocol import types as lsp
from pygls import uris
from pygls.exceptions import JsonRpcException, JsonRpcInternalError, PyglsError
from pygls.lsp.server import LanguageServer

from auditor import __version__
from auditor.editor.audits import Audit, Audits, Explain
from auditor.editor.translate import diagnostic, fixes, range_of
from auditor.model import LenauditError, UsageError
from auditor.settings import Settings

RELATIONS = ("<", ">", "==", "!=")


class Server(LanguageServer):
    """A language server that remembers its audits, and which files have diagnostics."""

    def __init__(self, explain: Explain, settings: Callable[[Path], Settings]) -> None:
        super().__init__("lenaudit", __version__)
        self.audits = Audits(explain, settings)
        self.told: dict[Path, set[Path]] = {}

    def root_of(self, file: Path) -> Path:
        """The workspace folder that holds ``file``, the innermost one; else its own folder."""
        folders = [Path(uris.to_fs_path(uri) or "").resolve() for uri in self.workspace.folders]
        if not folders and self.workspace.root_path:
            folders = [Path(self.workspace.root_path).resolve()]
        holding = [folder for folder in folders if file.is_relative_to(folder)]
        return max(holding, key=lambda folder: len(folder.parts), default=file.parent)

    def publish(self, root: Path, audit: Audit) -> None:
        """Send the findings of every file, and an empty list for files that have none any more."""
        now = {audit.place(finding.at.file) for finding in audit.findings}
        for file in sorted(now | self.told.get(root, set())):
            found = [diagnostic(finding, audit) for finding in audit.of(file)]
            uri = uris.from_fs_path(str(file)) or ""
            self.text_document_publish_diagnostics(lsp.PublishDiagnosticsParams(uri, found))
        self.told[root] = now

    def report_server_error(
        self, error: Exception, source: type[PyglsError] | type[JsonRpcException]
    ) -> None:
        """Tell the user, unless sending itself failed: an editor that has gone cannot be told that it has."""
        if source is not JsonRpcInternalError:
            super().report_server_error(error, source)

    def say(self, error: LenauditError) -> None:
        """Show an error of the user's: settings that do not hold, a folder without C."""
        message = f"lenaudit: {error.message}" + (f" ({error.hint})" if error.hint else "")
        self.window_show_message(lsp.ShowMessageParams(lsp.MessageType.Error, message))


def server(explain: Explain, settings: Callable[[Path], Settings]) -> Server:
    """A server ready to be started; ``explain`` answers hovers, ``settings`` are those of a folder."""
    made = Server(explain, settings)
    made.feature(lsp.TEXT_DOCUMENT_DID_OPEN)(made.thread()(_opened))
    made.feature(lsp.TEXT_DOCUMENT_DID_SAVE)(made.thread()(_saved))
    made.feature(lsp.TEXT_DOCUMENT_HOVER)(made.thread()(_hover))
    options = lsp.CodeActionOptions(code_action_kinds=[lsp.CodeActionKind.QuickFix])
    made.feature(lsp.TEXT_DOCUMENT_CODE_ACTION, options)(made.thread()(_actions))
    return made


def _opened(ls: Server, params: lsp.DidOpenTextDocumentParams) -> None:
    """The first file of a folder brings its audit; later ones are part of it."""
    if ls.audits.last(ls.root_of(_file(params.text_document.uri))) is None:
        _audit(ls, params.text_document.uri)


def _saved(ls: Server, params: lsp.DidSaveTextDocumentParams) -> None:
    _audit(ls, params.text_document.uri)


def _audit(ls: Server, uri: str) -> None:
    root = ls.root_of(_file(uri))
    try:
        ls.publish(root, ls.audits.again(root))
    except LenauditError as error:
        ls.say(error)


def _hover(ls: Server, params: lsp.HoverParams) -> lsp.Hover | None:
    """The explanation of the comparisons on the line; nothing where there is none."""
    file, number = _file(params.text_document.uri), params.position.line
    lines = ls.workspace.get_text_document(params.text_document.uri).lines
    if number >= len(lines) or not any(sign in lines[number] for sign in RELATIONS):
        return None
    try:
        said = ls.audits.explained(ls.root_of(file), file, number + 1)
    except UsageError:  # no comparison that was understood stands there
        return None
    except LenauditError as error:
        ls.say(error)
        return None
    fence = "~" * 8  # longer than any run of these in C
    return lsp.Hover(lsp.MarkupContent(lsp.MarkupKind.Markdown, f"{fence}text\n{said}{fence}\n"))


def _actions(ls: Server, params: lsp.CodeActionParams) -> list[lsp.CodeAction]:
    """The proved fixes of the findings that the range touches."""
    file = _file(params.text_document.uri)
    root = ls.root_of(file)
    audit = ls.audits.last(root)
    if audit is None:
        return []
    found = []
    for finding in audit.of(file):
        span = range_of(finding.at, audit.sources)
        if span.start.line <= params.range.end.line and params.range.start.line <= span.end.line:
            found += list(fixes(ls.audits.proved(root, finding), audit))
    return found


def _file(uri: str) -> Path:
    return Path(uris.to_fs_path(uri) or "").resolve()
