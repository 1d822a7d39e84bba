"""A header's length field is used as a number before its bytes were swapped.

## What it finds
A length field of a protocol header (IPv4 total length, IPv6 payload length, UDP length, PPPoE length) that is
added, subtracted, ordered, or compared with a frame's length while it still is big-endian. The headers are
known by name, or by the sizes of their members; locals that only ever hold such a field count as it.
`ntohs(field - 20)` is found too: the subtraction comes before the swap. On the path of an entry point, bytes
at the field's place in a frame of the one class that comes there are taken for it, however they are read.

## Why it matters
On a little-endian machine the total length of an 84-byte packet, `00 54`, reads as 21504. A check that
compares it with a buffer's length drops every such packet; one that computes a payload's length from it reads
or copies far beyond the packet. Packets of 257, 514, 771 bytes pass, which hides the fault in a test.

## Example
    if (ip->tot_len > skb->len - ETH_HLEN)          /* 0x0054 is compared as 0x5400 */
        goto drop;

## Fix
Swap first, then compute: `ntohs(ip->tot_len)`, `RtlUshortByteSwap(ip->tot_len)`.

## Limits
A field that some function of the same folder keeps in host byte order (swapped in place, or set without a
swap) is not reported at all, and so is code that sums a checksum. Drivers for big-endian machines alone are
reported, because nothing in the source says so.
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.rules import (
    Finding,
    Rule,
    RuleContext,
    Severity,
    bytes_finding,
    unswapped_bytes,
    unswapped_finding,
    unswapped_lengths,
)

RULE = Rule(
    title="Length field used before its byte swap",
    message=(
        "'{0}' is the '{1}', big-endian as on the wire, and '{2}' takes it for a number before its bytes are "
        "swapped: '{3}' bytes, '{4}' in the frame, read as '{5}' on a little-endian machine."
    ),
    severity=Severity.ERROR,
    since="0.1.0",
    cwe=198,  # Use of Incorrect Byte Ordering
    security=6.5,
)

BAD = {
    "an NDIS miniport": """\
#include <ndis.h>

typedef struct {
    UCHAR VersionAndLength, Service;
    USHORT TotalLength, Identification, Fragment;
    UCHAR TimeToLive, Protocol;
    USHORT Checksum;
    ULONG Source, Destination;
} PACKET_HEADER;

ULONG PortPayload(const PACKET_HEADER *Header, ULONG HeaderBytes)
{
    return Header->TotalLength - HeaderBytes; /* expect: length-byte-order */
}
""",
    "a Linux network device": """\
#include <linux/etherdevice.h>
#include <linux/ip.h>
#include <linux/netdevice.h>

static netdev_tx_t link_xmit(struct sk_buff *skb, struct net_device *dev)
{
	struct iphdr *ip = (struct iphdr *)(skb->data + ETH_HLEN);
	u16 declared = ip->tot_len;

	if (declared > skb->len - ETH_HLEN) { /* expect: length-byte-order */
		dev_kfree_skb(skb);
		return NETDEV_TX_OK;
	}
	netif_rx(skb);
	return NETDEV_TX_OK;
}

static const struct net_device_ops link_ops = {
	.ndo_start_xmit = link_xmit,
};
""",
    "a subtraction inside the swap": """\
#include <netinet/in.h>
#include <netinet/ip.h>
#include <netinet/udp.h>

int udp_payload(const struct udphdr *udp)
{
	return ntohs(udp->uh_ulen - sizeof(struct udphdr)); /* expect: length-byte-order */
}
""",
    "bytes of an IPv4 frame": """\
#include "qemu/osdep.h"
#include "net/net.h"

static ssize_t card_receive(NetClientState *nc, const uint8_t *buf, size_t size)
{
    if (size < 34 || buf[12] != 8 || buf[13] != 0) {
        qemu_send_packet(nc, buf, size);
        return size;
    }
    if (*(const uint16_t *)(buf + 16) + 14 > size) { /* expect: length-byte-order */
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
    "an NDIS miniport that swaps first": """\
#include <ndis.h>

typedef struct {
    UCHAR VersionAndLength, Service;
    USHORT TotalLength, Identification, Fragment;
    UCHAR TimeToLive, Protocol;
    USHORT Checksum;
    ULONG Source, Destination;
} PACKET_HEADER;

ULONG PortPayload(const PACKET_HEADER *Header, ULONG HeaderBytes)
{
    return RtlUshortByteSwap(Header->TotalLength) - HeaderBytes; /* ok: swapped */
}
""",
    "a Linux network device that swaps first": """\
#include <linux/etherdevice.h>
#include <linux/ip.h>
#include <linux/netdevice.h>

static netdev_tx_t link_xmit(struct sk_buff *skb, struct net_device *dev)
{
	struct iphdr *ip = (struct iphdr *)(skb->data + ETH_HLEN);
	__be16 declared = ip->tot_len;

	if (ip->tot_len && declared != htons(40) && ntohs(declared) > skb->len - ETH_HLEN) { /* ok: swapped */
		dev_kfree_skb(skb);
		return NETDEV_TX_OK;
	}
	ip->tot_len = htons(skb->len - ETH_HLEN); /* ok: stored as it has to be */
	netif_rx(skb);
	return NETDEV_TX_OK;
}

static const struct net_device_ops link_ops = {
	.ndo_start_xmit = link_xmit,
};
""",
    "a checksum of the pseudo header": """\
#include <netinet/in.h>
#include <netinet/udp.h>
#include <stdint.h>

uint16_t pseudo_sum(const struct udphdr *udp, uint32_t sum)
{
	sum += udp->uh_ulen; /* ok: a ones' complement sum is the same in either byte order */
	while (sum >> 16)
		sum = (sum & 0xffff) + (sum >> 16);
	return (uint16_t)sum;
}
""",
    "a header that is converted in place": """\
#include <netinet/in.h>
#include <netinet/ip.h>

int payload(struct ip *ip)
{
	ip->ip_len = ntohs(ip->ip_len);
	return ip->ip_len - 20; /* ok: in host byte order by now */
}
""",
}


def check(context: RuleContext) -> Iterator[Finding]:
    """One finding per use of an unswapped length field as a number."""
    for raw in unswapped_bytes(context):
        yield bytes_finding(context, "length-byte-order", RULE, raw)
    for found in unswapped_lengths(context):
        yield unswapped_finding(context, "length-byte-order", RULE, found)
