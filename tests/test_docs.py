"""The documents do what they say: every command line is run, in order, and prints what stands below it.

A page runs in a folder of its own: a git checkout with the sample driver in ``src/`` and a driver of each
platform. ``$`` starts a command, ``# exits with N`` names its exit code (0 otherwise), ``...`` stands for any
text. A block after ``<!-- file: NAME -->`` is that file's content. Of a synopsis the capitals are filled in.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from auditor.cli import run
from auditor.knowledge import sample_folder
from tests.capture import exchange

ROOT = Path(__file__).resolve().parents[1]
PAGES = sorted(path.name for path in (ROOT / "docs").glob("*.md"))
FENCE = re.compile(r"(?:<!-- file: (?P<file>\S+) -->\n)?```(?P<kind>\w*)\n(?P<text>.*?)^```$", re.M | re.S)
GENERATED = re.compile(r"<!-- (\w+): begin \(written by tests/.*?<!-- \1: end -->", re.S)
EXITS = re.compile(r"  # exits with (\d)$")
SYNOPSIS = re.compile(r"^    lenaudit (\w+(?: .*?)?)(?:  .*)?$", re.M)
NOT_RUN = {
    "pip install lenaudit": "needs a registry that has it",
    "pip install 'lenaudit[editor]'": "the same",
}
PLATFORMS = {
    "windows": "ndis/largest_header_for_all.c",
    "linux": "linux/bare_34.c",
    "freebsd": "freebsd/transmit_min34.c",
    "dpdk": "dpdk/tx_burst_min34.c",
    "embedded": "embedded/zephyr_send_min34.c",
    "qemu": "qemu/receive_min34.c",
}
MEANT = {
    "PATH...": "src", "PATH": "src", "FILE:LINE": "src/send.c:15", "FILE": "written", "OLD": "HEAD",
    "NEW": "src", "SENT": "client.pcap", "RECEIVED": "server.pcap", "LOG...": "one.sarif",
    "FUNCTION": "LarchSendNetBufferLists", "ID": "l3-minimum-on-l2-path",
}  # fmt: skip


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """The page's folder, in which everything runs; ``lenaudit`` is a command there."""
    made, tools = tmp_path / "checkout", tmp_path / "bin"
    shutil.copytree(sample_folder(), made / "src")
    exchange.story(made)
    tools.mkdir()
    (tools / "lenaudit").write_text(f'#!/bin/sh\nexec "{sys.executable}" -m auditor "$@"\n', encoding="utf-8")
    (tools / "lenaudit").chmod(0o755)
    monkeypatch.setenv("PATH", f"{tools}:{Path(sys.executable).parent}:{os.environ['PATH']}")
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("COLUMNS", "80")
    for name in ("NO_COLOR", "FORCE_COLOR", "GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"):
        monkeypatch.delenv(name, raising=False)
    for name in ("AUTHOR_NAME", "AUTHOR_EMAIL", "COMMITTER_NAME", "COMMITTER_EMAIL"):
        monkeypatch.setenv(f"GIT_{name}", "somebody")
    monkeypatch.setattr("auditor.options._processors", lambda: 0)  # here starting workers takes longest
    monkeypatch.chdir(made)
    subprocess.run("git init -q && git add src && git commit -qm driver", shell=True, check=True)
    return made


@pytest.fixture
def shell(folder, capsys):
    """Runs one command line; gives exit code and output, stderr after stdout. Plain ones run in here."""

    def of(command):
        if command.startswith("lenaudit ") and not re.search(r"[|<>;&$`]", command):
            return run(shlex.split(command, comments=True)[1:]), "".join(capsys.readouterr())
        done = subprocess.run(
            ["bash", "-c", command], check=False, timeout=60, capture_output=True, text=True
        )
        return done.returncode, done.stdout + done.stderr

    return of


def text_of(page):
    return (ROOT / page).read_text(encoding="utf-8")


def steps(text):
    """The page's files and commands in order: (file name or "", content or command, exit code, output)."""
    for block in FENCE.finditer(text):
        if block["file"]:
            yield block["file"], block["text"], 0, ""
        elif block["kind"] == "console":
            for part in re.split(r"^\$ ", block["text"], flags=re.M)[1:]:
                command, _, output = part.partition("\n")
                exits = EXITS.search(command)
                yield "", EXITS.sub("", command), int(exits[1]) if exits else 0, output


def pattern(output):
    """Any lines where a line is ``...``, any text of a line elsewhere."""
    lines = (
        "(?:.*\n)*" if line == "..." else ".*".join(map(re.escape, line.split("..."))) + "\n"
        for line in output.splitlines()
    )
    return "".join(lines)


@pytest.mark.parametrize("page", PAGES)
def test_every_command_line_does_what_stands_below_it(page, folder, shell):
    if page == "quick-start.md":
        for name, file in PLATFORMS.items():
            (folder / name).mkdir()
            shutil.copy(ROOT / "fixtures" / file, folder / name)
    for file, content, code, output in steps(text_of(f"docs/{page}")):
        if file:
            (folder / file).parent.mkdir(parents=True, exist_ok=True)
            (folder / file).write_text(content, encoding="utf-8")
        elif content not in NOT_RUN:
            got, said = shell(content)
            assert got == code, f"$ {content}\n{said}"
            assert re.fullmatch(pattern(output), said), f"$ {content}\n{said}"


def synopses():
    for page in ("README.md", *(f"docs/{page}" for page in PAGES)):
        yield from sorted({match[1].rstrip() for match in SYNOPSIS.finditer(text_of(page))})


@pytest.mark.parametrize("line", list(synopses()))
def test_every_synopsis_runs(line, folder, shell, monkeypatch):
    """With and without its optional parts; findings are no failure."""
    monkeypatch.setattr("sys.stdin", (folder / "src/send.c").open())
    if line.startswith("merge"):
        shell("lenaudit scan src -q --sarif one.sarif")
    for words in (re.sub(r" ?\[[^]]*\]", "", line), re.sub(r"[\[\]]", "", line)):
        chosen = re.sub(r"\|--[\w-]+", "", words)
        filled = " ".join(MEANT.get(word, word) for word in chosen.split())
        if filled != "lsp":  # a server, which has tests of its own
            code, said = shell(f"lenaudit {filled}")
            assert code in {0, 1}, f"$ lenaudit {filled}\n{said}"


def test_what_is_not_run_stands_somewhere():
    everything = "".join(text_of(f"docs/{page}") for page in PAGES)
    assert [command for command in NOT_RUN if f"$ {command}\n" not in everything] == []


@pytest.mark.parametrize("page", PAGES)
def test_no_command_line_escapes(page):
    """One in another block would not be run; what a test of its own writes is run there."""
    text = GENERATED.sub("", text_of(f"docs/{page}"))
    rest = FENCE.sub(lambda block: "" if block["kind"] == "console" else block[0], text)
    assert not re.findall(r"^\$ .*$", rest, re.M)


def test_the_site_is_built_without_a_warning(tmp_path):
    command = [sys.executable, "-m", "sphinx", "-W", "-q", "--keep-going", "-d", tmp_path / "trees"]
    done = subprocess.run(
        [*command, ROOT / "docs", tmp_path / "site"], check=False, capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 0, done.stderr
    pages = list((tmp_path / "site").rglob("*.html"))
    assert len(pages) > len(PAGES)
    loaded = re.compile(r'(?:src|<link[^>]*href)="(https?:|//)')
    assert [page.name for page in pages if loaded.search(page.read_text(encoding="utf-8"))] == []
