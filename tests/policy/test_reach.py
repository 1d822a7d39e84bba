"""A verdict at a comparison speaks only of the frames that came there."""

from __future__ import annotations

from pathlib import Path

from auditor.model import Confidence
from auditor.pipeline import scan
from auditor.settings import Settings
from tests.policy.small_drivers import driver

SWITCH = """\
switch (packet[12] << 8 | packet[13]) {
case 0x0800:
    if (length < 54) goto refused;
    break;
case 0x86dd:
    if (length < 54) goto refused;
    break;
}
if (0) {
refused:
    return -1;
}
"""


def test_a_check_of_another_class_with_the_same_bound_is_not_blamed(tmp_path: Path) -> None:
    """Both checks ask for 54 and end alike; only the one of IPv4, whose smallest frame has 34, is wrong."""
    text = driver(SWITCH)
    (tmp_path / "driver.c").write_text(text, encoding="utf-8")

    found = scan(Settings(paths=(tmp_path / "driver.c",), min_confidence=Confidence.LOW)).report.findings

    lines = text.splitlines()
    assert [lines[f.at.line - 2].strip() for f in found] == ["case 0x0800:"]
    assert [{loss.frame_class for loss in f.losses} for f in found] == [{"ipv4"}]
