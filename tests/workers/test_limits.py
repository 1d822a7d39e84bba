"""A process in; how much memory it holds out, on systems that say it now and on those that say the most."""

from __future__ import annotations

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
