"""A tree in; the command lines of other tools on its C files out, each with one simple rule."""

from __future__ import annotations

import shlex
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

HERE = Path(__file__).resolve().parent


def rivals(path: Path, alone: Path, jobs: int, semgrep: str) -> tuple[dict[str, list[str]], list[str]]:
    """The command of every tool that is installed, with ``jobs`` processes, and the names of the others.

    cppcheck gets ``alone``, the C files without headers, which the others do not read either: where register
    macros are expanded its symbols take minutes for a file. It looks at one configuration of each, at the
    tokens as they are written (``short.xml``), and follows no values; its own checks cannot be switched off.
    """
    processes = ["-j", str(jobs)]
    tools = {
        "spatch": ["spatch", "--sp-file", str(HERE / "short.cocci"), "--very-quiet", *processes, str(path)],
        "semgrep": [
            *shlex.split(semgrep), "scan", "-q", "--metrics", "off", "--disable-version-check", *processes,
            "--config", str(HERE / "short.yml"), "--output", "/dev/null", str(path),
        ],
        "cppcheck": [
            "env", "DISABLE_VALUEFLOW=1", "cppcheck", "-q", *processes, "--max-configs=1",
            f"--rule-file={HERE / 'short.xml'}", "--output-file=/dev/null", str(alone),
        ],
    }  # fmt: skip
    needed = {name: command[2] if command[0] == "env" else command[0] for name, command in tools.items()}
    found = {name: command for name, command in tools.items() if shutil.which(needed[name])}
    return found, [name for name in tools if name not in found]


def bare_parse(lists: Sequence[Path]) -> list[str]:
    """Parse the files of every job list (``bare_parse.py``), each list in a process of its own."""
    script = [sys.executable, str(HERE / "bare_parse.py")]
    if len(lists) == 1:
        return [*script, str(lists[0])]
    return _for_each(lists, len(lists), script)


def clang(responses: Path, jobs: int) -> list[str]:
    """A compiler for each response file of a folder; that it finds errors, as headers lack, is fine."""
    every = f"find {shlex.quote(str(responses))} -name '*.rsp' -printf '@%p\\0'"
    return ["sh", "-c", f"{every} | xargs -0 -P {jobs} -n 1 clang -fsyntax-only 2>/dev/null; true"]


def _for_each(files: Sequence[Path], jobs: int, script: Sequence[str]) -> list[str]:
    named = " ".join(shlex.quote(str(one)) for one in files)
    return ["sh", "-c", f"printf '%s\\n' {named} | xargs -P {jobs} -n 1 {shlex.join(script)}"]
