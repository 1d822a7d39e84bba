"""Every driver of ``fixtures/`` is compiled and run: policy, markers and findings must say what happens."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from auditor.model import Confidence
from tests.oracle.build import compiler
from tests.oracle.confirm import false_claims, unconfirmed
from tests.oracle.drivers import DRIVERS, FIXTURES, TELLING, driver, figures
from tests.oracle.exceptions import NOT_RUN, SPARED
from tests.oracle.overreads import unexplained

pytestmark = pytest.mark.skipif(compiler() is None, reason="no C compiler: set CC, or install gcc or clang")

each_driver = pytest.mark.parametrize("path", DRIVERS, ids=lambda p: p.relative_to(FIXTURES).as_posix())


@each_driver
def test_execution_bears_the_scan_out(path: Path, record_property: Callable[[str, object], None]) -> None:
    """One test per driver, so that a worker compiles it once."""
    ran = driver(path, TELLING)
    comparison = ran.comparison
    record_property("oracle", dict(figures(ran)))

    wrong = [d for d in comparison.disagreements if d.kind != "undefined"]
    assert [str(d) for d in wrong] == []
    assert unconfirmed(ran.executed, ran.markers, ran.spared) == []
    assert false_claims(ran.executed, ran.findings, Confidence.HIGH) == []
    assert unexplained(ran.executed, ran.markers) == []
    assert comparison.cells + comparison.closed > 0
    assert comparison.unmatched == 0


def test_what_is_left_out_exists() -> None:
    assert [name for name in (*NOT_RUN, *SPARED) if not (FIXTURES / name).exists()] == []
