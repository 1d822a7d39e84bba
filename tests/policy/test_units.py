"""Small C drivers in: from which byte their lengths count, by what the sink is given."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.policy.running import LINUX, PLAIN, analysed, entry_of
from tests.policy.small_drivers import driver, found_by_rule


def test_the_unit_is_what_the_sink_is_given(tmp_path: Path) -> None:
    """The descriptor counts the checksum: 38 asked of it are 34 of the frame."""
    text = (
        PLAIN
        + """
struct desc { uint32_t status; uint16_t len; uint8_t *buf; };
int deliver_frame(const uint8_t *frame, size_t len);
void rx_poll(struct port *port, struct desc *desc)
{
    if (desc->len < 38) {
        port->sent++;
        return;
    }
    deliver_frame(desc->buf, desc->len - 4);
}
"""
    )
    bounds = entry_of(analysed(tmp_path, text), "rx_poll").bounds

    assert {(b.threshold, b.shift, b.layer) for b in bounds} == {(38, -4, "L2")}
    assert {threshold for _, threshold, _ in found_by_rule(tmp_path, text)} == {34}


def test_a_shortened_length_moves_the_unit(tmp_path: Path) -> None:
    bounds = entry_of(analysed(tmp_path, driver("if (length < 38) return -1; length -= 4;"))).bounds

    assert {(b.threshold, b.shift) for b in bounds} == {(38, -4)}


@pytest.mark.parametrize("put", ["n - 4", "n"])
def test_the_checksum_of_a_receive_ring(tmp_path: Path, put: str) -> None:
    text = (
        LINUX
        + f"""
struct desc {{ u16 len; void *buf; }};
int rx_poll(struct net_device *dev, struct desc *desc)
{{
	struct sk_buff *skb;
	u16 n = desc->len;
	if (n < 38)
		return 0;
	skb = netdev_alloc_skb(dev, n);
	skb_put_data(skb, desc->buf, {put});
	skb->protocol = eth_type_trans(skb, dev);
	netif_rx(skb);
	return 1;
}}
"""
    )
    bounds = entry_of(analysed(tmp_path, text)).bounds

    assert {(b.kind, b.threshold, b.shift) for b in bounds} == {("minimum", 38, -4 if put == "n - 4" else 0)}


def test_a_path_of_bare_packets_is_told_by_the_version(tmp_path: Path) -> None:
    text = driver(
        "if (packet[0] >> 4 == 4 && length < 20) return -1;"
        " if (packet[0] >> 4 == 6 && length < 40) return -1;"
    )
    policy = entry_of(analysed(tmp_path, text)).policies[0]

    assert policy.layer == "L3"
    assert {r.frame_class: (r.legal_minimum, r.spans[1].low) for r in policy.rows} == {
        "ipv4": (20, 20),
        "ipv6": (40, 40),
    }
