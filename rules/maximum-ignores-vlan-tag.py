"""An Ethernet path drops tagged frames of full size, because its maximum has no room for the 802.1Q tag.

## What it finds
An entry point on an Ethernet (L2) path that lets an untagged frame of 1514 bytes pass and drops, or cuts, a
tagged one of 1518: a maximum of 1514 to 1517 bytes, written as a name (`ETH_FRAME_LEN`), a bare number, or
a sum with the MTU (`mtu + 14`). Where the driver takes the FCS off, the 4 bytes are counted: a maximum of
1518 is then 1514 bytes of frame.

## Why it matters
A tag makes a frame 4 bytes longer: 1518 bytes, 1522 with FCS (IEEE 802.3 clause 3.2.7). The MTU of a VLAN
interface is that of its device, 1500, so that every full-size packet on it is such a frame. Ping works,
small packets pass, and each bulk transfer stalls.

## Example
    if (skb->len > ETH_FRAME_LEN) {     /* 1514: a tagged frame of full size has 1518 */
        dev_kfree_skb(skb);
        return NETDEV_TX_OK;
    }

## Fix
Compare with 1518 (`VLAN_ETH_FRAME_LEN`, or `mtu + VLAN_ETH_HLEN`), and see that buffers and the hardware's
own limit have room for it. A device that cannot carry such frames has to say so: it declares itself
challenged by VLANs, or limits its MTU to 1496.

## Limits
A device that inserts and strips tags itself is not reported: its tags travel beside the frame. That is
known from feature flags and calls in the driver's own files; a driver that sets them in a file that is not
scanned is reported. A limit below 1514 loses untagged frames too and is another fault.
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
    without_room_for_a_tag,
)  # fmt: skip

RULE = Rule(
    title="Maximum without room for an 802.1Q tag",
    message="Tagged frames of '{0}' bytes are '{5}' on the path from '{1}': '{2}' lets '{3}' pass, '{4}'.",
    severity=Severity.WARNING,
    since="0.1.0",
    cwe=1284,  # Improper Validation of Specified Quantity in Input
)

BAD = {
    "an NDIS miniport": """\
#include <ndis.h>

#define HEADER_BYTES 14
#define TAG_BYTES 4

static NDIS_HANDLE MiniportHandle;
static ULONG MtuSize = 1500;

VOID PortSend(NDIS_HANDLE Context, PNET_BUFFER_LIST Lists, NDIS_PORT_NUMBER Port, ULONG Flags)
{
    PNET_BUFFER buffer = NET_BUFFER_LIST_FIRST_NB(Lists);
    ULONG bytes = NET_BUFFER_DATA_LENGTH(buffer);

    if (bytes > HEADER_BYTES + MtuSize) { /* expect: maximum-ignores-vlan-tag 1515..1518 */
        NET_BUFFER_LIST_STATUS(Lists) = NDIS_STATUS_INVALID_LENGTH;
        NdisMSendNetBufferListsComplete(MiniportHandle, Lists, 0);
        return;
    }
    NdisMIndicateReceiveNetBufferLists(MiniportHandle, Lists, Port, 1, 0);
}

NTSTATUS DriverEntry(PDRIVER_OBJECT Driver, PUNICODE_STRING Path)
{
    NDIS_MINIPORT_DRIVER_CHARACTERISTICS handlers = { 0 };

    handlers.SendNetBufferListsHandler = PortSend;
    return NdisMRegisterMiniportDriver(Driver, Path, NULL, &handlers, &MiniportHandle);
}
""",
    "a Linux network device": """\
#include <linux/etherdevice.h>
#include <linux/netdevice.h>

static netdev_tx_t link_xmit(struct sk_buff *skb, struct net_device *dev)
{
	if (skb->len > dev->mtu + ETH_HLEN) { /* expect: maximum-ignores-vlan-tag 1515..1518 */
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
    "an NDIS miniport with room for the tag": """\
#include <ndis.h>

#define HEADER_BYTES 14
#define TAG_BYTES 4

static NDIS_HANDLE MiniportHandle;
static ULONG MtuSize = 1500;

VOID PortSend(NDIS_HANDLE Context, PNET_BUFFER_LIST Lists, NDIS_PORT_NUMBER Port, ULONG Flags)
{
    PNET_BUFFER buffer = NET_BUFFER_LIST_FIRST_NB(Lists);
    ULONG bytes = NET_BUFFER_DATA_LENGTH(buffer);

    if (bytes > HEADER_BYTES + TAG_BYTES + MtuSize) { /* ok: 1518, a tagged frame of full size */
        NET_BUFFER_LIST_STATUS(Lists) = NDIS_STATUS_INVALID_LENGTH;
        NdisMSendNetBufferListsComplete(MiniportHandle, Lists, 0);
        return;
    }
    NdisMIndicateReceiveNetBufferLists(MiniportHandle, Lists, Port, 1, 0);
}

NTSTATUS DriverEntry(PDRIVER_OBJECT Driver, PUNICODE_STRING Path)
{
    NDIS_MINIPORT_DRIVER_CHARACTERISTICS handlers = { 0 };

    handlers.SendNetBufferListsHandler = PortSend;
    return NdisMRegisterMiniportDriver(Driver, Path, NULL, &handlers, &MiniportHandle);
}
""",
    "a Linux network device that exempts tagged frames": """\
#include <linux/etherdevice.h>
#include <linux/netdevice.h>

static netdev_tx_t link_xmit(struct sk_buff *skb, struct net_device *dev)
{
	if (skb->len > dev->mtu + ETH_HLEN &&
	    skb->protocol != htons(ETH_P_8021Q)) { /* ok: tagged frames pass */
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


def check(context: RuleContext) -> Iterator[Finding]:
    """One finding per comparison that untagged frames of full size pass, and tagged ones do not."""
    for found in without_room_for_a_tag(context):
        first, term = found.decision.first, found.decision.term
        allowed = describe(term) if term is not None else str(found.accepted)
        arguments = (
            ranges(found.decision.losses), first.entry.function.name, str(first.fork.expr),
            str(found.accepted), allowed, found.fate,
        )  # fmt: skip
        yield finding(context, "maximum-ignores-vlan-tag", RULE, found.decision, arguments, found.confidence)
