"""Every driver of ``fixtures/`` is compiled and run: policy, markers and findings must say what happens."""

from __future__ import annotations

from pathlib import Path

import pytest

from auditor.model import Confidence
from tests.oracle.build import compiler
from tests.oracle.confirm import false_claims, unconfirmed
from tests.oracle.drivers import DRIVERS, FIXTURES, driver

pytestmark = pytest.mark.skipif(compiler() is None, reason="no C compiler: set CC, or install gcc or clang")

PADDING_NOT_SHOWN = frozenset(
    {
        "linux/padto_first.c",
        "plain/padded_after.c",
        "plain/padded_before.c",
        "plain/min_wire_filled.c",
        "sample",
    }
)
"""Drivers whose padded frames the policy shows as handed on; a driver that no longer belongs here fails."""

each_driver = pytest.mark.parametrize("path", DRIVERS, ids=lambda p: p.relative_to(FIXTURES).as_posix())


@each_driver
def test_execution_bears_the_scan_out(path: Path) -> None:
    """One test per driver, so that a worker compiles it once."""
    ran = driver(path)
    comparison = ran.comparison

    wrong = [d for d in comparison.disagreements if d.kind != "undefined"]
    assert [str(d) for d in wrong if d.kind != "padding"] == []
    assert any(d.kind == "padding" for d in wrong) == (
        path.relative_to(FIXTURES).as_posix() in PADDING_NOT_SHOWN
    )
    assert unconfirmed(ran.executed, ran.markers) == []
    assert false_claims(ran.executed, ran.findings, Confidence.HIGH) == []
    assert comparison.cells > 0
    assert comparison.unmatched == 0
