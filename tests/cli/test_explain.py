"""``lenaudit explain``: why a comparison is, or is not, a finding, and what is said when there is none."""

from __future__ import annotations

import pytest

from auditor import cli
from auditor.commands import CLEAN, WRONG_USAGE
from auditor.knowledge import rules_folder
from auditor.rules import load_rules

CODE = """\
#include <linux/etherdevice.h>
#include <linux/ip.h>
#include <linux/netdevice.h>
#define LINK ETH_HLEN
#define NET sizeof(struct iphdr)

static int unused(unsigned int number)
{
	return number < LINK + NET; /* unused */
}

static netdev_tx_t link_xmit(struct sk_buff *skb, struct net_device *dev)
{
	if (skb->len < LINK) { /* header */
		dev_kfree_skb(skb);
		return NETDEV_TX_OK;
	}
	if (skb->len < LINK + NET) { /* fault */
		dev_kfree_skb(skb);
		return NETDEV_TX_OK;
	}
	if (skb->len < 30) /* late */
		dev->stats.tx_errors++;
	if (skb->protocol == htons(ETH_P_IPV6) && skb->len < 54) { /* six */
		dev_kfree_skb(skb);
		return NETDEV_TX_OK;
	}
	if (skb->len > dev->mtu + 14) /* counts */
		dev->stats.tx_packets++;
	skb->protocol = eth_type_trans(skb, dev);
	netif_rx(skb);
	return NETDEV_TX_OK;
}

static const struct net_device_ops link_ops = {
	.ndo_start_xmit = link_xmit,
};
"""


@pytest.fixture
def explain(tmp_path, capsys):
    """Explain the line that a comment marks; gives (exit code, text on one line, stderr)."""
    (tmp_path / "net").mkdir()
    file = tmp_path / "net/link.c"
    file.write_text(CODE, encoding="utf-8")

    def run(mark, name="net/link.c", paths=(tmp_path,)):
        number = next((i for i, line in enumerate(CODE.splitlines(), 1) if f"/* {mark} */" in line), mark)
        code = cli.run(["explain", "-q", f"{name}:{number}", *map(str, paths)])
        out, err = capsys.readouterr()
        return code, " ".join(out.split()), err

    return run


@pytest.mark.parametrize(
    ("mark", "said"),
    [
        ("fault", "FINDING l3-minimum-on-l2-path, high confidence Legal frames of '14..33' bytes"),
        ("fault", "constant 34 = ETH_HLEN 14 [L2] + NET 20 [L3] ETH_HLEN: macro at"),
        ("fault", "who comes here link_xmit (linux ndo-start-xmit): every class, 14..65535 bytes"),
        ("fault", "when it holds: 14..33 bytes dropped: freed by dev_kfree_skb()"),
        ("fault", "when it does not: 34..65535 bytes handed on: handed on by netif_rx()"),
        ("fault", "evidence that is missing none"),
        ("header", "NOT A FINDING no length that enters at link_xmit is dropped by it alone"),
        ("six", "NOT A FINDING 54 bytes are asked for, and legal frames have at least: IPv6 54 (RFC 8200"),
        ("six", "IPv6, 34..65535 bytes"),
        ("late", "NOT A FINDING no length that enters at link_xmit is dropped by it alone"),
        ("counts", "NOT A FINDING no length that enters at link_xmit is dropped by it alone"),
        ("unused", "NOT A FINDING no entry point leads to it"),
    ],
)
def test_what_is_said(explain, mark, said):
    code, out, _ = explain(mark)
    assert code == CLEAN
    assert said in out


@pytest.mark.parametrize("name", ["link.c", "./net/link.c"])
def test_the_end_of_the_files_name_is_enough(explain, name):
    assert "FINDING l3-minimum" in explain("fault", name)[1]


def test_the_file_alone_is_scanned_without_a_path(explain, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert "FINDING l3-minimum" in explain("fault", paths=())[1]


@pytest.mark.parametrize(
    ("mark", "name", "said"),
    [
        (2, "net/link.c", "comparisons near it: 9, 14, 18, 22, 24"),
        (9, "net/other.c", "is not among the scanned files"),
        ("x", "net/link.c", "is not of the form FILE:LINE"),
        (9, "", "is not of the form FILE:LINE"),
    ],
)
def test_what_is_not_there(explain, mark, name, said):
    code, out, err = explain(mark, name)
    assert (code, out) == (WRONG_USAGE, "")
    assert said in err


def test_two_files_that_end_alike_are_both_named(explain, tmp_path):
    (tmp_path / "old").mkdir()
    (tmp_path / "old/link.c").write_text(CODE, encoding="utf-8")
    assert "net/link.c, old/link.c" in explain("fault", "link.c")[2]


def test_a_finding_that_is_no_comparison_is_told_too(tmp_path, capsys):
    rule = next(r for r in load_rules([rules_folder()]) if r.id == "header-read-past-check")
    code = next(code for title, code in rule.doc.bad.items() if "plain C" in title)
    (marked,) = [number for number, line in enumerate(code.splitlines(), 1) if "/* expect:" in line]
    (tmp_path / "x.c").write_text(code, encoding="utf-8")
    assert cli.run(["explain", "-q", f"x.c:{marked}", str(tmp_path)]) == CLEAN
    out = capsys.readouterr().out
    assert "FINDING header-read-past-check" in out
    assert "\n  evidence\n" in out
