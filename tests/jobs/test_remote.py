"""A real cluster of two processes; the same report as without one, and a plain word when there is none."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from auditor.cli import run
from auditor.commands import WRONG_USAGE
from auditor.frontend.drivers import drivers
from auditor.model import Confidence
from auditor.pipeline import scan
from auditor.report import plain_json
from auditor.settings import Settings

pytest.importorskip("distributed", reason="the extra lenaudit[dask] is not installed")

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures"


@pytest.fixture(scope="module")
def cluster() -> Iterator[str]:
    """The address of a scheduler with two workers on this machine."""
    from distributed import LocalCluster

    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as local:
        yield local.scheduler_address


@pytest.mark.slow
@pytest.mark.parametrize("folder", ["linux", "ndis"])
def test_a_cluster_says_what_one_machine_says(
    folder: str, cluster: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(drivers.__globals__, "MOST_FILES", 6)
    settings = Settings(paths=(FIXTURES / folder,), min_confidence=Confidence.LOW)
    here, there = (scan(msgspec.structs.replace(settings, dask=where)) for where in ("", cluster))
    reports = [msgspec.structs.replace(result.report, seconds=0.0) for result in (here, there)]
    assert plain_json.render(reports[0]) == plain_json.render(reports[1])
    assert reports[0].findings


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:1", "nonsense", "tcp://"])
def test_no_cluster(
    address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("auditor.jobs.remote.PATIENCE", "1s")
    (tmp_path / "a.c").write_text("int x;\n", encoding="utf-8")
    assert run(["scan", str(tmp_path), "--dask", address]) == WRONG_USAGE
    assert "there is no cluster" in capsys.readouterr().err
