"""A fixture's path in, everything the oracle needs of it out: its scan, its execution and their comparison, once."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec

from auditor.model import Confidence, Finding
from auditor.pipeline import read_policies, scan
from auditor.policy import Analysis
from auditor.settings import Settings
from tests.matcher import Expectation, expectations
from tests.oracle.build import Executed, execute
from tests.oracle.compare import Comparison, compare
from tests.oracle.variants import Variant

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures"
FOLDERS = ("ndis", "linux", "plain")
DRIVERS = tuple(p for name in FOLDERS for p in sorted((FIXTURES / name).iterdir())) + (FIXTURES / "sample",)


class Driver(msgspec.Struct, frozen=True, eq=False):
    """One fixture: what was found, what was done, and how they compare. ``markers`` are those of all files."""

    findings: tuple[Finding, ...]
    analysis: Analysis
    executed: Executed
    comparison: Comparison
    markers: tuple[Expectation, ...]


@cache
def driver(path: Path) -> Driver:
    """Scan and run the driver at ``path``, a file or a folder. Raises NotCompiled."""
    settings = Settings(paths=(path,), min_confidence=Confidence.LOW)
    findings = scan(settings).report.findings
    analysis, executed = run(path, witnesses(findings))
    return Driver(findings, analysis, executed, compare(executed), markers(path))


def run(path: Path, extra: tuple[Variant, ...] = ()) -> tuple[Analysis, Executed]:
    """The policies of the driver at ``path`` as the engine is now, and its execution. Raises NotCompiled."""
    tree, analysis = read_policies(Settings(paths=(path,)))
    with TemporaryDirectory(prefix="oracle-") as folder:
        return analysis, execute(tree.program, analysis, tree.knowledge.protocols, Path(folder), extra)


def witnesses(findings: tuple[Finding, ...]) -> tuple[Variant, ...]:
    """The witness frames of the findings, as variants of their own."""
    frames = {w.data: w for f in findings for w in f.witnesses}
    return tuple(
        Variant(w.frame_class, f"witness {w.name}", 2, data, int.from_bytes(data[12:14]), len(data), len(data))
        for data, w in frames.items()
    )


def markers(path: Path) -> tuple[Expectation, ...]:
    """The markers of all files of a driver."""
    files = [path] if path.is_file() else sorted(path.glob("*.[ch]"))
    return tuple(m for file in files for m in expectations(file.read_text(encoding="utf-8")))
