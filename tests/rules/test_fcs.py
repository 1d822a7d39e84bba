"""Whether a constant counts the frame check sequence: by the names in it, not by a bare number."""

from __future__ import annotations

import pytest

from auditor.model import Term
from auditor.rules.fcs import constant_counts


def named(text, value, layer):
    return Term(text=text, value=value, kind="macro", layer=layer)


def bare(value):
    return Term(text=str(value), value=value, kind="literal")


def total(*parts):
    value = sum(part.value or 0 for part in parts)
    return Term(text="sum", value=value, kind="operator", operator="+", parts=parts)


CONSTANTS = {
    "none": (None, ""),
    "named with FCS": (named("ETHER_MAX_LEN", 1518, "L2+FCS"), "with"),
    "named without": (named("ETH_FRAME_LEN", 1514, "L2"), "without"),
    "a sum with the FCS": (
        total(named("ETH_FRAME_LEN", 1514, "L2"), named("ETH_FCS_LEN", 4, "L2+FCS")),
        "with",
    ),
    "a sum without": (total(named("ETH_HLEN", 14, "L2"), named("ETH_DATA_LEN", 1500, "L3")), "without"),
    "bare 1518, tagged or with FCS": (bare(1518), ""),
    "bare 1522, tagged and with FCS": (bare(1522), "with"),
    "a stubbed type": (Term(text="x", value=64, kind="macro", layer="L2+FCS", status="tainted"), ""),
}


@pytest.mark.parametrize(("term", "expected"), CONSTANTS.values(), ids=CONSTANTS.keys())
def test_what_a_constant_counts(term, expected):
    assert constant_counts(term) == expected
