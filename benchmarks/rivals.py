"""A tree in; the command lines of other tools on its C files out, each with one simple rule."""

from __future__ import annotations

import shlex
import shutil
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent


def rivals(path: Path, jobs: str, semgrep: str) -> tuple[dict[str, list[str]], list[str]]:
    """The command of every tool that is installed, with ``jobs`` processes, and the names of the others.

    ``clang`` gets no headers but those beside a file, and most files of a kernel stop at the first one that
    is missing; the bare parse is what costs the same text with the same headers.
    """
    files = f"find {shlex.quote(str(path))} -name '*.c' -print0"
    clang = f"{files} | xargs -0 -P {jobs} -n 1 clang -fsyntax-only -w 2>/dev/null; true"
    quiet = ["scan", "-q", "--metrics", "off", "--disable-version-check", "-j", jobs]
    tools = {
        "clang -fsyntax-only": ["sh", "-c", clang],
        "cppcheck": [
            "cppcheck", "-q", "-j", jobs, "--rule=if \\( [^)]* < ", "--output-file=/dev/null", str(path)
        ],
        "spatch": ["spatch", "--sp-file", str(HERE / "short.cocci"), "--very-quiet", "-j", jobs, str(path)],
        "semgrep": [
            *semgrep.split(), *quiet, "--config", str(HERE / "short.yml"), "--output", "/dev/null", str(path)
        ],
    }  # fmt: skip
    needed = dict(zip(tools, ("clang", "cppcheck", "spatch", semgrep.split()[0]), strict=True))
    found = {name: command for name, command in tools.items() if shutil.which(needed[name])}
    return found, [name for name in tools if name not in found]


def bare_parse(lists: list[Path], jobs: str) -> list[str]:
    """Parse the files of every job list (``bare_parse.py``), ``jobs`` lists at a time."""
    if len(lists) == 1:
        return [sys.executable, str(HERE / "bare_parse.py"), str(lists[0])]
    named = " ".join(shlex.quote(str(one)) for one in lists)
    script = shlex.join([sys.executable, str(HERE / "bare_parse.py")])
    return ["sh", "-c", f"printf '%s\\n' {named} | xargs -P {jobs} -n 1 {script}"]
