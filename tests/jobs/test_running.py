"""A tree in; the same report from one process and from several, whatever becomes of the workers."""

from __future__ import annotations

import os
import signal
import zlib
from pathlib import Path

import msgspec
import pytest

from auditor import packing
from auditor.frontend import Setup, drivers, file, find
from auditor.frontend.file import FrontEnd
from auditor.ir import Module
from auditor.knowledge import load_knowledge
from auditor.model import NOWHERE, Confidence, Gap, NothingAnalysed, Report
from auditor.pipeline import read_tree, scan
from auditor.settings import Settings

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures"
LINUX = FIXTURES / "linux"
needs_fork = pytest.mark.skipif(not hasattr(os, "fork"), reason="workers are forked")


def plain(report: Report) -> bytes:
    return msgspec.json.encode(msgspec.structs.replace(report, seconds=0.0))


def scanned(path: Path, **more: object) -> Report:
    return scan(Settings(paths=(path,), min_confidence=Confidence.LOW, **more)).report  # type: ignore[arg-type]


@needs_fork
@pytest.mark.parametrize("jobs", [1, 3])
def test_as_many_workers_as_you_like(jobs: int) -> None:
    assert plain(scanned(LINUX, jobs=jobs)) == plain(scanned(LINUX))


def test_the_largest_drivers_come_first_and_their_largest_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(drivers.__globals__, "MOST_FILES", 2)
    for name, size in {"a/1.c": 10, "a/2.c": 30, "b/3.c": 20, "b/4.c": 50}.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("int x;\n" * size, encoding="utf-8")
    told: list[str] = []
    scan(Settings(paths=(tmp_path,)), lambda name, done, total: told.append(name))
    assert told == ["b/4.c", "b/3.c", "a/2.c", "a/1.c"]


@needs_fork
def test_a_tree_read_by_workers_is_the_same_tree() -> None:
    one, other = (read_tree(Settings(paths=(LINUX,), jobs=n)).program for n in (0, 2))
    assert [_read(m) for m in one.modules] == [_read(m) for m in other.modules]


def test_a_files_ir_depends_on_no_file_before_it() -> None:
    found, knowledge = find(Settings(paths=(LINUX,))), load_knowledge()
    setup = Setup(found.base, found.headers, knowledge)
    front = FrontEnd(setup)
    for path in reversed(found.sources):
        together, alone = front.lower_file(path), FrontEnd(setup).lower_file(path)
        assert msgspec.json.encode(together) == msgspec.json.encode(alone), path


@needs_fork
def test_a_file_that_kills_its_worker_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The other file's finding is there."""
    tree = beside_a_good_file(tmp_path)
    monkeypatch.setattr(
        file,
        "lower",
        lambda ctx, *rest, **more: (die if "evil" in ctx.main.name else LOWER)(ctx, *rest, **more),
    )
    report = scanned(tree, jobs=2)
    assert [(g.kind, g.at.file, g.level) for g in report.gaps if g.level == "error"] == [
        ("worker", "evil.c", "error")
    ]
    assert "SIGSEGV" in next(g.message for g in report.gaps if g.level == "error")
    assert {f.at.file for f in report.findings} == {"good.c"}


@needs_fork
def test_when_every_worker_dies_nothing_was_analysed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(file, "lower", die)
    with pytest.raises(NothingAnalysed, match="its worker died"):
        scanned(beside_a_good_file(tmp_path), jobs=2)


@pytest.mark.parametrize("jobs", [0, pytest.param(2, marks=needs_fork)])
def test_a_stopped_scan_says_what_is_missing(
    jobs: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two drivers, the larger one first; the user presses Ctrl-C when the other's last file is lowered."""
    monkeypatch.setitem(drivers.__globals__, "MOST_FILES", 1)
    for name, times in (("b/one.c", 1), ("b/two.c", 1), ("good/good.c", 3)):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes((LINUX / "bare_34.c").read_bytes() + b"/* */\n" * 400 * times)

    def stop(name: str, done: int, total: int) -> None:
        assert total == 3
        if name == "b/two.c":
            raise KeyboardInterrupt

    result = scan(Settings(paths=(tmp_path,), min_confidence=Confidence.LOW, jobs=min(jobs, 1)), stop)
    assert result.stopped
    assert {f.at.file for f in result.report.findings} == {"good/good.c"}
    missing = [g.at.file for g in result.report.gaps if g.kind == "worker"]
    assert missing == ["b/one.c", "b/two.c"]


def test_what_is_not_packed_is_refused() -> None:
    for data in (b"", b"nonsense", packing.pack({"modules": 3})[:-1], packing.pack([1])):
        with pytest.raises(ValueError, match="not a packed Result"):
            packing.unpack(data, file.Result)


def test_what_would_unpack_to_too_much_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """Deeper than the stack, larger than the limit, or with something behind it."""
    packed = packing.pack(file.Result(None))
    nested = zlib.compress(b"\x82\xa6module\x81\xa9functions" + b"\x91" * 100_000)
    monkeypatch.setattr(packing, "MOST_BYTES", 1000)
    for data in (packed + b"x", packing.pack(file.Result(None, (Gap("", "x" * 2000, NOWHERE),))), nested):
        with pytest.raises(ValueError, match="not a packed Result"):
            packing.unpack(data, file.Result)
    assert packing.unpack(packed, file.Result).module is None


def test_deep_code_travels(tmp_path: Path) -> None:
    chain = " else ".join(f"if (x == {n}) return {n};" for n in range(3000))
    (tmp_path / "deep.c").write_text(f"int f(int x) {{ {chain} return -1; }}", encoding="utf-8")
    found = find(Settings(paths=(tmp_path,)))
    result = FrontEnd(Setup(found.base, found.headers, load_knowledge())).lower_file(found.sources[0])
    again = packing.unpack(packing.pack(result), file.Result)
    assert packing.pack(again) == packing.pack(result)


LOWER = file.lower


def die(*_: object, **__: object) -> None:
    os.kill(os.getpid(), signal.SIGSEGV)


def beside_a_good_file(folder: Path) -> Path:
    (folder / "evil.c").write_text("int evil;\n", encoding="utf-8")
    (folder / "good.c").write_bytes((LINUX / "bare_34.c").read_bytes())
    return folder


def _read(module: Module) -> bytes:
    """A module with all bodies and initialisers, whether they came packed or not."""
    functions = tuple(msgspec.structs.replace(function, held=function.body) for function in module.functions)
    variables = tuple(msgspec.structs.replace(variable, held=variable.init) for variable in module.globals)
    return msgspec.json.encode(msgspec.structs.replace(module, functions=functions, globals=variables))
