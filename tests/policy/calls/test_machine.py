"""A driver in; its analysis out, and nothing kept of what made it."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from pathlib import Path

import pytest

from auditor.policy.calls.machine import Machine
from auditor.policy.expressions.evaluate import Evaluator
from tests.policy.running import analysed
from tests.policy.small_drivers import driver

CALLS = "static int least(size_t length) { return length < 34; }\n"


@pytest.fixture
def no_collector() -> Iterator[None]:
    """As in a worker."""
    gc.collect()
    gc.disable()
    yield
    gc.enable()


@pytest.mark.usefixtures("no_collector")
def test_a_run_is_forgotten_without_a_search_for_cycles(tmp_path: Path) -> None:
    analysis = analysed(tmp_path, driver("if (least(length) || least(length)) return -1;", CALLS))
    assert [a.run.explored for a in analysis.entries] == [True]
    assert not [held for held in gc.get_objects() if isinstance(held, (Machine, Evaluator))]
