"""Logs of shards in; one log, the same as that of a scan of the whole, out; anything else is refused."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from auditor.cli import run
from auditor.commands import CLEAN, WRONG_USAGE
from auditor.frontend.discover import discover
from auditor.frontend.drivers import drivers
from auditor.frontend.shards import shard

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures"


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Four drivers with faults, two of which share a header with one, and a file that is partly unknown."""
    folder = tmp_path / "tree"
    for name in ("a", "b", "c", "d"):
        shutil.copytree(FIXTURES / "linux" / "check_in_another_file", folder / name)
        shutil.copy(FIXTURES / "linux" / "bare_34.c", folder / name / f"{name}.c")
    (folder / "d" / "odd.c").write_text(
        "int f(int len) { if (len < ) return 1; return 0; }\n", encoding="utf-8"
    )
    monkeypatch.setitem(drivers.__globals__, "MOST_FILES", 4)
    return folder


def log(tree: Path, out: Path, *more: str) -> dict[str, object]:
    assert (
        run(
            ["scan", "-q", "--confidence", "low", "--fail-on", "never", str(tree), "--sarif", str(out), *more]
        )
        == CLEAN
    )
    return json.loads(out.read_text(encoding="utf-8"))


@pytest.mark.parametrize("count", [1, 2, 3, 7])
def test_shards_together_say_what_a_whole_scan_says(count: int, tree: Path, tmp_path: Path) -> None:
    whole = log(tree, tmp_path / "whole.sarif")
    parts = [tmp_path / f"{number}.sarif" for number in range(1, count + 1)]
    for number, part in enumerate(parts, 1):
        log(tree, part, "--shard", f"{number}/{count}")
    assert run(["merge", *map(str, parts), "-o", str(tmp_path / "merged.sarif")]) == CLEAN
    merged = json.loads((tmp_path / "merged.sarif").read_text(encoding="utf-8"))
    (one,), (other,) = merged["runs"], whole["runs"]  # type: ignore[misc]
    assert one["results"] == other["results"]
    assert len(one["results"]) >= 4
    notes = [r["invocations"][0].pop("toolExecutionNotifications") for r in (one, other)]
    assert sorted(map(json.dumps, notes[0])) == sorted(map(json.dumps, notes[1]))
    assert one.pop("results") == other.pop("results")
    assert merged == whole


@pytest.mark.parametrize("count", [1, 2, 5])
def test_every_driver_is_in_one_shard(count: int, tree: Path) -> None:
    every = drivers(discover((tree,)))
    shares = [shard(every, number, count) for number in range(1, count + 1)]
    assert sorted(d.name for share in shares for d in share) == [d.name for d in every]
    assert (
        max(sum(d.bytes for d in share) for share in shares) <= sum(d.bytes for d in every) // count + 20_000
    )


@pytest.mark.parametrize("written", ["0/2", "3/2", "1", "1/0", "-1/2", "1/2/3", "x/y", "", "1/99999999999"])
def test_shards_that_there_are_not(written: str, tree: Path) -> None:
    assert run(["scan", str(tree), "--shard", written]) == WRONG_USAGE


@pytest.mark.parametrize(
    "content",
    [
        b"", b"not json", b"[]", b"{}", b"null", b'{"runs": []}', b'{"version": "2.1.0", "runs": [{}]}',
        b"[" * 100_000,
        b'{"version": "2.1.0", "runs": [{"tool": {"driver": {"name": "other", "rules": []}}, "results": [], '
        b'"invocations": [{"executionSuccessful": true}]}]}',
        b'{"version": "2.1.0", "runs": [{"tool": {"driver": {"name": "lenaudit", "rules": []}}, '
        b'"results": [3], "invocations": [{"executionSuccessful": true}]}]}',
        *(
            b'{"version": "2.1.0", "runs": [{"tool": {"driver": {"name": "lenaudit", "rules": []}}, '
            b'"results": [{' + result + b'}], "invocations": [{"executionSuccessful": true' + notes + b"}]}]}"
            for result, notes in (
                (b'"rank": []', b""), (b'"rank": 1e999', b""), (b'"locations": 3', b""),
                (b'"locations": [{"physicalLocation": {"region": {"startLine": 1e999}}}]', b""),
                (b'"message": 3', b""), (b"", b', "toolExecutionNotifications": 3'),
                (b"", b', "toolExecutionNotifications": [3]'), (b'"x": ' + b"9" * 5000, b""),
                (b'"x": ' + b"[" * 200_000 + b"]" * 200_000, b""),
            )
        ),
    ],
)  # fmt: skip
def test_what_is_no_log_of_ours(content: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "odd.sarif").write_bytes(content)
    assert run(["merge", str(tmp_path / "odd.sarif")]) == WRONG_USAGE
    assert "odd.sarif" in capsys.readouterr().err


def test_logs_with_other_rules_are_not_mixed(tree: Path, tmp_path: Path) -> None:
    one, other = tmp_path / "one.sarif", tmp_path / "other.sarif"
    log(tree / "a", one)
    log(tree / "b", other, "--ignore", "l3-minimum-on-l2-path")
    assert run(["merge", str(one), str(other)]) == WRONG_USAGE


def test_a_log_that_is_not_there(tmp_path: Path) -> None:
    assert run(["merge", str(tmp_path / "nowhere.sarif")]) == WRONG_USAGE
