"""Hostile trees in: each beside one good driver, whose finding must be there whatever the rest does."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from auditor.model import Confidence, Gap, Report
from auditor.pipeline import scan
from auditor.settings import Settings

FAULTY = Path(__file__).resolve().parents[2] / "fixtures" / "plain" / "off_by_one.c"
SECONDS = 4
"""For a file that never ends; the good one takes a tenth of one."""

PATIENT = 60.0

Scanned = Callable[..., Report]


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    folder = tmp_path / "tree"
    folder.mkdir()
    (folder / ".git").mkdir()
    (folder / "good.c").write_bytes(FAULTY.read_bytes())
    return folder


@pytest.fixture
def scanned(tree: Path) -> Scanned:
    """Scans the tree with two workers and little patience; the good driver's finding must be there."""

    def run(*, seconds: float = PATIENT, **more: object) -> Report:
        settings = Settings(
            paths=(tree,), min_confidence=Confidence.LOW, jobs=2, seconds=seconds, **more  # type: ignore[arg-type]
        )  # fmt: skip
        report = scan(settings).report
        assert {f.at.file for f in report.findings} == {"good.c"}
        return report

    return run


def lost(report: Report) -> dict[str, Gap]:
    """The files that were not analysed, each with the gap that says so."""
    return {gap.at.file: gap for gap in report.gaps if gap.level == "error"}
