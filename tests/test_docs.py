"""The documents do what they say: every command line is run, in order, and prints what stands below it.

A page runs in a folder of its own: a git checkout with the sample driver in ``src/`` and a driver of each
platform. ``$`` starts a command, ``# exits with N`` names its exit code (0 otherwise), ``...`` stands for any
text. A block after ``<!-- file: NAME -->`` is that file's content.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from auditor.knowledge import sample_folder

ROOT = Path(__file__).resolve().parents[1]
PAGES = sorted(path.name for path in (ROOT / "docs").glob("*.md"))
FENCE = re.compile(r"(?:<!-- file: (?P<file>\S+) -->\n)?```(?P<kind>\w*)\n(?P<text>.*?)^```$", re.M | re.S)
EXITS = re.compile(r"  # exits with (\d)$")
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


@pytest.fixture
def shell(tmp_path):
    """Runs one command line in the page's folder; gives exit code and output, stderr with it."""
    folder, tools = tmp_path / "checkout", tmp_path / "bin"
    shutil.copytree(sample_folder(), folder / "src")
    tools.mkdir()
    (tools / "lenaudit").write_text(f'#!/bin/sh\nexec "{sys.executable}" -m auditor "$@"\n')
    (tools / "lenaudit").chmod(0o755)
    path = os.pathsep.join([str(tools), str(Path(sys.executable).parent), os.environ["PATH"]])
    who = {
        f"GIT_{who}_{what}": "x@example.com" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")
    }
    environment = {"PATH": path, "PYTHONPATH": str(ROOT), "HOME": str(tmp_path), "LANG": "C.UTF-8"} | who

    def run(command):
        done = subprocess.run(
            ["bash", "-c", command], cwd=folder, env=environment, check=False, timeout=120,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        )  # fmt: skip
        return done.returncode, done.stdout

    run.folder = folder
    assert run("git init -q && git add -A && git commit -qm driver") == (0, "")
    return run


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
def test_every_command_line_does_what_stands_below_it(page, shell):
    text = (ROOT / "docs" / page).read_text(encoding="utf-8")
    if page == "quick-start.md":
        for name, file in PLATFORMS.items():
            (shell.folder / name).mkdir()
            shutil.copy(ROOT / "fixtures" / file, shell.folder / name)
    for file, content, code, output in steps(text):
        if file:
            (shell.folder / file).parent.mkdir(parents=True, exist_ok=True)
            (shell.folder / file).write_text(content, encoding="utf-8")
        elif content not in NOT_RUN:
            got, said = shell(content)
            assert got == code, f"$ {content}\n{said}"
            assert re.fullmatch(pattern(output), said), f"$ {content}\n{said}"


def test_what_is_not_run_stands_somewhere():
    everything = "".join((ROOT / "docs" / page).read_text(encoding="utf-8") for page in PAGES)
    assert [command for command in NOT_RUN if f"$ {command}\n" not in everything] == []


def test_no_command_line_escapes():
    """A line of another block that looks like ours would not be run."""
    for page in PAGES:
        text = (ROOT / "docs" / page).read_text(encoding="utf-8")
        rest = FENCE.sub(lambda block: "" if block["kind"] in {"console", "yaml"} else block[0], text)
        assert not re.findall(r"^(?:\$ |    )lenaudit [a-z]+ .*$", rest, re.M), page


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
