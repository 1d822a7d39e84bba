"""The stages in order: what a scan says where what it was given says nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from auditor.jobs.part import Part
from auditor.model import NothingAnalysed
from auditor.packing import pack
from auditor.pipeline import scan
from auditor.settings import Settings
from benchmarks.fuzzing import seeds


def test_a_driver_of_which_nothing_is_remembered_was_not_analysed(tmp_path: Path) -> None:
    """Neither code nor a reason why there is none: that is not clean, and no internal error."""
    settings = Settings(paths=(seeds.DRIVER,), cache=tmp_path, jobs=0)
    assert scan(settings).report.findings
    nothing = pack(Part())

    def forget(number: int, row: bytes) -> bytes:
        return nothing if b"findings" in seeds.plain(row) else row

    with seeds.answering(forget), pytest.raises(NothingAnalysed, match="no file could be analysed"):
        scan(settings)
