"""Drivers with headers in: what a scan says of them with pruning, and without it, must be the same."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

import pytest
from click.testing import CliRunner

from auditor.model import Confidence, Report
from auditor.pipeline import scan
from auditor.settings import Settings

FIXTURES = Path(__file__).resolve().parents[1] / "fixtures"
WITH_HEADERS = sorted({header.parent for header in FIXTURES.rglob("*.h")})

HEADER = """\
#include <linux/netdevice.h>
#include <linux/etherdevice.h>
#include <linux/ip.h>
struct ring { unsigned int least; };
static inline unsigned int longest(void) { return ETH_FRAME_LEN + 4; }
static inline void shrink(struct ring *ring) { ring->least = ETH_HLEN; }
static inline unsigned int end_of(const struct iphdr *ip) { return ip->tot_len + ETH_HLEN; }
static inline int is_short(const struct sk_buff *skb) { return skb->len < 60; }
"""
DRIVER = """\
#include "own.h"
static void setup(struct ring *ring) { ring->least = sizeof(struct ethhdr) + sizeof(struct iphdr); }
static netdev_tx_t own_xmit(struct sk_buff *skb, struct net_device *dev)
{
	struct ring *ring = netdev_priv(dev);

	if (skb->len < ring->least || skb->len > longest()) {
		dev_kfree_skb(skb);
		return NETDEV_TX_OK;
	}
	dev_queue_xmit(skb);
	return NETDEV_TX_OK;
}
static const struct net_device_ops own_ops = { .ndo_start_xmit = own_xmit };
"""
CHOOSING = """\
#include <linux/netdevice.h>
#include <linux/etherdevice.h>
#include <linux/ip.h>
#define MODE 2
#define IS_EVEN(n) ((n) == 0 || (n) == 2 || (n) == 4 || (n) == 6 || (n) == 8)
#define LEAST(mode, plain, routed) (IS_EVEN(mode) && !IS_EVEN((mode) + 1) ? (routed) : (plain))
static netdev_tx_t own_xmit(struct sk_buff *skb, struct net_device *dev)
{
	if (skb->len < LEAST(MODE, ETH_HLEN, ETH_HLEN + sizeof(struct iphdr))) {
		dev_kfree_skb(skb);
		return NETDEV_TX_OK;
	}
	dev_queue_xmit(skb);
	return NETDEV_TX_OK;
}
static const struct net_device_ops own_ops = { .ndo_start_xmit = own_xmit };
"""


def report(folder: Path, *, prune: bool) -> Report:
    return scan(Settings(paths=(folder,), min_confidence=Confidence.LOW, prune=prune)).report


def same(folder: Path) -> Report:
    """The report of a folder, which is the same with and without pruning."""
    pruned, whole = report(folder, prune=True), report(folder, prune=False)
    for part in ("findings", "policies", "gaps", "coverage", "files"):
        assert getattr(pruned, part) == getattr(whole, part), part
    return pruned


@pytest.mark.parametrize("folder", WITH_HEADERS, ids=lambda p: p.relative_to(FIXTURES).as_posix())
def test_fixtures(folder: Path) -> None:
    assert same(folder).policies


def test_what_a_header_holds_for_others(tmp_path: Path) -> None:
    """Nobody calls shrink() and end_of(): a limit set once is settled, and no read is in the wrong order."""
    (tmp_path / "own.h").write_text(HEADER, encoding="utf-8")
    (tmp_path / "own.c").write_text(DRIVER, encoding="utf-8")
    found = same(tmp_path)
    assert [f.rule for f in found.findings if f.confidence is not Confidence.LOW] == ["l3-minimum-on-l2-path"]
    assert {policy.entry for policy in found.policies} == {"own_xmit", "is_short"}


def test_what_a_header_holds_for_another_file(tmp_path: Path) -> None:
    """A second file that does call them changes the answer."""
    (tmp_path / "own.h").write_text(HEADER, encoding="utf-8")
    (tmp_path / "own.c").write_text(DRIVER, encoding="utf-8")
    (tmp_path / "other.c").write_text(
        '#include "own.h"\nint f(struct ring *r, struct iphdr *ip) { shrink(r); return end_of(ip); }\n',
        encoding="utf-8",
    )
    rules = [f.rule for f in same(tmp_path).findings if f.confidence is not Confidence.LOW]
    assert rules == ["length-byte-order"]


def test_a_limit_that_a_large_macro_chooses(tmp_path: Path) -> None:
    """What is left out is what the macro does not choose; the limit and where it comes from stay."""
    (tmp_path / "own.c").write_text(CHOOSING, encoding="utf-8")
    pruned, whole = report(tmp_path, prune=True), report(tmp_path, prune=False)
    assert [f.rule for f in pruned.findings] == ["l3-minimum-on-l2-path"]
    assert "'skb->len < ETH_HLEN + sizeof(iphdr)'" in pruned.findings[0].message
    assert "'skb->len < ((MODE == 0 " in whole.findings[0].message
    for said in ("at", "confidence", "losses"):
        assert getattr(pruned.findings[0], said) == getattr(whole.findings[0], said)


def test_questions_about_code_are_answered_for_all_that_is_written(tmp_path: Path) -> None:
    (tmp_path / "own.h").write_text(
        "static inline int idle(int len) { return len < 34; }\n", encoding="utf-8"
    )
    (tmp_path / "own.c").write_text('#include "own.h"\nint f;\n', encoding="utf-8")
    at, folder = str(tmp_path / "own.h") + ":1", str(tmp_path)
    for asked in (["where", "34", folder], ["explain", at, folder]):
        found = CliRunner().invoke(import_module(f"auditor.commands.{asked[0]}").command, asked[1:])
        assert "own.h:1" in found.stdout
        assert "no entry point leads to it" in found.stdout
