"""The answer to "where is 34?": each comparison with its sum, and what it decides."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from auditor.constants import Site
from auditor.report.sites import render
from tests.report import made

AT = made.place(7, 6, 38)


def site(at=AT, **more):
    return Site(
        at=at, function="frame_ok", text="f->length < LINK_SIZE + NET_SIZE", subject="f->length",
        operator="<", bound=34, threshold=34, term=made.constant(), **more,
    )  # fmt: skip


def bound(title="other", low=14, high=33):
    """What ``render`` reads of an enforced bound."""
    return SimpleNamespace(
        fork=SimpleNamespace(at=AT), entry=SimpleNamespace(function=SimpleNamespace(name="device_send")),
        frame_class=SimpleNamespace(title=title), low=low, high=high, shift=0, mode=None,
    )  # fmt: skip


def test_a_deciding_comparison_names_entry_lengths_and_classes():
    text = render(34, [site()], [bound(), bound("LLC"), bound("ARP", 14, 20)])
    assert text.startswith("1 comparison with the threshold 34\n\nsrc/send.c:7:6 in frame_ok\n")
    assert "34 = LINK_SIZE 14 [L2] + NET_SIZE 20 [L3]" in text
    assert "decides a drop in device_send: 14..33 bytes of other, LLC\n" in text
    assert "decides a drop in device_send: 14..20 bytes of ARP\n" in text


@pytest.mark.parametrize(
    ("one", "bounds", "verdict"),
    [
        pytest.param(site(is_assert=True), [], "an assertion: decides no drop", id="assertion"),
        pytest.param(site(made.place(9)), [bound()], "decides no drop", id="elsewhere"),
    ],
)
def test_others_decide_nothing(one, bounds, verdict):
    assert render(34, [one], bounds).splitlines()[-1].strip() == verdict


def test_none():
    assert render(35, [], []) == "0 comparisons with the threshold 35\n"
