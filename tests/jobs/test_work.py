"""A driver whose results were tampered with in; nothing out, so that its files are lowered afresh."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from auditor.frontend import find
from auditor.ir import Function, Module, Program, Unread
from auditor.jobs.part import Part
from auditor.jobs.results import result_of
from auditor.jobs.work import Shared, Work
from auditor.model import Sources
from auditor.packing import ALONE, pack, unpack
from auditor.settings import Settings

LINUX = Path(__file__).resolve().parents[2] / "fixtures" / "linux"


@pytest.fixture
def work(tmp_path: Path) -> tuple[Work, bytes]:
    """The work of a scan, and its only file's result."""
    (tmp_path / "a.c").write_bytes((LINUX / "bare_34.c").read_bytes())
    settings = Settings(paths=(tmp_path,))
    found = find(settings)
    made = Work(Shared(settings, found.base, found.headers))
    return made, made.lower(os.fsencode(found.sources[0]))


@pytest.fixture
def no_collector() -> Iterator[None]:
    """As in a worker."""
    gc.collect()
    gc.disable()
    yield
    gc.enable()


def of_drivers() -> list[object]:
    """What is in memory of this and of other tests' drivers."""
    return [held for held in gc.get_objects() if isinstance(held, (Program, Module, Sources))]


def tampered(function: Function) -> Function:
    assert isinstance(function.held, Unread)
    return msgspec.structs.replace(function, held=Unread(b"nonsense", function.held.uses))


def test_bodies_travel_packed(work: tuple[Work, bytes]) -> None:
    one, lowered = work
    part = unpack(one.judge(msgspec.msgpack.encode([lowered])), Part)
    assert part.policies
    assert part.findings


@pytest.mark.usefixtures("no_collector")
def test_a_judged_driver_is_forgotten_without_a_search_for_cycles(work: tuple[Work, bytes]) -> None:
    one, lowered = work
    before = {id(held) for held in of_drivers()}
    assert unpack(one.judge(msgspec.msgpack.encode([lowered])), Part).findings
    assert not [held for held in of_drivers() if id(held) not in before]


def test_a_body_that_cannot_be_read_is_no_answer(work: tuple[Work, bytes]) -> None:
    one, lowered = work
    result = result_of(lowered)
    assert result.module is not None
    functions = tuple(tampered(function) for function in result.module.functions)
    module = msgspec.structs.replace(result.module, functions=functions)
    broken = ALONE + pack(msgspec.structs.replace(result, module=module))
    assert one.judge(msgspec.msgpack.encode([broken])) == b""
    assert one.judge(msgspec.msgpack.encode([b"\x01nonsense"])) == b""


def test_a_body_that_nothing_leads_to_is_not_read(work: tuple[Work, bytes], tmp_path: Path) -> None:
    one, lowered = work
    (tmp_path / "b.c").write_text("int apart(int x) { return x + 1; }\n")
    result = result_of(one.lower(os.fsencode(tmp_path / "b.c")))
    assert result.module is not None
    functions = tuple(tampered(function) for function in result.module.functions)
    module = msgspec.structs.replace(result.module, functions=functions)
    broken = ALONE + pack(msgspec.structs.replace(result, module=module))
    assert [function.name for function in functions] == ["apart"]
    assert unpack(one.judge(msgspec.msgpack.encode([lowered, broken])), Part).policies
