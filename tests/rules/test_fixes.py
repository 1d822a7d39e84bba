"""A driver with a wrong limit in; the change that is suggested for it, in the words of the driver, out."""

from __future__ import annotations

from pathlib import Path

import pytest

from auditor.model import Confidence, Finding, Fix
from auditor.pipeline import scan
from auditor.settings import Settings

HEAD = """\
#include <linux/etherdevice.h>
#include <linux/if_vlan.h>
#include <linux/ip.h>
#include <linux/netdevice.h>
#define LEAST (ETH_HLEN + 20)
#define TOO_SHORT(n) ((n) < LEAST)
struct link { unsigned least; };
static netdev_tx_t link_xmit(struct sk_buff *skb, struct net_device *dev)
{
	struct link *link = netdev_priv(dev);
	int least = link->least;
"""
TAIL = """
	{
		dev_kfree_skb(skb);
		return NETDEV_TX_OK;
	}
	netif_rx(skb);
	return NETDEV_TX_OK;
}
void link_setup(struct link *link) { link->least = 34; }
static const struct net_device_ops link_ops = { .ndo_start_xmit = link_xmit };
"""


def found(tmp_path: Path, code: str, rule: str, tail: str = TAIL) -> Finding:
    file = tmp_path / "driver.c"
    file.write_text(HEAD + code + tail, encoding="utf-8")
    settings = Settings(paths=(file,), min_confidence=Confidence.LOW, select=(rule,))
    (one,) = scan(settings).report.findings
    return one


def changed(code: str, fix: Fix) -> str:
    """``code``, which stands below ``HEAD``, with the edits made."""
    lines = (HEAD + code).splitlines()
    for edit in sorted(fix.edits, key=lambda edit: edit.at, reverse=True):
        line = lines[edit.at.line - 1]
        lines[edit.at.line - 1] = line[: edit.at.column - 1] + edit.text + line[edit.at.end_column - 1 :]
    return "\n".join(lines[len(HEAD.splitlines()) :])


MINIMA = {
    "a sum": ("if (skb->len < ETH_HLEN + 20)", "if (skb->len < ETH_HLEN)"),
    "the other way round": ("if (ETH_HLEN + 20 > skb->len)", "if (ETH_HLEN > skb->len)"),
    "in the other order": ("if (skb->len < 20 + ETH_HLEN)", "if (skb->len < ETH_HLEN)"),
    "a figure": ("if (skb->len < 34)", "if (skb->len < 14)"),
    "a figure and what else": ("if (skb->len < 34 || !dev)", "if (skb->len < 14 || !dev)"),
    "with the limit lost": ("if (skb->len <= 33)", "if (skb->len < 14)"),
    "the other way round with the limit lost": ("if (33 >= skb->len)", "if (14 > skb->len)"),
    "the right ones": ("if (!(skb->len >= 34))", "if (!(skb->len >= 14))"),
    "the right ones without the limit": ("if (!(skb->len > 33))", "if (!(skb->len >= 14))"),
    "in brackets": ("if (skb->len < (ETH_HLEN + 20))", "if (skb->len < ETH_HLEN)"),
    "in two": ("if (skb->len < ((ETH_HLEN + 20)))", "if (skb->len < ETH_HLEN)"),
    "in blanks": ("if (skb->len < ( ETH_HLEN + 20 ))", "if (skb->len < ETH_HLEN)"),
    "converted": ("if (skb->len < (unsigned)(ETH_HLEN + 20))", "if (skb->len < ETH_HLEN)"),
    "by sizes": (
        "if (skb->len < sizeof(struct ethhdr) + sizeof(struct iphdr))",
        "if (skb->len < sizeof(struct ethhdr))"),
    "by a macro": ("if (skb->len < LEAST)", "if (skb->len < ETH_HLEN)"),
    "by a variable": (
        "least = 34;\n\tif (skb->len < least)",
        "least = 34;\n\tif (skb->len < 14)"),
    "of one protocol": (
        "if (skb->protocol == htons(ETH_P_ARP) && skb->len < 54)",
        "if (skb->protocol == htons(ETH_P_ARP) && skb->len < 42)"),
    "of one protocol, by one byte": (
        "if (skb->protocol == htons(ETH_P_ARP) && skb->len <= 42)",
        "if (skb->protocol == htons(ETH_P_ARP) && skb->len < 42)"),
}  # fmt: skip


@pytest.mark.parametrize(("code", "after"), MINIMA.values(), ids=MINIMA)
def test_a_minimum_asks_for_what_every_lost_frame_has(code: str, after: str, tmp_path: Path) -> None:
    (fix,) = found(tmp_path, code, "l3-minimum-on-l2-path").fixes
    assert changed(code, fix) == after


LEFT_ALONE = {
    "in a macro": "if (TOO_SHORT(skb->len))",
    "of a part of the length": "if (skb->len - ETH_HLEN < 20)",
    "by a member that somebody else sets": "if (skb->len < link->least)",
    "over two lines": "if (skb->len < ETH_HLEN +\n\t    20)",
}


@pytest.mark.parametrize("code", LEFT_ALONE.values(), ids=LEFT_ALONE)
def test_a_comparison_of_another_form_is_left_alone(code: str, tmp_path: Path) -> None:
    assert found(tmp_path, code, "l3-minimum-on-l2-path").fixes == ()


MAXIMA = {
    "a name": ("if (skb->len > ETH_FRAME_LEN)", "if (skb->len > ETH_FRAME_LEN + 4)"),
    "a figure": ("if (skb->len > 1514)", "if (skb->len > 1514 + 4)"),
    "a sum": ("if (skb->len > ETH_HLEN + 1500)", "if (skb->len > ETH_HLEN + 1500 + 4)"),
    "the other way round": ("if (1514 < skb->len)", "if (1514 + 4 < skb->len)"),
    "the tag's name, where it is known": (
        "int tag = VLAN_HLEN;\n\tif (skb->len > 1514 || !tag)",
        "int tag = VLAN_HLEN;\n\tif (skb->len > 1514 + VLAN_HLEN || !tag)"),
    "by one byte": ("if (skb->len >= 1518)", "if (skb->len > 1518)"),
    "the right ones": ("if (!(skb->len <= 1514))", "if (!(skb->len <= 1514 + 4))"),
    "the right ones, by one byte": ("if (!(skb->len < 1518))", "if (!(skb->len <= 1518))"),
}  # fmt: skip


@pytest.mark.parametrize(("code", "after"), MAXIMA.values(), ids=MAXIMA)
def test_a_maximum_leaves_room_for_the_tag(code: str, after: str, tmp_path: Path) -> None:
    (fix,) = found(tmp_path, code, "maximum-ignores-vlan-tag").fixes
    assert changed(code, fix) == after


def test_a_maximum_that_lacks_something_else_is_left_alone(tmp_path: Path) -> None:
    assert found(tmp_path, "if (skb->len > 1516)", "maximum-ignores-vlan-tag").fixes == ()


COMMENTS = {
    "above": ("/* an IP header at least */\n\tif (skb->len < 34)", 1),
    "above a blank line": ("/* an IP header at least */\n\n\tif (skb->len < 34)", 1),
    "of C++": ("// an IP header at least\n\tif (skb->len < 34)", 1),
    "above something else": ("/* an IP header at least */\n\tint x;\n\tif (skb->len < 34)", 0),
    "beside something else": ("int x; /* a number */ int y;\n\tif (skb->len < 34)", 0),
}


@pytest.mark.parametrize(("code", "number"), COMMENTS.values(), ids=COMMENTS)
def test_the_comment_above_is_named(code: str, number: int, tmp_path: Path) -> None:
    (fix,) = found(tmp_path, code, "l3-minimum-on-l2-path").fixes
    said = [f"The comment may speak of the old limit: {code.splitlines()[0]}"] * number
    assert [related.message for related in fix.see] == said
    first = len(HEAD.splitlines()) + 1
    assert [(related.at.line, related.at.column) for related in fix.see] == [(first, 1)] * number


LET_THROUGH = {
    "a minimum": ("if (skb->len < 34)", "l3-minimum-on-l2-path", (14, 33)),
    "a minimum with the limit lost": ("if (skb->len <= 33)", "l3-minimum-on-l2-path", (14, 33)),
    "a maximum": ("if (skb->len > 1514)", "maximum-ignores-vlan-tag", (1515, 1518)),
    "a maximum, by one byte": ("if (skb->len >= 1518)", "maximum-ignores-vlan-tag", (1518, 1518)),
}


@pytest.mark.parametrize(("code", "rule", "lengths"), LET_THROUGH.values(), ids=LET_THROUGH)
def test_the_lengths_that_are_let_through(
    code: str, rule: str, lengths: tuple[int, int], tmp_path: Path
) -> None:
    (fix,) = found(tmp_path, code, rule).fixes
    assert (fix.low, fix.high) == lengths


MINIMUM, MAXIMUM = "l3-minimum-on-l2-path", "maximum-ignores-vlan-tag"
OF_ARP = "if (skb->protocol == htons(ETH_P_ARP) && skb->len %s)"
SAID = {
    "the Ethernet header": ("if (skb->len < 34)", MINIMUM, "ask only for the Ethernet header: 14"),
    "by its name": ("if (skb->len < LEAST)", MINIMUM, "ask only for the Ethernet header: ETH_HLEN"),
    "what one protocol needs": (OF_ARP % "< 54", MINIMUM, "ask only for what ARP needs: 42"),
    "a byte": (OF_ARP % "<= 42", MINIMUM, "let frames of 42 bytes pass"),
    "a tag": ("if (skb->len > 1514)", MAXIMUM, "leave room for the 802.1Q tag: + 4"),
    "a byte of a tag": ("if (skb->len >= 1518)", MAXIMUM, "let frames of 1518 bytes pass"),
}


@pytest.mark.parametrize(("code", "rule", "words"), SAID.values(), ids=SAID)
def test_what_the_change_does_in_words(code: str, rule: str, words: str, tmp_path: Path) -> None:
    assert [fix.description for fix in found(tmp_path, code, rule).fixes] == [words]


ASSERTED = """\
#include <assert.h>
#include <linux/if_ether.h>
#include <stddef.h>
#include <stdint.h>
#include <unistd.h>
int send_frame(const uint8_t *frame, size_t len)
{
	/* what IP needs */
	assert(len >= 34);
	if (len < 34)
		return -1;
	return (int)write(1, frame, len);
}
"""


def test_an_assertion_of_the_same_limit_is_changed_with_it(tmp_path: Path) -> None:
    (tmp_path / "driver.c").write_text(ASSERTED, encoding="utf-8")
    settings = Settings(paths=(tmp_path,), min_confidence=Confidence.LOW, select=("l3-minimum-on-l2-path",))
    (one,) = scan(settings).report.findings
    (fix,) = one.fixes
    assert sorted((edit.at.line, edit.text) for edit in fix.edits) == [(9, "14"), (10, "14")]
    assert [related.at.line for related in fix.see] == [8], "above both, once"
