"""The answer to "where is 34?": each comparison with its sum, and what it decides."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from auditor.constants import where
from auditor.pipeline import read_policies
from auditor.report.sites import render
from auditor.settings import Settings

DRIVER = """\
#include <linux/etherdevice.h>
#include <linux/ip.h>
#include <linux/netdevice.h>

#define LINK ETH_HLEN
#define NET sizeof(struct iphdr)

int link_mode;

static int classify(struct sk_buff *skb)
{
	if (skb->len < LATE) /* late */
		return 0;
	return 1;
}

static int unused(unsigned int number)
{
	return number < LINK + NET; /* unused */
}

static netdev_tx_t link_xmit(struct sk_buff *skb, struct net_device *dev)
{
	if (skb->len > 33) /* counted */
		dev->stats.tx_packets++;
	if (CONDITION) { /* check */
		dev_kfree_skb(skb);
		return NETDEV_TX_OK;
	}
	if (!classify(skb)) {
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
"""


@pytest.fixture
def answer(tmp_path):
    """What ``where 34`` says of a driver with this condition, by the comment on the comparison's line."""

    def ask(condition, late="LINK + NET"):
        text = DRIVER.replace("CONDITION", condition).replace("LATE", late)
        (tmp_path / "link.c").write_text(text, encoding="utf-8")
        read, analysis = read_policies(Settings(paths=(tmp_path,)))
        sites = where(read.program, read.constants, 34)
        found = {}
        for site in sites:
            comment = text.splitlines()[site.at.line - 1].partition("/* ")[2].partition(" */")[0]
            found[comment] = render(34, [site], analysis, read.program, 200)
        return found

    return ask


def test_the_first_check_decides_and_the_later_one_sees_no_short_frame(answer):
    said = answer("skb->len < LINK + NET")
    assert "DECIDES A DROP, always: 0..33 bytes of every class, entering at link_xmit" in said["check"]
    check = next(n for n, line in enumerate(DRIVER.splitlines(), 1) if "/* check */" in line)
    kept = f"no frame of less than 34 bytes that enters at link_xmit gets here, link.c:{check} drops them all"
    assert kept in said["late"]


def test_without_the_first_check_the_later_one_decides(answer):
    said = answer("skb->len < LINK")
    assert "check" not in said
    assert "DECIDES A DROP, always: 14..33 bytes of every class, entering at link_xmit" in said["late"]


def test_what_only_counts_and_what_nobody_calls_decides_nothing(answer):
    said = answer("skb->len < LINK")
    assert "decides nothing: no length that enters at link_xmit is dropped by it alone" in said["counted"]
    assert "decides nothing: no entry point leads to it" in said["unused"]


def test_of_two_checks_the_one_that_the_other_repeats_under_a_condition_decides(answer):
    said = answer("dev->mtu == 900 && skb->len < LINK + NET")
    assert "DECIDES A DROP, always: 0..33 bytes" in said["late"]
    assert "decides nothing: no length that enters at link_xmit is dropped by it alone" in said["check"]


def test_a_check_that_one_mode_has_says_when(answer):
    said = answer("link_mode == 2 && skb->len < LINK + NET", late="34 - 34")
    assert "DECIDES A DROP, when link_mode == 2: 0..33 bytes of every class" in said["check"]


def test_each_site_shows_its_sum(answer):
    text = answer("skb->len < LINK + NET")["check"]
    assert text.startswith("1 comparison with the threshold 34\n\nlink.c:")
    assert "\n  34 = " in text


def test_none():
    assert render(35, [], SimpleNamespace(entries=()), None) == "0 comparisons with the threshold 35\n"
