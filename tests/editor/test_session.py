"""A whole session of ``lenaudit lsp`` with pygls' client over stdio: open, hover, fix, save, break, mend."""

from __future__ import annotations

import asyncio
import os
import sys
from pathlib import Path

import pytest
from lsprotocol import types as lsp
from pygls import uris
from pygls.lsp.client import LanguageClient

from auditor.knowledge import sample_folder

ROOT = Path(__file__).resolve().parents[2]
RULE = "l3-minimum-on-l2-path"


class Editor:
    """An editor with one folder open; ``told`` has the diagnostics of every file it was told of, by name."""

    def __init__(self, folder):
        self.folder = folder
        self.client = LanguageClient("test", "1")
        self.told, self.messages = {}, []
        self.news = asyncio.Event()
        self.client.feature(lsp.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)(lambda params: self._published(params))
        self.client.feature(lsp.WINDOW_SHOW_MESSAGE)(lambda params: self._shown(params))

    def _published(self, params):
        self.told[Path(uris.to_fs_path(params.uri)).name] = params.diagnostics
        self.news.set()

    def _shown(self, params):
        self.messages.append(params.message)
        self.news.set()

    def document(self, name):
        return lsp.TextDocumentIdentifier(uris.from_fs_path(str(self.folder / name)))

    async def start(self):
        os.environ["PYTHONPATH"] = str(ROOT)
        await self.client.start_io(sys.executable, "-m", "auditor", "lsp")
        folder = lsp.WorkspaceFolder(uris.from_fs_path(str(self.folder)), "driver")
        params = lsp.InitializeParams(lsp.ClientCapabilities(), workspace_folders=[folder])
        result = await self.client.initialize_async(params)
        self.client.initialized(lsp.InitializedParams())
        return result

    async def heard(self, doing):
        """Do something and wait until the server tells something."""
        self.news.clear()
        doing()
        await asyncio.wait_for(self.news.wait(), 60)

    def open(self, name):
        text = (self.folder / name).read_text(encoding="utf-8")
        item = lsp.TextDocumentItem(self.document(name).uri, "c", 1, text)
        self.client.text_document_did_open(lsp.DidOpenTextDocumentParams(item))

    def save(self, name, text=None):
        if text is not None:
            (self.folder / name).write_text(text, encoding="utf-8")
        self.client.text_document_did_save(lsp.DidSaveTextDocumentParams(self.document(name)))

    async def hover(self, name, line):
        where = lsp.Position(line - 1, 8)
        found = await self.client.text_document_hover_async(lsp.HoverParams(self.document(name), where))
        return found.contents.value if found else ""

    async def actions(self, name, line):
        span = lsp.Range(lsp.Position(line - 1, 0), lsp.Position(line - 1, 0))
        params = lsp.CodeActionParams(self.document(name), span, lsp.CodeActionContext([]))
        return await self.client.text_document_code_action_async(params) or []


def session(tmp_path, of):
    """Run a session: the sample in a folder of its own, its faulty line with characters beyond the BMP."""
    folder = (tmp_path / "driver").resolve()
    folder.mkdir()
    (folder / ".git").mkdir()
    for file in sample_folder().iterdir():
        (folder / file.name).write_bytes(file.read_bytes())
    faulty = (folder / "send.c").read_text(encoding="utf-8").replace("    if (bytes <", "/* 𝄞 */ if (bytes <")
    (folder / "send.c").write_text(faulty, encoding="utf-8")

    async def run():
        editor = Editor(folder)
        try:
            await of(editor, faulty)
        finally:
            await editor.client.shutdown_async(None)
            editor.client.exit(None)
            await asyncio.wait_for(editor.client.stop(), 20)

    asyncio.run(run())


def applied(text, edits):
    """``text`` with the edits of one file made, as an editor makes them: columns are UTF-16 units."""
    lines = text.splitlines(keepends=True)
    for edit in sorted(edits, key=lambda e: (e.range.start.line, e.range.start.character), reverse=True):
        assert edit.range.start.line == edit.range.end.line
        units = lines[edit.range.start.line].encode("utf-16-le")
        a, b = edit.range.start.character * 2, edit.range.end.character * 2
        lines[edit.range.start.line] = (
            units[:a].decode("utf-16-le") + edit.new_text + units[b:].decode("utf-16-le")
        )
    return "".join(lines)


def test_a_session(tmp_path):
    async def of(editor, faulty):
        found = await editor.start()
        assert found.capabilities.hover_provider
        await editor.heard(lambda: editor.open("send.c"))
        (diagnostic,) = editor.told["send.c"]
        assert (diagnostic.code, diagnostic.severity) == (RULE, lsp.DiagnosticSeverity.Error)
        line = diagnostic.range.start.line
        text = faulty.splitlines()[line].encode("utf-16-le")
        span = text[diagnostic.range.start.character * 2 : diagnostic.range.end.character * 2]
        assert span.decode("utf-16-le") == "bytes < ETHER_HEADER_BYTES + IP_HEADER_BYTES"
        related = [(Path(r.location.uri).name, r.message) for r in diagnostic.related_information]
        assert ("frame.h", "IP_HEADER_BYTES is defined here") in related

        assert f"FINDING {RULE}, high confidence" in await editor.hover("send.c", line + 1)
        assert await editor.hover("send.c", 1) == ""

        fix, suppress = await editor.actions("send.c", line + 1)
        assert await editor.actions("send.c", 1) == []
        (edits,) = fix.edit.changes.values()
        await editor.heard(lambda: editor.save("send.c", applied(faulty, edits)))
        assert not editor.told["send.c"]

        (edits,) = suppress.edit.changes.values()
        reason = applied(faulty, edits).replace("--  */", "-- known to its owner */")
        assert reason.count("known to its owner") == 1
        await editor.heard(lambda: editor.save("send.c", faulty))
        assert len(editor.told["send.c"]) == 1
        await editor.heard(lambda: editor.save("send.c", reason))
        assert not editor.told["send.c"]

    session(tmp_path, of)


def test_settings_that_say_nothing_are_shown(tmp_path):
    async def of(editor, faulty):
        (editor.folder / "lenaudit.toml").write_text("selct = []\n", encoding="utf-8")
        await editor.start()
        await editor.heard(lambda: editor.open("send.c"))
        assert "did you mean 'select'?" in editor.messages[0]
        mild = f"[severity]\n{RULE} = 'note'\n"
        (editor.folder / "lenaudit.toml").write_text(mild, encoding="utf-8")
        await editor.heard(lambda: editor.save("send.c"))
        assert [d.severity for d in editor.told["send.c"]] == [lsp.DiagnosticSeverity.Information]

    session(tmp_path, of)


@pytest.fixture(autouse=True)
def own_environment(monkeypatch):
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
