"""How sure a lost frame makes a finding, by what its minimum is made of."""

from __future__ import annotations

import pytest

from auditor.model import Confidence
from auditor.pipeline import scan
from auditor.settings import Settings

DRIVER = """
#include <linux/etherdevice.h>
#include <linux/netdevice.h>
static netdev_tx_t link_xmit(struct sk_buff *skb, struct net_device *dev)
{{
	if (skb->len < {minimum}) {{
		dev_kfree_skb(skb);
		return NETDEV_TX_OK;
	}}
	netif_rx(skb);
	return NETDEV_TX_OK;
}}
static const struct net_device_ops link_ops = {{ .ndo_start_xmit = link_xmit }};
"""
SURE = {
    "ETH_HLEN + 20": Confidence.HIGH,
    "34": Confidence.HIGH,  # reads as Ethernet and IPv4 headers
    "24": Confidence.LOW,  # reads as nothing: an 802.11 header has 24 bytes
}


@pytest.mark.parametrize(("minimum", "confidence"), SURE.items(), ids=SURE)
def test_a_bare_number_that_is_no_header_is_of_low_confidence(tmp_path, minimum, confidence):
    file = tmp_path / "driver.c"
    file.write_text(DRIVER.format(minimum=minimum), encoding="utf-8")
    (found,) = scan(Settings(paths=(file,), min_confidence=Confidence.LOW)).report.findings

    assert (found.rule, found.confidence) == ("l3-minimum-on-l2-path", confidence)
