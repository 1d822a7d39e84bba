"""A length and the constant it is compared with differ by the frame check sequence: one counts it.

## What it finds
On an Ethernet path, a minimum or maximum where the constant counts the FCS by its name (`ETHER_MAX_LEN`, a
sum with `ETH_FCS_LEN`) or is 1522, and the length is known not to; or the reverse. Frames of the stack and of
peers come without FCS; a length from hardware counts it where the driver takes 4 bytes off before it hands
the frame on.

## Why it matters
The bound is off by 4 bytes. Where it is too narrow, the longest or the shortest legal frames are dropped:
1514 bytes of packet are 1518 with FCS. Where it is too wide, 4 bytes more than intended get through, which
mostly is harmless; that is a note of low confidence.

## Example
    len = rx->status & LENGTH_MASK;             /* with FCS */
    if (len > ETH_FRAME_LEN)                    /* 1514, without: drops frames of 1511 bytes and more */
        return;
    skb_put_data(skb, data, len - ETH_FCS_LEN);

## Fix
Count the FCS on both sides: compare with 1518 (1522 where tagged frames pass), or take it off first.

## Limits
Off by default: it needs `--select fcs-counted-on-one-side`. A bare 1518 or 64 has two readings and says
nothing. A length from hardware is judged by what the driver hands on, and left alone where that is unknown.
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.rules import (
    Finding,
    OneSided,
    Rule,
    RuleContext,
    Severity,
    describe,
    fcs_on_one_side,
    finding,
    ranges,
)  # fmt: skip

RULE = Rule(
    title="FCS counted on one side only",
    message="'{0}' on the path from '{1}' compares a length '{2}' FCS with '{3}', '{4}' FCS: '{5}'.",
    severity=Severity.WARNING,
    since="0.1.0",
    cwe=193,  # Off-by-one Error
    precision="medium",
    default_on=False,
)

BAD = {
    "a receive ring whose length counts the FCS": """\
#include <linux/etherdevice.h>
#include <linux/netdevice.h>

struct slot { u16 size; void *page; };
struct ring { struct net_device *dev; struct slot slots[8]; unsigned int next; };

int ring_receive(struct ring *ring)
{
	struct slot *slot = &ring->slots[ring->next];
	unsigned int size = slot->size;
	struct sk_buff *skb;

	if (size > ETH_FRAME_LEN) { /* expect: fcs-counted-on-one-side 1511..1514 */
		ring->dev->stats.rx_length_errors++;
		return 0;
	}
	skb = netdev_alloc_skb(ring->dev, size - ETH_FCS_LEN);
	if (!skb)
		return 0;
	skb_put_data(skb, slot->page, size - ETH_FCS_LEN);
	skb->protocol = eth_type_trans(skb, ring->dev);
	netif_rx(skb);
	return 1;
}
""",
    "a minimum with FCS for frames without": """\
#include <sys/param.h>
#include <sys/mbuf.h>
#include <net/ethernet.h>
#include <net/if.h>
#include <net/if_var.h>

static int
link_transmit(struct ifnet *ifp, struct mbuf *m)
{
	struct ifnet *next = ifp->if_softc;

	if (m->m_pkthdr.len < ETHER_MIN_LEN) { /* expect: fcs-counted-on-one-side 60..63 */
		m_freem(m);
		return (EINVAL);
	}
	(*next->if_input)(next, m);
	return (0);
}

void
link_attach(struct ifnet *ifp)
{
	ifp->if_transmit = link_transmit;
}
""",
}

GOOD = {
    "a receive ring that counts the FCS on both sides": """\
#include <linux/etherdevice.h>
#include <linux/netdevice.h>

struct slot { u16 size; void *page; };
struct ring { struct net_device *dev; struct slot slots[8]; unsigned int next; };

int ring_receive(struct ring *ring)
{
	struct slot *slot = &ring->slots[ring->next];
	unsigned int size = slot->size;
	struct sk_buff *skb;

	if (size > VLAN_ETH_FRAME_LEN + ETH_FCS_LEN) { /* ok: with FCS on both sides */
		ring->dev->stats.rx_length_errors++;
		return 0;
	}
	skb = netdev_alloc_skb(ring->dev, size - ETH_FCS_LEN);
	if (!skb)
		return 0;
	skb_put_data(skb, slot->page, size - ETH_FCS_LEN);
	skb->protocol = eth_type_trans(skb, ring->dev);
	netif_rx(skb);
	return 1;
}
""",
    "a receive ring that takes the FCS off first": """\
#include <linux/etherdevice.h>
#include <linux/netdevice.h>

struct slot { u16 size; void *page; };
struct ring { struct net_device *dev; struct slot slots[8]; unsigned int next; };

int ring_receive(struct ring *ring)
{
	struct slot *slot = &ring->slots[ring->next];
	unsigned int size = slot->size - ETH_FCS_LEN;
	struct sk_buff *skb;

	if (size > ETH_FRAME_LEN) { /* ok: without FCS on both sides */
		ring->dev->stats.rx_length_errors++;
		return 0;
	}
	skb = netdev_alloc_skb(ring->dev, size);
	if (!skb)
		return 0;
	skb_put_data(skb, slot->page, size);
	skb->protocol = eth_type_trans(skb, ring->dev);
	netif_rx(skb);
	return 1;
}
""",
}


def check(context: RuleContext) -> Iterator[Finding]:
    """One finding per bound whose two sides differ by the FCS."""
    for found in fcs_on_one_side(context):
        first, term = found.decision.first, found.decision.term
        constant = describe(term) if term is not None else str(found.decision.threshold)
        sides = (found.length, constant, found.constant)
        arguments = (str(first.fork.expr), first.entry.function.name, *sides, _effect(found))
        yield finding(context, "fcs-counted-on-one-side", RULE, found.decision, arguments, found.confidence)


def _effect(found: OneSided) -> str:
    losses = found.decision.losses
    return f"frames of {ranges(losses)} bytes are lost" if losses else "4 bytes more than meant get through"
