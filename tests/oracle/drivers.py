"""A fixture's path in, its scan, its execution and their comparison out, once per process."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec

from auditor.model import Confidence, Finding
from auditor.pipeline import read_policies, scan
from auditor.policy import Analysis
from auditor.settings import Settings
from tests.matcher import Expectation, expectations
from tests.oracle import totals
from tests.oracle.build import execute
from tests.oracle.compare import Comparison, compare
from tests.oracle.confirm import false_claims, unconfirmed
from tests.oracle.exceptions import NOT_RUN, SPARED, Spared
from tests.oracle.executed import Executed
from tests.oracle.overreads import unexplained
from tests.oracle.variants import Variant

EVERY = ((0, 1600),)
TELLING = ((0, 140), (250, 330), (990, 1010), (1270, 1290), (1490, 1545), (1590, 1600))
"""Lengths in bytes: what the fixtures compare with, and beyond; with EVERY, the report runs them all."""

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures"


def _drivers() -> Iterator[Path]:
    for folder in sorted(path for path in FIXTURES.iterdir() if path.is_dir()):
        if folder.name == "sample":
            yield folder
        else:
            yield from sorted(folder.iterdir())


def _short(path: Path) -> str:
    return path.relative_to(FIXTURES).as_posix() if path.is_relative_to(FIXTURES) else str(path)


DRIVERS = tuple(path for path in _drivers() if _short(path) not in NOT_RUN)


class Driver(msgspec.Struct, frozen=True, eq=False):
    """One fixture: what was found, what was done, how they compare, and the markers of all its files."""

    findings: tuple[Finding, ...]
    analysis: Analysis
    executed: Executed
    comparison: Comparison
    markers: tuple[Expectation, ...]
    spared: Spared | None = None


@cache
def driver(path: Path, lengths: tuple[tuple[int, int], ...] = EVERY) -> Driver:
    """Scan and run the driver at ``path``, a file or a folder, with these lengths. Raises NotCompiled."""
    settings = Settings(paths=(path,), min_confidence=Confidence.LOW)
    findings = scan(settings).report.findings
    analysis, executed = run(path, witnesses(findings), lengths)
    return Driver(findings, analysis, executed, compare(executed), markers(path), SPARED.get(_short(path)))


def run(
    path: Path, extra: tuple[Variant, ...] = (), lengths: tuple[tuple[int, int], ...] = TELLING
) -> tuple[Analysis, Executed]:
    """The policies of the driver at ``path`` as the engine is now, and its execution. Raises NotCompiled."""
    tree, analysis = read_policies(Settings(paths=(path,)))
    with TemporaryDirectory(prefix="oracle-") as folder:
        return analysis, execute(
            tree.program, analysis, tree.knowledge.protocols, Path(folder), extra, lengths
        )


def figures(ran: Driver) -> Counter[str]:
    """What one fixture adds to the oracle's figures."""
    found = totals.of("fixture", ran.comparison)
    found["fixtures"] += 1
    found["markers"] += len(ran.markers)
    found["markers not borne out"] += len(unconfirmed(ran.executed, ran.markers, ran.spared))
    found["reads not borne out"] += len(unexplained(ran.executed, ran.markers))
    found["high"] += sum(f.confidence is Confidence.HIGH for f in ran.findings)
    found["high, handed on"] += len(false_claims(ran.executed, ran.findings, Confidence.HIGH))
    return found


def witnesses(findings: tuple[Finding, ...]) -> tuple[Variant, ...]:
    """The witness frames of the findings, as variants of their own."""
    frames = {w.data: w for f in findings for w in f.witnesses}
    return tuple(
        Variant(
            w.frame_class, f"witness {w.name}", 2, data, int.from_bytes(data[12:14]), len(data), len(data)
        )
        for data, w in frames.items()
    )


def markers(path: Path) -> tuple[Expectation, ...]:
    """The markers of all files of a driver."""
    files = [path] if path.is_file() else sorted(path.glob("*.[ch]"))
    return tuple(m for file in files for m in expectations(file.read_text(encoding="utf-8")))
