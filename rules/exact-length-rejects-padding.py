"""A frame is dropped unless it is exactly as long as its IP header says, so that padded frames are lost.

## What it finds
On an Ethernet path, `==` or `!=` between the frame's length (to the end of its buffer) and the sum of its
headers and a length that one of them declares (IPv4 total length, IPv6 payload length, UDP length), where
every frame of another length is dropped.

## Why it matters
Ethernet frames have at least 60 bytes, 64 with FCS. What is shorter is filled up with bytes that no header
counts (IEEE 802.3 clause 4.2.3.3, RFC 894): a TCP acknowledgement of 54 bytes arrives as 60, and the
lengths differ. Bulk data gets through, acknowledgements, pings with little data and keep-alives do not.

## Example
    if (skb->len != ETH_HLEN + ntohs(ip->tot_len))      /* 60 != 14 + 40 */
        goto drop;

## Fix
Drop only frames that are too short (`<`), and cut the rest to the declared length where it matters.

## Limits
Silent where only frames of 60 bytes and more come by, as these carry no padding, and on paths whose frames
have no Ethernet header. Frames that the local stack sends are not padded yet; there the finding is of low
confidence. Padding beyond 60 bytes, as some tunnels and tags leave it, is not looked for.
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.rules import (
    Finding,
    Rule,
    RuleContext,
    Severity,
    comparison_finding,
    exact_lengths,
    padded_frame,
)  # fmt: skip

RULE = Rule(
    title="Exact length rejects padded frames",
    message=(
        "'{0}' drops every frame on the path from '{1}' that is longer than its '{2}' says: with '{3}' "
        "there, the frame has '{4}' bytes and comes padded to '{5}'."
    ),
    severity=Severity.WARNING,
    since="0.1.0",
    cwe=1284,  # Improper Validation of Specified Quantity in Input
)

BAD = {
    "a Linux receive handler": """\
#include <linux/etherdevice.h>
#include <linux/ip.h>
#include <linux/netdevice.h>

static rx_handler_result_t port_handle(struct sk_buff **pskb)
{
	struct sk_buff *skb = *pskb;

	if (skb->protocol == htons(ETH_P_IP)) {
		struct iphdr *ip = (struct iphdr *)skb->data;

		if (skb->len != ntohs(ip->tot_len)) { /* expect: exact-length-rejects-padding */
			kfree_skb(skb);
			return RX_HANDLER_CONSUMED;
		}
	}
	netif_rx(skb);
	return RX_HANDLER_CONSUMED;
}

int port_attach(struct net_device *dev)
{
	return netdev_rx_handler_register(dev, port_handle, NULL);
}
""",
    "an emulated card": """\
#include "qemu/osdep.h"
#include "net/net.h"
#include "net/eth.h"

static ssize_t card_receive(NetClientState *nc, const uint8_t *buf, size_t size)
{
    const struct ip_header *ip = (const struct ip_header *)(buf + 14);

    if (size < 34 || buf[12] != 8 || buf[13] != 0) {
        return -1;
    }
    if (size - 14 != be16_to_cpu(ip->ip_len)) { /* expect: exact-length-rejects-padding */
        return -1;
    }
    qemu_send_packet(nc, buf, size);
    return size;
}

static NetClientInfo card_info = {
    .type = NET_CLIENT_DRIVER_NIC,
    .size = sizeof(NICState),
    .receive = card_receive,
};
""",
}

GOOD = {
    "a Linux receive handler that cuts the padding off": """\
#include <linux/etherdevice.h>
#include <linux/ip.h>
#include <linux/netdevice.h>

static rx_handler_result_t port_handle(struct sk_buff **pskb)
{
	struct sk_buff *skb = *pskb;

	if (skb->protocol == htons(ETH_P_IP)) {
		struct iphdr *ip = (struct iphdr *)skb->data;

		if (skb->len < ntohs(ip->tot_len)) { /* ok: longer ones are padded */
			kfree_skb(skb);
			return RX_HANDLER_CONSUMED;
		}
		if (skb->len != ntohs(ip->tot_len)) /* ok: nothing is dropped */
			skb_trim(skb, ntohs(ip->tot_len));
	}
	netif_rx(skb);
	return RX_HANDLER_CONSUMED;
}

int port_attach(struct net_device *dev)
{
	return netdev_rx_handler_register(dev, port_handle, NULL);
}
""",
    "long frames only": """\
#include "qemu/osdep.h"
#include "net/net.h"
#include "net/eth.h"

static ssize_t card_receive(NetClientState *nc, const uint8_t *buf, size_t size)
{
    const struct ip_header *ip = (const struct ip_header *)(buf + 14);

    if (size <= 282 || buf[12] != 8 || buf[13] != 0) {
        return -1;
    }
    if (size - 14 != be16_to_cpu(ip->ip_len)) { /* ok: frames of this size carry no padding */
        return -1;
    }
    qemu_send_packet(nc, buf, size);
    return size;
}

static NetClientInfo card_info = {
    .type = NET_CLIENT_DRIVER_NIC,
    .size = sizeof(NICState),
    .receive = card_receive,
};
""",
}


def check(context: RuleContext) -> Iterator[Finding]:
    """One finding per comparison that drops padded frames."""
    for found in exact_lengths(context):
        fork, field = found.declared.fork, found.declared.field
        shown = padded_frame(context, field)
        numbers = (str(shown.number), str(shown.number + field.counted_from), str(shown.length))
        arguments = (str(fork.expr), found.analysed.entry.function.name, field.title, *numbers)
        yield comparison_finding(
            context, "exact-length-rejects-padding", RULE, found, arguments, shown.witnesses
        )
