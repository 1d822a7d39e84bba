"""Frames of equal content are paired so that as many arrive as were received, and none is guessed."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as some

from auditor.capture.pairing import Variant, pair

COUNTS = some.integers(0, 3)


def variant(exact: int, length: int, tags: int, sent: int, received: int) -> Variant:
    return Variant(1, exact, 0, length, 1, 2, tags, 0, sent, received, 1, 1)


SOME = some.builds(
    variant, some.integers(), some.sampled_from([20, 30, 60]), some.integers(0, 1), COUNTS, COUNTS
)


@given(some.lists(SOME, min_size=1, max_size=8))
def test_nothing_is_made_up_and_nothing_is_lost_that_may_have_arrived(variants: list[Variant]) -> None:
    pairing = pair(variants)
    sent, received = sum(v.sent for v in variants), sum(v.received for v in variants)
    for v, arrived, undecided in zip(variants, pairing.arrived, pairing.undecided, strict=True):
        assert min(v.sent, v.received) <= arrived <= arrived + undecided <= v.sent
    if not sum(pairing.undecided):
        assert sum(pairing.arrived) == min(sent, received)
        assert sum(pairing.unexpected) == received - sum(pairing.arrived)
    else:
        assert received < sent


def test_equal_lengths_pair_before_padded_ones() -> None:
    """Two sent with a checksum that the adapter fills in; the longer one arrives."""
    sent = [variant(1, 20, 0, 1, 0), variant(2, 60, 0, 1, 0)]
    pairing = pair([*sent, variant(3, 60, 0, 0, 1)])
    assert (pairing.arrived, pairing.padded) == ([0, 1, 0], 0)


def test_very_many_variants_take_little_time() -> None:
    many = [variant(n, 60, 0, n % 2, 1 - n % 2) for n in range(60_000)]
    assert sum(pair(many).arrived) == 30_000
