"""Small C drivers in: the forks and the modes of their length policies."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.policy.running import DROPPED, EITHER, SENT, analysed, entry_of, rows, thresholds
from tests.policy.small_drivers import driver
from tests.policy.test_semantics import SAME_FOR_ALL


def test_one_site_under_two_earlier_decisions_is_two_forks(tmp_path: Path) -> None:
    text, _ = SAME_FOR_ALL["a helper called under two earlier decisions"]
    analysis = analysed(tmp_path, text)
    found = entry_of(analysis).bounds
    sites = {b.threshold: b.fork for b in found if b.kind == "minimum"}

    assert sites.keys() == {34, 1534}
    assert sites[34].at == sites[1534].at
    assert sites[34].earlier != sites[1534].earlier


MODE = "if (port->mode) { if (length < 54) return -1; } else if (length < 14) return -1;"


def test_modes_have_policies_of_their_own(tmp_path: Path) -> None:
    analysis = analysed(tmp_path, driver(MODE))

    assert rows(analysis, mode=("port->mode",))["arp"] == [(0, DROPPED), (54, SENT)]
    assert rows(analysis, mode=("!port->mode",))["arp"] == [(0, DROPPED), (14, SENT)]


def test_a_mode_decides_where_the_short_side_is_mixed(tmp_path: Path) -> None:
    analysis = analysed(tmp_path, driver("if (length < 34 && port->mode) return -1;"))
    (bound,) = {(b.kind, b.threshold, b.mode) for b in entry_of(analysis).bounds}

    assert bound[:2] == ("minimum", 34)
    assert bound[2] is not None
    assert bound[2][0].text == "port->mode"


@pytest.mark.parametrize("test", ["ready(port->fd)", "packet[30]"])
def test_what_is_no_mode_decides_nothing(tmp_path: Path, test: str) -> None:
    """A call's result and frame data are no modes: the short side stays mixed."""
    analysis = analysed(tmp_path, driver(f"if (length < 34 && {test}) return -1;", "int ready(int fd);\n"))

    assert thresholds(analysis) == set()
    assert rows(analysis)["arp"] == [(0, EITHER), (34, SENT)]
