"""Header bytes are read beyond what the checks on the path guarantee.

## What it finds
A read of frame bytes, by a cast of the data to a header, an index, a copy of known size or a function that
reads headers, on a path that frames can take which end before them:

- a check of the length stands on the path, and it is too small for the read, often because the read was
  moved into a function that has the pointer but no length (high confidence);
- nothing on the path checks the length, and the frames come from a program, a guest or a USB device (high or
  medium), or from the other end of a link made of software (medium; low within the Ethernet header);
- a function is given the length and never looks at it (medium);
- the check is one that these frames pass anyway, such as 14 bytes asked of what a wire has padded to 60, and
  a larger header is read after it (low).

The finding stands at the first such read of a function. Accessors that give null, or fail, for a frame that
is too short count as checks where their result is looked at, and as reads where it is not.

## Why it matters
What lies behind the frame is other memory: the rest of a buffer that held another frame, or no memory at all.
A sender chooses how short the frame is, so it chooses what is read; bytes that are answered or handed on leak
what they held.

## Example
    if (length < ETHERNET_HEADER + IPV6_HEADER)      /* 54 */
        return drop(frame);
    if (is_solicitation(frame->data))                /* reads an ICMPv6 message, up to byte 78 */
        return answer(frame);

## Fix
Ask for the whole header before it is read, or give the length to the function that reads and check it there.

## Limits
Silent where it is not known how long frames are and nothing checks them: most drivers' transmit handlers read
headers of frames that their own system made. Silent, too, behind a check that is not a comparison of the
length with a number (a header's own length field, an unknown function that was given the frame), where the
offset is not known, for headers that were found by the stack (network and transport header accessors), and
for frames whose headers hardware or the stack has read already (checksum offload, segmentation). A header
with options counts as long as it is without them. Where every path finds out afterwards that the frame is
too short, and drops it, the finding is of low confidence.
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.rules import (
    Finding,
    Rule,
    RuleContext,
    Severity,
    overread_finding,
    overreads,
)  # fmt: skip

RULE = Rule(
    title="Header read past the check",
    message="'{0}' reads bytes '{1}' on the path from '{2}', whose frames may end after '{3}' bytes.",
    severity=Severity.ERROR,
    since="0.1.0",
    cwe=125,  # Out-of-bounds Read
    security=6.5,
)

BAD = {
    "a check for the Ethernet header only, in plain C": """\
#include <stddef.h>
#include <stdint.h>

#define ETHERNET_HEADER 14

int queue_packet(const uint8_t *packet, size_t length);
int answer_ping(const uint8_t *packet, size_t length);

int port_receive(const uint8_t *packet, size_t length)
{
    if (length < ETHERNET_HEADER)
        return -1;
    if (packet[12] == 0x08 && packet[13] == 0x00 && packet[23] == 1) /* expect: header-read-past-check */
        return answer_ping(packet, length);
    return queue_packet(packet, length);
}
""",
    "an NDIS miniport whose callee has no length": """\
#include <ndis.h>

#define ETHERNET_HEADER 14
#define IPV6_HEADER 40

typedef struct { UCHAR Type; UCHAR Code; USHORT Checksum; UCHAR Target[16]; } SOLICITATION;

static NDIS_HANDLE MiniportHandle;

static BOOLEAN IsSolicitation(const UCHAR *Data)
{
    const SOLICITATION *message = (const SOLICITATION *)(Data + ETHERNET_HEADER + IPV6_HEADER);

    return message->Type == 135 && message->Code == 0; /* expect: header-read-past-check */
}

VOID PortSend(NDIS_HANDLE Context, PNET_BUFFER_LIST Lists, NDIS_PORT_NUMBER Port, ULONG Flags)
{
    PNET_BUFFER buffer = NET_BUFFER_LIST_FIRST_NB(Lists);
    ULONG bytes = NET_BUFFER_DATA_LENGTH(buffer);
    UCHAR *data = NdisGetDataBuffer(buffer, bytes, NULL, 1, 0);

    if (data == NULL || bytes < ETHERNET_HEADER + IPV6_HEADER || IsSolicitation(data)) {
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
    "a Linux receive handler that pulls too little": """\
#include <linux/etherdevice.h>
#include <linux/ip.h>
#include <linux/netdevice.h>

static netdev_tx_t link_xmit(struct sk_buff *skb, struct net_device *dev)
{
	const struct iphdr *ip;

	if (!pskb_may_pull(skb, ETH_HLEN + 12)) {
		dev_kfree_skb(skb);
		return NETDEV_TX_OK;
	}
	ip = (const struct iphdr *)(skb->data + ETH_HLEN);
	if (ip->daddr == 0) { /* expect: header-read-past-check */
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
    "the header that is read, in plain C": """\
#include <stddef.h>
#include <stdint.h>

#define ETHERNET_HEADER 14
#define IPV4_HEADER 20

int queue_packet(const uint8_t *packet, size_t length);
int answer_ping(const uint8_t *packet, size_t length);

int port_receive(const uint8_t *packet, size_t length)
{
    if (length < ETHERNET_HEADER)
        return -1;
    if (packet[12] == 0x08 && packet[13] == 0x00 && length >= ETHERNET_HEADER + IPV4_HEADER
        && packet[23] == 1) /* ok: asked for before it is read */
        return answer_ping(packet, length);
    return queue_packet(packet, length);
}
""",
    "an accessor that says when a frame is too short": """\
#include <linux/etherdevice.h>
#include <linux/ip.h>
#include <linux/netdevice.h>

static netdev_tx_t link_xmit(struct sk_buff *skb, struct net_device *dev)
{
	struct iphdr room;
	const struct iphdr *ip = skb_header_pointer(skb, ETH_HLEN, sizeof(room), &room);

	if (ip && ip->daddr == 0) { /* ok: null when the frame is shorter */
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
    """One finding per function and check that is too small for what the function reads."""
    for found in overreads(context):
        yield overread_finding(context, "header-read-past-check", RULE, found)
