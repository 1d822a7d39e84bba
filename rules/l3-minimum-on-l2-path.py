"""An Ethernet path drops legal frames that are shorter than a minimum made of IP headers.

## What it finds
An entry point on an Ethernet (L2) path whose enforced minimum is larger than the smallest legal frame of
some frame class, because the minimum counts a header that not every frame has: `Ethernet 14 + IPv4 20 =
34`, written as a sum, a macro, an enum constant or a bare number. The finding stands at the deciding
comparison, the one whose truth differs between the last length that is dropped and the first that is not.

An L4 minimum on an L3 path, and the largest header of several used as the minimum for all, are the same
fault.

## Why it matters
ARP, PPPoE, LLDP, EAPOL and LLC frames are legal without an IP header. On a wire, hardware pads them to 60
bytes and hides the fault; on a virtual link nothing does. A PPPoE IPCP Configure-Ack of 32 bytes is lost
every time, the connection never comes up, and no log says why.

## Example
    if (length < ETHERNET_HEADER + IPV4_HEADER) {   /* 34: also asked of ARP, PPPoE, LLDP ... */
        drop(frame);
        return;
    }

## Fix
Ask only for what every frame on the path has, its Ethernet header; ask for the IPv4 header where the
ethertype has shown that there is one.

## Limits
A minimum that rests on a type whose definition was not found is not reported, since its value is not
known. Where frame bytes are read in a way that is not recognised before the comparison, the check may be
meant for one protocol only, and the finding is of low confidence. A driver of a device without Ethernet
headers is an L3 path, where 20 is right.
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.rules import (
    Finding,
    Rule,
    RuleContext,
    Severity,
    decisions,
    describe,
    finding,
    is_wire_minimum,
    ranges,
)  # fmt: skip

RULE = Rule(
    title="Minimum of a higher layer on an Ethernet path",
    message="Legal frames of '{0}' bytes are dropped on the path from '{1}', because '{2}' asks for '{3}'.",
    severity=Severity.ERROR,
    since="0.1.0",
    cwe=1284,  # Improper Validation of Specified Quantity in Input
    security=4.3,
)

BAD = {
    "a sum in plain C": """\
#include <stddef.h>

#define ETHERNET_BYTES 14
#define IPV4_BYTES 20

int queue_packet(const unsigned char *packet, size_t length);

int link_send(const unsigned char *packet, size_t length)
{
    if (length < ETHERNET_BYTES + IPV4_BYTES) /* expect: l3-minimum-on-l2-path 14..33 */
        return -1;
    return queue_packet(packet, length);
}
""",
    "an NDIS miniport": """\
#include <ndis.h>

#define MAC_BYTES 14
#define MINIMUM_BYTES (MAC_BYTES + 20)

static NDIS_HANDLE MiniportHandle;

VOID PortSend(NDIS_HANDLE Context, PNET_BUFFER_LIST Lists, NDIS_PORT_NUMBER Port, ULONG Flags)
{
    PNET_BUFFER buffer = NET_BUFFER_LIST_FIRST_NB(Lists);

    UNREFERENCED_PARAMETER(Flags);
    if (NET_BUFFER_DATA_LENGTH(buffer) < MINIMUM_BYTES) { /* expect: l3-minimum-on-l2-path 14..33 */
        NET_BUFFER_LIST_STATUS(Lists) = NDIS_STATUS_INVALID_LENGTH;
        NdisMSendNetBufferListsComplete(Context, Lists, 0);
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
#include <linux/ip.h>
#include <linux/netdevice.h>

static netdev_tx_t link_xmit(struct sk_buff *skb, struct net_device *dev)
{
	if (skb->len < ETH_HLEN + sizeof(struct iphdr)) { /* expect: l3-minimum-on-l2-path 14..33 */
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
    "the Ethernet header alone, in plain C": """\
#include <stddef.h>

#define ETHERNET_BYTES 14

int queue_packet(const unsigned char *packet, size_t length);

int link_send(const unsigned char *packet, size_t length)
{
    if (length < ETHERNET_BYTES) /* ok: every Ethernet frame has this header */
        return -1;
    return queue_packet(packet, length);
}
""",
    "an NDIS miniport that only counts": """\
#include <ndis.h>

static NDIS_HANDLE MiniportHandle;
static ULONG ShortFrames;

VOID PortSend(NDIS_HANDLE Context, PNET_BUFFER_LIST Lists, NDIS_PORT_NUMBER Port, ULONG Flags)
{
    PNET_BUFFER buffer = NET_BUFFER_LIST_FIRST_NB(Lists);

    UNREFERENCED_PARAMETER(Context);
    UNREFERENCED_PARAMETER(Flags);
    if (NET_BUFFER_DATA_LENGTH(buffer) < 34) /* ok: counts the frame and hands it on */
        ShortFrames++;
    NdisMIndicateReceiveNetBufferLists(MiniportHandle, Lists, Port, 1, 0);
}

NTSTATUS DriverEntry(PDRIVER_OBJECT Driver, PUNICODE_STRING Path)
{
    NDIS_MINIPORT_DRIVER_CHARACTERISTICS handlers = { 0 };

    handlers.SendNetBufferListsHandler = PortSend;
    return NdisMRegisterMiniportDriver(Driver, Path, NULL, &handlers, &MiniportHandle);
}
""",
    "a Linux network device that asks IPv4 only": """\
#include <linux/etherdevice.h>
#include <linux/ip.h>
#include <linux/netdevice.h>

static netdev_tx_t link_xmit(struct sk_buff *skb, struct net_device *dev)
{
	if (skb->protocol == htons(ETH_P_IP) &&
	    skb->len < ETH_HLEN + sizeof(struct iphdr)) { /* ok: decides IPv4 only, whose legal minimum is 34 */
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
    """One finding per deciding comparison whose minimum is above a class's legal minimum."""
    for found in decisions(context, "minimum"):
        if is_wire_minimum(found):
            continue
        entry, constant = found.first.entry.function.name, found.first.fork.constant
        plain = constant.value if constant is not None else found.threshold
        asked = describe(found.term) if found.term is not None else str(plain)
        arguments = (ranges(found.losses), entry, str(found.first.fork.expr), asked)
        yield finding(context, "l3-minimum-on-l2-path", RULE, found, arguments)
