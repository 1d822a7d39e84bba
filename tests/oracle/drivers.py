"""A fixture's path in, its scan, its execution and their comparison out, once per process."""

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
from tests.oracle.build import execute
from tests.oracle.compare import Comparison, compare
from tests.oracle.executed import Executed
from tests.oracle.variants import Variant

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures"
FOLDERS = ("ndis", "linux", "plain")
OTHER_RULES = ("max_", "min_")
"""Fixtures of the rules on maxima and wire minima begin so; the oracle has stand-ins for some of them."""

ALSO = frozenset(
    {
        "linux/max_cut_short.c",
        "linux/max_cut_tagged.c",
        "linux/max_never_through.c",
        "linux/max_segmented.c",
        "linux/max_untagged_xmit.c",
        "linux/min_wire_virtio_rx.c",
        "ndis/max_bare_1514.c",
        "ndis/max_mtu_and_header.c",
        "ndis/min_header_write_irp.c",
        "ndis/min_wire_send.c",
        "ndis/min_wire_write_irp.c",
        "plain/max_bare_1514.c",
        "plain/max_bare_1518.c",
        "plain/min_wire_by_name.c",
        "plain/min_wire_filled.c",
        "plain/min_wire_netmap.c",
    }
)


def _runs(path: Path) -> bool:
    return not path.name.startswith(OTHER_RULES) or path.relative_to(FIXTURES).as_posix() in ALSO


DRIVERS = (
    *(p for name in FOLDERS for p in sorted((FIXTURES / name).iterdir()) if _runs(p)),
    FIXTURES / "sample",
)


class Driver(msgspec.Struct, frozen=True, eq=False):
    """One fixture: what was found, what was done, how they compare, and the markers of all its files."""

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
        Variant(
            w.frame_class, f"witness {w.name}", 2, data, int.from_bytes(data[12:14]), len(data), len(data)
        )
        for data, w in frames.items()
    )


def markers(path: Path) -> tuple[Expectation, ...]:
    """The markers of all files of a driver."""
    files = [path] if path.is_file() else sorted(path.glob("*.[ch]"))
    return tuple(m for file in files for m in expectations(file.read_text(encoding="utf-8")))
