"""The end of a process: nothing is lost that an interpreter that takes itself down would have done."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from auditor.commands import CLEAN, FOUND, WRONG_USAGE

ROOT = Path(__file__).resolve().parents[2]
DRIVER = ROOT / "fixtures" / "linux" / "bare_34.c"
SCAN = ("scan", "-q", "--no-cache", "-j0", str(DRIVER))
MAIN = "from auditor.__main__ import main; main()"
LATE = """
import atexit, sys, threading, time
import auditor.cli
def run(arguments):
    {last}
    return 7
auditor.cli.run = run
"""
LAST = {
    "an exit function": "atexit.register(print, 'last')",
    "a thread": "threading.Thread(target=lambda: (time.sleep(1), print('last'))).start()",
    "output that waits": "sys.stdout.write('last')",
}


def ended(*arguments: str, before: str = "", out: int = subprocess.PIPE) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", before + MAIN, *arguments],
        cwd=ROOT, stdout=out, stderr=subprocess.PIPE, text=True, check=False, timeout=60,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("arguments", "code"),
    [(("--version",), CLEAN), (("scan", "--no-such"), WRONG_USAGE), (SCAN, FOUND)],
    ids=["version", "usage", "found"],
)
def test_the_exit_code_is_the_commands(arguments: tuple[str, ...], code: int) -> None:
    assert ended(*arguments).returncode == code


@pytest.mark.parametrize("last", LAST.values(), ids=LAST)
def test_what_was_to_be_done_at_the_end_is_done(last: str) -> None:
    done = ended(before=LATE.format(last=last))
    assert (done.returncode, done.stdout.strip(), done.stderr) == (7, "last", "")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a file that is always full")
def test_output_that_is_lost_at_the_end_is_said() -> None:
    full = os.open("/dev/full", os.O_WRONLY)
    done = ended(before=LATE.format(last=LAST["output that waits"]), out=full)
    os.close(full)
    assert done.returncode not in {CLEAN, 7}
    assert "No space left" in done.stderr
