"""A process in; how much memory it holds out, on systems that say it now and on those that say the most."""

from __future__ import annotations

import ctypes
import os
import sys
from pathlib import Path

import pytest

from auditor.workers import limits

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="workers are forked")


def test_where_only_the_most_is_known_that_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    now = limits.resident()
    monkeypatch.setattr(limits, "_PAGES", Path("nowhere"))
    assert now / 2 < limits.resident() < now * 100


def test_a_worker_is_found_too_large_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "_PAGES", Path("nowhere"))
    most = limits.resident()
    assert limits.bloated(limits.Limits(gained=most // 2), began=0)
    assert not limits.bloated(limits.Limits(gained=most * 2), began=0)


def test_macos_counts_bytes_where_others_count_kibibytes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "_PAGES", Path("nowhere"))
    monkeypatch.setattr(sys, "platform", "linux")
    elsewhere = limits.resident()
    monkeypatch.setattr(sys, "platform", "darwin")
    assert elsewhere / 2048 < limits.resident() < elsewhere / 512


def test_a_worker_gives_back_large_buffers_whatever_was_freed_before() -> None:
    if sys.platform != "linux" or not hasattr(ctypes.CDLL(None), "mallopt"):
        pytest.skip("only the GNU library can be told")
    if (process := os.fork()) == 0:
        code = 1
        try:
            limits.confine(limits.Limits())
            code = int(not _gives_back(2**24))
        finally:
            os._exit(code)
    assert os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]) == 0


def _gives_back(size: int) -> bool:
    """Whether a buffer, behind which small things lie, is given back after a larger one was."""
    bytearray(size * 3 // 2)
    before = limits.resident()
    buffer = bytearray(b"x") * size
    behind = [bytearray(1000) for _ in range(1000)]
    del buffer
    return limits.resident() - before < size // 2 and len(behind) > 0
