"""Where clang parses: a thread and its stack in, the choice that libclang reads out."""

from __future__ import annotations

import ctypes
import os
import sys
import threading
from pathlib import Path

import pytest

from auditor.frontend import libclang

resource = pytest.importorskip("resource")

STACKS = {"less than clang counts on": (2**23 - 1, None), "as much": (2**23, "1"), "any": (-1, "1")}


@pytest.fixture(autouse=True)
def unset(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LIBCLANG_NOTHREADS", "before")


@pytest.mark.parametrize(("soft", "said"), STACKS.values(), ids=STACKS)
def test_clang_stays_where_the_stack_is_large_enough(
    soft: int, said: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(resource, "getrlimit", lambda _: (soft, -1))
    libclang.parse_on_this_stack()
    assert os.environ.get("LIBCLANG_NOTHREADS") == said


def test_clang_gets_a_thread_where_this_is_one() -> None:
    asking = threading.Thread(target=libclang.parse_on_this_stack)
    asking.start()
    asking.join()
    assert "LIBCLANG_NOTHREADS" not in os.environ


def threads_here() -> set[str]:
    return {path.name for path in Path("/proc/self/task").iterdir()}


@pytest.mark.skipif(sys.platform != "linux", reason="threads are counted in /proc")
@pytest.mark.parametrize(("soft", "threads"), [(-1, 0), (1, 1)], ids=["here", "in a thread"])
def test_libclang_heeds_it(soft: int, threads: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A header that clang reads from a pipe holds it until somebody has counted."""
    monkeypatch.setattr(resource, "getrlimit", lambda _: (soft, -1))
    (tmp_path / "a.c").write_text('#include "pipe.h"\n')
    os.mkfifo(tmp_path / "pipe.h")
    before, new = threads_here(), set[str]()

    def count() -> None:
        with (tmp_path / "pipe.h").open("w") as pipe:
            new.update(threads_here() - before)
            pipe.write("int x;\n")

    counting = threading.Thread(target=count)
    counting.start()
    lib = libclang.library()
    libclang.parse_on_this_stack()
    index = lib.createIndex(0, 0)
    unit = ctypes.c_void_p()
    path = os.fsencode(tmp_path / "a.c")
    assert not lib.parseTranslationUnit2(index, path, None, 0, None, 0, 0, ctypes.byref(unit))
    counting.join()
    lib.disposeTranslationUnit(unit)
    lib.disposeIndex(index)
    assert len(new) == 1 + threads  # the one that counts, and clang's
