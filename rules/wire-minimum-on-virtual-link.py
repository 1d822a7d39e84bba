"""A path whose frames nothing pads drops frames that are shorter than a wire allows.

## What it finds
An entry point whose enforced minimum is a wire's: 60 bytes without FCS or 64 with it, give or take the 4
bytes of an FCS or a tag, by name (`ETH_ZLEN`) or as a bare number, on a path where nothing has padded the
frames: the receive path of a virtual device (virtio, Xen, VMBus, a USB gadget, netmap, TAP, veth, a PCI
device of a hypervisor), a transmit handler, a packet that a program writes. What shows that the link is
virtual is named in the finding's evidence.

## Why it matters
Only hardware pads a frame to 60 bytes, when it puts the frame on a wire (IEEE 802.3 clause 4.2.8). A
neighbour on a virtual switch sends an ARP request of 42 bytes as 42 bytes. A driver that calls it a runt
drops it, and the two machines never find each other; as soon as a real wire lies between them it works.

## Example
    if (skb->len < ETH_ZLEN) {      /* frames of the other virtual machine are not padded */
        dev->stats.rx_length_errors++;
        kfree_skb(skb);
        return;
    }

## Fix
Ask for the Ethernet header only, 14 bytes. Where the next device needs 60 bytes, pad the frame instead of
dropping it.

## Limits
A receive path of real hardware is not reported: there such a check can never fire. Where no registration,
bus or interface shows a virtual link and only names hint at one, the finding is of low confidence, as it is
where the driver itself pads what it sends, so that its peers may do so too. An emulated device that copies
a rule of the chip that it stands for is right to do so, and has to be marked.
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.rules import (
    Finding,
    Rule,
    RuleContext,
    Severity,
    describe,
    finding,
    ranges,
    wire_minima,
)  # fmt: skip

RULE = Rule(
    title="Wire minimum where nothing pads",
    message="Legal frames of '{0}' bytes are dropped on the path from '{1}', unpadded: '{2}' asks for '{3}'.",
    severity=Severity.ERROR,
    since="0.1.0",
    cwe=1284,  # Improper Validation of Specified Quantity in Input
    security=4.3,
)

BAD = {
    "a netmap port in plain C": """\
#include <stdint.h>
#include <net/netmap_user.h>

#define MIN_FRAME_BYTES 60

int queue_packet(const uint8_t *packet, uint16_t length);

int port_receive(struct nm_desc *port, const uint8_t *packet, uint16_t length)
{
    (void)port;
    if (length < MIN_FRAME_BYTES) /* expect: wire-minimum-on-virtual-link 14..59 */
        return -1;
    return queue_packet(packet, length);
}
""",
    "a Linux transmit handler": """\
#include <linux/etherdevice.h>
#include <linux/netdevice.h>

static netdev_tx_t link_xmit(struct sk_buff *skb, struct net_device *dev)
{
	if (skb->len < ETH_ZLEN) { /* expect: wire-minimum-on-virtual-link 14..59 */
		dev->stats.tx_dropped++;
		dev_kfree_skb(skb);
		return NETDEV_TX_OK;
	}
	skb->protocol = eth_type_trans(skb, dev);
	netif_rx(skb);
	return NETDEV_TX_OK;
}

static const struct net_device_ops link_ops = {
	.ndo_start_xmit = link_xmit,
};
""",
}

GOOD = {
    "the header alone, in plain C": """\
#include <stdint.h>
#include <net/netmap_user.h>

int queue_packet(const uint8_t *packet, uint16_t length);

int port_receive(struct nm_desc *port, const uint8_t *packet, uint16_t length)
{
    (void)port;
    if (length < 14) /* ok: every Ethernet frame has this header */
        return -1;
    return queue_packet(packet, length);
}
""",
    "a Linux transmit handler that pads": """\
#include <linux/etherdevice.h>
#include <linux/netdevice.h>

static netdev_tx_t link_xmit(struct sk_buff *skb, struct net_device *dev)
{
	if (skb->len < ETH_ZLEN && skb_padto(skb, ETH_ZLEN)) /* ok: pads, and drops only without memory */
		return NETDEV_TX_OK;
	skb->protocol = eth_type_trans(skb, dev);
	netif_rx(skb);
	return NETDEV_TX_OK;
}

static const struct net_device_ops link_ops = {
	.ndo_start_xmit = link_xmit,
};
""",
}


def check(context: RuleContext) -> Iterator[Finding]:
    """One finding per comparison that asks unpadded frames for a wire's minimum."""
    for found in wire_minima(context):
        first, term = found.decision.first, found.decision.term
        asked = describe(term) if term is not None else str(found.decision.threshold)
        arguments = (ranges(found.decision.losses), first.entry.function.name, str(first.fork.expr), asked)
        yield finding(
            context, "wire-minimum-on-virtual-link", RULE, found.decision, arguments,
            found.confidence, (found.evidence,),
        )  # fmt: skip
