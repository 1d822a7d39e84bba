"""What a command does not use it does not import: nobody waits for what a hook's warm scan has no need of."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
DRIVER = ROOT / "fixtures" / "linux" / "bare_34.c"
RUN = "import sys; from auditor.cli import run; run(sys.argv[1:]); print(*sys.modules, file=sys.stderr)"
FORK = """
import os, sys; from auditor.cli import run
os.fork = lambda: (print(*sys.modules, file=sys.stderr, flush=True), os._exit(0))
run(sys.argv[1:])
"""
STAGES = {
    "auditor.capture", "auditor.constants", "auditor.frontend.file", "auditor.frontend.libclang",
    "auditor.history", "auditor.ir", "auditor.jobs.flight", "auditor.jobs.judging", "auditor.policy",
    "auditor.repair", "auditor.rules", "auditor.workers",
}  # fmt: skip
LIBRARIES = {
    "asyncio", "clang", "concurrent.futures", "ctypes", "dpkt", "jinja2", "junitparser", "logging",
    "networkx", "rich", "sarif_om", "subprocess",
}  # fmt: skip
UNUSED = {"auditor.cache", "auditor.jobs.remembering", "json", "sqlite3", "tempfile"}
LATER = UNUSED | {
    "auditor.capture", "auditor.constants", "auditor.findings", "auditor.jobs.judging", "auditor.policy",
    "auditor.report.terminal", "auditor.report.text", "auditor.rules", "hashlib", "lzma", "shutil",
}  # fmt: skip
"""What a first worker can do without."""

EVERYTHING = STAGES | LIBRARIES | {"auditor.pipeline", "msgspec", "sqlite3", "tomli"}


def imported(folder: Path, *arguments: str, code: str = RUN) -> set[str]:
    """The modules in a process that has run one command line, which may find something."""
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), "NO_COLOR": "1"},
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    return set(done.stderr.splitlines()[-1].split())


@pytest.mark.parametrize("name", sorted(EVERYTHING | LATER))
def test_what_is_looked_for_exists(name: str) -> None:
    assert importlib.util.find_spec(name) is not None


@pytest.mark.parametrize("form", ["text", "json", "github"])
def test_a_scan_that_remembers_everything_imports_no_stage(form: str, tmp_path: Path) -> None:
    scan = ("scan", "-q", "-j1", "-f", form, "--cache-dir", str(tmp_path / "cache"), str(DRIVER))
    assert imported(tmp_path, *scan) >= {"auditor.rules", "auditor.workers"}
    assert imported(tmp_path, *scan) & (STAGES | LIBRARIES) == set()


def test_a_scan_that_remembers_nothing_imports_nothing_for_it(tmp_path: Path) -> None:
    scan = ("scan", "-q", "-j1", "--no-cache", str(DRIVER))
    assert imported(tmp_path, *scan) >= {"auditor.rules", "auditor.findings", "hashlib"}
    assert imported(tmp_path, *scan) & UNUSED == set()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="workers are forked")
def test_the_first_worker_begins_before_anything_is_imported_that_it_does_not_need(tmp_path: Path) -> None:
    modules = imported(tmp_path, "scan", "-q", "-j2", "--no-cache", str(DRIVER.parent), code=FORK)
    assert modules >= {"auditor.frontend.file", "auditor.workers"}
    assert modules & LATER == set()


@pytest.mark.parametrize("arguments", [("--version",), ("--help",), ("scan", "--help")], ids=" ".join)
def test_help_imports_nothing_that_scans(arguments: tuple[str, ...], tmp_path: Path) -> None:
    assert imported(tmp_path, *arguments) & EVERYTHING == set()
