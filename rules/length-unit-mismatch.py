"""Lengths are compared that start at different headers: one counts the Ethernet header, the other does not.

## What it finds
On an Ethernet path, an ordering of the frame's length and another length, where the two start 14 bytes apart
and frames are turned away because of it:

- the frame's length from the IP header on (the Ethernet header was pulled, or subtracted) against a sum of
  headers that has the link header in it;
- the frame's length from the Ethernet header on against a length that the IP header declares, or against the
  IP header's own length;
- a whole frame against the bare MTU, which counts an Ethernet frame's data only.

Where a length starts is followed along the path: pulls, pushes and subtractions move it, across calls.

## Why it matters
The frame is taken for 14 bytes shorter or longer than it is. Small or full-size packets that are right are
dropped, or short ones pass whose last bytes were never received. Both look like a protocol that almost works.

## Example
    dev->d_len -= NET_LL_HDRLEN(dev);                       /* from here on: from the IP header on */
    ...
    if (dev->d_len < NET_LL_HDRLEN(dev) + iphdrlen + 8)     /* 28 < 14 + 20 + 8: all IGMP is dropped */

## Fix
Count both sides from the same header: leave the link header out of the sum, or add it to the MTU.

## Limits
Only lengths whose start is known take part: from the platform's roles and calls, named headers, and header
fields. A limit that is 14 bytes too large loses nothing and is not reported; a check that lets frames pass
that are 14 bytes too short is of medium confidence at most. Where no drop can be seen, and the frames only
leave the function early, the finding is of medium confidence.
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.rules import (
    L2,
    BareMtu,
    Finding,
    Mismatch,
    Rule,
    RuleContext,
    Severity,
    against_bare_mtu,
    finding,
    mismatch_finding,
    mismatches,
    ranges,
)  # fmt: skip

RULE = Rule(
    title="Lengths of different units compared",
    message="'{0}' on the path from '{1}' compares '{2}' with '{3}', '{4}' bytes apart: '{5}'.",
    severity=Severity.ERROR,
    since="0.1.0",
    cwe=1284,  # Improper Validation of Specified Quantity in Input
)

BAD = {
    "a network stack whose length changes its unit": """\
#include <nuttx/net/netdev.h>
#include <nuttx/net/ip.h>
#include <nuttx/net/igmp.h>

static void group_input(struct net_driver_s *dev)
{
  struct ipv4_hdr_s *ipv4 = IPv4BUF;
  uint16_t header = (ipv4->vhl & IPv4_HLMASK) << 2;

  if (dev->d_len < NET_LL_HDRLEN(dev) + header + IGMP_HDRLEN) /* expect: length-unit-mismatch */
    {
      goto drop;
    }

  group_handle(dev, IPBUF(header));

drop:
  dev->d_len = 0;
}

int ipv4_input(struct net_driver_s *dev)
{
  struct ipv4_hdr_s *ipv4 = IPv4BUF;

  dev->d_len -= NET_LL_HDRLEN(dev);
  if (ipv4->proto == IP_PROTO_IGMP)
    {
      group_input(dev);
    }

  return OK;
}
""",
    "a whole frame against the MTU": """\
#include <linux/etherdevice.h>
#include <linux/netdevice.h>

static netdev_tx_t link_xmit(struct sk_buff *skb, struct net_device *dev)
{
	if (skb->len > dev->mtu) { /* expect: length-unit-mismatch 1501..1518 */
		dev->stats.tx_dropped++;
		dev_kfree_skb(skb);
		return NETDEV_TX_OK;
	}
	dev_queue_xmit(skb);
	return NETDEV_TX_OK;
}

static const struct net_device_ops link_ops = {
	.ndo_start_xmit = link_xmit,
};
""",
}

GOOD = {
    "a network stack that counts from the IP header on": """\
#include <nuttx/net/netdev.h>
#include <nuttx/net/ip.h>
#include <nuttx/net/igmp.h>

static void group_input(struct net_driver_s *dev)
{
  struct ipv4_hdr_s *ipv4 = IPv4BUF;
  uint16_t header = (ipv4->vhl & IPv4_HLMASK) << 2;

  if (dev->d_len < header + IGMP_HDRLEN) /* ok: both from the IP header on */
    {
      goto drop;
    }

  group_handle(dev, IPBUF(header));

drop:
  dev->d_len = 0;
}

int ipv4_input(struct net_driver_s *dev)
{
  struct ipv4_hdr_s *ipv4 = IPv4BUF;

  dev->d_len -= NET_LL_HDRLEN(dev);
  if (ipv4->proto == IP_PROTO_IGMP)
    {
      group_input(dev);
    }

  return OK;
}
""",
    "the MTU and both headers of a tagged frame": """\
#include <linux/etherdevice.h>
#include <linux/if_vlan.h>
#include <linux/netdevice.h>

static netdev_tx_t link_xmit(struct sk_buff *skb, struct net_device *dev)
{
	if (skb->len > dev->mtu + VLAN_ETH_HLEN) { /* ok: both from the Ethernet header on */
		dev->stats.tx_dropped++;
		dev_kfree_skb(skb);
		return NETDEV_TX_OK;
	}
	dev_queue_xmit(skb);
	return NETDEV_TX_OK;
}

static const struct net_device_ops link_ops = {
	.ndo_start_xmit = link_xmit,
};
""",
}


def check(context: RuleContext) -> Iterator[Finding]:
    """One finding per comparison of lengths with different starts."""
    for found in mismatches(context):
        yield _mismatch(context, found)
    for limit in against_bare_mtu(context):
        yield _bare_mtu(context, limit)


def _mismatch(context: RuleContext, found: Mismatch) -> Finding:
    gap = found.gap
    arguments = (
        str(gap.fork.expr), found.entry.function.name, gap.length, gap.other, str(abs(gap.bytes)),
        "frames that are long enough are lost" if found.strict else "frames that are too short pass",
    )  # fmt: skip
    return mismatch_finding(context, "length-unit-mismatch", RULE, found, arguments)


def _bare_mtu(context: RuleContext, found: BareMtu) -> Finding:
    first = found.decision.first
    arguments = (
        str(first.fork.expr), first.entry.function.name, f"the frame's length {L2}",
        f"{found.limit}, which counts from the IP header on (L3)", "14",
        f"frames of {ranges(found.decision.losses)} bytes are lost",
    )  # fmt: skip
    return finding(context, "length-unit-mismatch", RULE, found.decision, arguments, found.confidence)
