"""How sure a read past a check is, by who makes the frames and what the path does about it."""

from __future__ import annotations

import pytest

from auditor.pipeline import scan
from auditor.settings import Settings

RULE = "header-read-past-check"
XMIT = """\
#include <linux/etherdevice.h>
#include <linux/netdevice.h>
static netdev_tx_t xmit(struct sk_buff *skb, struct net_device *dev)
{
	%s
	netif_rx(skb);
	return NETDEV_TX_OK;
drop:
	dev_kfree_skb(skb);
	return NETDEV_TX_OK;
}
static const struct net_device_ops ops = { .ndo_start_xmit = xmit };
"""
POLLED = """\
#include <linux/etherdevice.h>
#include <linux/netdevice.h>
static int take(struct sk_buff *skb, struct net_device *dev, struct packet_type *type, struct net_device *in)
{
	%s
	netif_rx(skb);
	return 0;
drop:
	dev_kfree_skb(skb);
	return 0;
}
static struct packet_type kind = { .func = take };
"""
MODEL = """\
#include "qemu/osdep.h"
#include "net/net.h"
ssize_t card_store(const uint8_t *frame, size_t bytes);
static ssize_t card_receive(NetClientState *nc, const uint8_t *frame, size_t bytes)
{
	%s
	return card_store(frame, bytes);
drop:
	return 0;
}
static NetClientInfo card_info = { .receive = card_receive };
"""
CASES = {
    "nothing checks what a stack sends": (XMIT, "if (skb->data[23] == 1) goto drop;", ""),
    "a check that is too small": (XMIT, "if (skb->len < 20 || skb->data[23] == 1) goto drop;", "high"),
    "a question whether there is a frame": (XMIT, "if (!skb->len || skb->data[23] == 1) goto drop;", ""),
    "a check that the origin implies": (XMIT, "if (skb->len < 14 || skb->data[23] == 1) goto drop;", "low"),
    "a check that is enough": (XMIT, "if (skb->len < 24 || skb->data[23] == 1) goto drop;", ""),
    "read first, rejected then": (
        XMIT,
        "if (skb->len < 20) goto drop; if (skb->data[23] == 1) dev->mtu++; if (skb->len < 34) goto drop;",
        "low",
    ),
    "a comparison that sorts only": (
        XMIT, "if (skb->len > 20) dev->mtu++; if (skb->data[23] == 1) goto drop;", "",
    ),
    "a null that is used": (
        XMIT, "const u8 *at = skb_header_pointer(skb, 20, 8, NULL); if (at[3] == 1) goto drop;", "high",
    ),
    "a header length that is compared": (
        XMIT, "if (skb->len < 20 || skb->len < skb->data[14] || skb->data[23] == 1) goto drop;", "",
    ),
    "what a peer sends, beyond the Ethernet header": (MODEL, "if (frame[23] == 1) goto drop;", "medium"),
    "what a peer sends, within the Ethernet header": (MODEL, "if (frame[5] == 1) goto drop;", "low"),
    "a pulled header, by its own accessor": (POLLED, "if (eth_hdr(skb)->h_source[5] == 1) goto drop;", ""),
    "behind a pulled header": (POLLED, "if (skb->data[9] == 1) goto drop;", "medium"),
}  # fmt: skip


@pytest.mark.parametrize(("frame", "body", "expected"), CASES.values(), ids=CASES)
def test_confidence(frame, body, expected, tmp_path):
    (tmp_path / "driver.c").write_text(frame % body, encoding="utf-8")
    settings = Settings(paths=(tmp_path,), select=(RULE,), min_confidence="low")

    found = scan(settings).report.findings

    assert [finding.confidence.value for finding in found] == ([expected] if expected else [])


def test_the_proof(tmp_path):
    body = "if (skb->len < 20 || skb->data[23] == 1) goto drop;"
    (tmp_path / "driver.c").write_text(XMIT % body, encoding="utf-8")
    [found] = scan(Settings(paths=(tmp_path,), select=(RULE,))).report.findings

    assert found.threshold == 20
    assert [witness.length for witness in found.witnesses] == [20]
    assert found.path[-1].message == "skb->data[23] reads bytes 23; the frame may end after 20"
    assert any("20 bytes are there for certain" in clause for clause in found.evidence)
