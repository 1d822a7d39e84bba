"""How scans ended in, what the soak calls it out: it fails for every fault, and if its kills hit nothing."""

from __future__ import annotations

import json
import os
import re
import signal
import sqlite3
import subprocess
import sys
from collections import Counter
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "benchmarks"))
soak: Any = pytest.importorskip("soak")

WELL = {"workers killed lowering": 20, "workers killed judging": 20, soak.HIT: 20, soak.RIGHT: 100}
ONE, TWO, THREE = ({"rule": "some-rule", "at": {"file": "a.c", "line": line}} for line in (1, 2, 3))
WHOLE = {"findings": [ONE, TWO], "gaps": []}
GAP = {"kind": "worker", "message": "a.c was not analysed"}


@pytest.mark.parametrize("name", soak.FAULTS)
def test_each_fault_is_one(name: str) -> None:
    assert soak.found_at_fault(Counter(WELL), 200) == []
    assert soak.found_at_fault(Counter(WELL | {name: 1}), 200) == [f"1 {name}"]


@pytest.mark.parametrize("name", ["workers killed lowering", "workers killed judging", soak.HIT])
def test_a_fire_that_hits_too_little_is_a_fault(name: str) -> None:
    assert soak.found_at_fault(Counter(WELL | {name: 19}), 200) == [f"only 19 {name}"]


@pytest.mark.parametrize(
    ("lost", "scans", "well"), [(1, 10, True), (2, 10, False), (2, 200, True), (3, 200, False)]
)
def test_few_scans_may_lose_files(lost: int, scans: int, well: bool) -> None:
    assert (soak.found_at_fault(Counter(WELL | {soak.LOST: lost}), scans) == []) == well


@pytest.mark.parametrize(
    ("code", "written", "name"),
    [
        (0, WHOLE, soak.RIGHT),
        (0, WHOLE | {"findings": [ONE]}, soak.WRONG),
        (0, WHOLE | {"findings": [ONE], "gaps": [GAP]}, soak.LOST),
        (0, WHOLE | {"findings": [THREE], "gaps": [GAP]}, soak.WRONG),
        (3, None, soak.LOST),
        (1, None, soak.FAILED),
        (-signal.SIGSEGV, None, soak.FAILED),
        (-signal.SIGKILL, None, "scans killed, judging"),
    ],
    ids=["right", "less", "less, said", "more", "all lost", "error", "crash", "killed"],
)
def test_what_an_end_is_called(code: int, written: object, name: str, tmp_path: Path) -> None:
    out = tmp_path / "out.json"
    out.write_text(json.dumps(written), encoding="utf-8")
    scan = SimpleNamespace(
        process=SimpleNamespace(returncode=code), hit=1, fate="scans killed, judging", out=out,
        said=lambda: "its worker was killed 10 times",
    )  # fmt: skip
    assert soak.judged(scan, json.dumps(WHOLE).encode()) == name


def test_a_cache_of_noise_is_unsound(tmp_path: Path) -> None:
    file = tmp_path / "cache"
    assert soak.sound(file)
    with sqlite3.connect(file) as database:
        database.execute("CREATE TABLE entries (key BLOB PRIMARY KEY)")
        database.executemany("INSERT INTO entries VALUES (?)", [(bytes([n]) * 500,) for n in range(99)])
    database.close()
    assert soak.sound(file)
    file.write_bytes(file.read_bytes()[:5000] + bytes(9000))
    assert not soak.sound(file)


@pytest.mark.skipif(sys.platform != "linux", reason="it finds a scan's workers in /proc")
def test_every_scan_of_a_short_soak_is_accounted_for(tmp_path: Path) -> None:
    """One small file, three scans: too few for a verdict, enough for counts."""
    command = [sys.executable, "benchmarks/soak.py", "fixtures/linux/bare_34.c", "--scans", "3"]
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    ended = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    counts = {name: int(count) for count, name in re.findall(r"^ *(\d+) (.+)$", ended.stdout, re.MULTILINE)}
    assert [counts[name] for name in soak.FAULTS] == [0] * len(soak.FAULTS), ended.stdout + ended.stderr
    killed = sum(count for name, count in counts.items() if name.startswith("scans killed, "))
    assert counts.get(soak.RIGHT, 0) + counts[soak.LOST] + killed == 3
    assert counts["caches checked"] >= 1
