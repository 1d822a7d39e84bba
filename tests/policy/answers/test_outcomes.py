"""Small C drivers in: what becomes of a frame, and how sure that is."""

from __future__ import annotations

from pathlib import Path

from auditor.model import Confidence, Outcome
from tests.policy.running import (
    DROPPED,
    LINUX,
    PLAIN,
    SENT,
    XMIT,
    analysed,
    entry_of,
    minima,
    rows,
    thresholds,
)
from tests.policy.small_drivers import DROP, FROM_34, driver, found_by_rule, xmit


def outcomes(folder: Path, text: str, length: int) -> set[str]:
    found = analysed(folder, text)
    policies = entry_of(found).policies
    return {
        o for p in policies for r in p.rows for s in r.spans if s.low <= length <= s.high for o in s.outcomes
    }


def test_an_unknown_call_blocks_the_drop(tmp_path: Path) -> None:
    """It is given the frame and may do anything with it, unless a failure is returned after it."""
    text = (
        PLAIN
        + """
void inspect_it(const uint8_t *packet);
void send_packet(struct port *port, const uint8_t *packet, size_t length)
{
    if (length < 34) {
        inspect_it(packet);
        return;
    }
    send(port->fd, packet, length, 0);
}
"""
    )
    assert outcomes(tmp_path, text, 20) == {Outcome.UNKNOWN}
    assert thresholds(analysed(tmp_path, text)) == set()


def test_a_free_ends_the_doubt(tmp_path: Path) -> None:
    text = (
        PLAIN
        + """
void inspect_it(const uint8_t *packet);
void send_packet(struct port *port, uint8_t *packet, size_t length)
{
    if (length < 34) {
        inspect_it(packet);
        free(packet);
        return;
    }
    send(port->fd, packet, length, 0);
    free(packet);
}
"""
    )
    assert outcomes(tmp_path, text, 20) == {Outcome.DROPPED}
    assert outcomes(tmp_path, text, 200) == {Outcome.HANDED_ON}


def test_a_call_that_is_followed_by_a_free_was_a_borrow(tmp_path: Path) -> None:
    text = xmit(f"push_frame(skb); if (skb->len < 34) {DROP}", "int push_frame(struct sk_buff *skb);\n")

    assert rows(analysed(tmp_path, text))["arp"] == FROM_34


def test_bytes_given_with_their_number_are_used_up(tmp_path: Path) -> None:
    """A buffer that is freed after its bytes were given away is no frame lost."""
    text = (
        PLAIN
        + """
int push_packet(const uint8_t *packet, size_t length);
void send_packet(struct port *port, uint8_t *packet, size_t length)
{
    if (length < 34)
        push_packet(packet, length);
    free(packet);
}
"""
    )
    assert rows(analysed(tmp_path, text))["arp"] == [(0, SENT), (34, DROPPED)]


def test_answered_frames_are_not_lost(tmp_path: Path) -> None:
    """On Linux a fresh frame that goes to the stack out of the transmit handler answers the one that came."""
    text = (
        LINUX
        + """
static netdev_tx_t xmit(struct sk_buff *skb, struct net_device *dev)
{
	struct sk_buff *reply;
	if (skb->protocol == htons(ETH_P_ARP)) {
		if (skb->len != 42)
			goto drop;
		reply = netdev_alloc_skb(dev, 42);
		if (!reply)
			goto drop;
		skb_put(reply, 42);
		netif_rx(reply);
		goto drop;
	}
	dev_queue_xmit(skb);
	return NETDEV_TX_OK;
drop:
	dev_kfree_skb(skb);
	return NETDEV_TX_OK;
}
"""
        + XMIT
    )
    assert rows(analysed(tmp_path, text))["arp"] == [(0, DROPPED), (42, "answered"), (43, DROPPED)]


def test_without_any_sink_the_return_value_speaks(tmp_path: Path) -> None:
    text = PLAIN + "bool check_packet(const uint8_t *packet, size_t length)\n{\n    return length >= 34;\n}\n"

    assert set(minima(analysed(tmp_path, text)).values()) == {34}
    assert [c for c, _, _ in found_by_rule(tmp_path, text)] == [Confidence.LOW]


def test_frames_from_a_wire_are_padded_by_it(tmp_path: Path) -> None:
    text = (
        LINUX
        + """
static int fixup(struct usbnet *dev, struct sk_buff *skb)
{
	return skb->len >= ETH_HLEN + sizeof(struct iphdr);
}
static const struct driver_info info = { .rx_fixup = fixup };
"""
    )
    assert [c for c, _, _ in found_by_rule(tmp_path, text)] == [Confidence.LOW]


def test_no_finding_rests_on_a_size_that_is_not_known(tmp_path: Path) -> None:
    text = '#include "nowhere.h"\n' + driver("if (length < sizeof(struct nowhere_header) + 20) return -1;")

    assert found_by_rule(tmp_path, text) == []
