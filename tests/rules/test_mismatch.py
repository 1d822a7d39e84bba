"""Lengths that start 14 bytes apart: which comparisons of them are reported, how, and how sure."""

from __future__ import annotations

import pytest

from auditor.pipeline import scan
from auditor.settings import Settings

STACK = """\
#include <nuttx/net/netdev.h>
#include <nuttx/net/ip.h>
struct probe { uint8_t kind, code; uint16_t sum; uint32_t token; };
int ipv4_input(struct net_driver_s *dev)
{
  const struct ipv4_hdr_s *ipv4 = IPv4BUF;
  unsigned int header = (ipv4->vhl & IPv4_HLMASK) << 2;
  unsigned int total = (ipv4->len[0] << 8) + ipv4->len[1];
  %s
  return probe_deliver(dev, IPBUF(header), total);
}
"""
PULLED = "dev->d_len -= NET_LL_HDRLEN(dev); "

FOUND = {
    "the link header asked for again": (PULLED + "if (dev->d_len < ETH_HDRLEN + header) return -1;", "lost"),
    "operands swapped": (PULLED + "if (ETH_HDRLEN + header > dev->d_len) return -1;", "lost"),
    "the other branch leaves": (
        PULLED + "if (dev->d_len >= ETH_HDRLEN + header) dev->d_sndlen = 0; else return -1;", "lost",
    ),
    "a header's length against the whole": ("if (header > dev->d_len) return -1;", "pass"),
    "a declared length against the whole": ("if (total > dev->d_len) return -1;", "pass"),
    "the whole against a declared length": ("if (dev->d_len > total) return -1;", "lost"),
    "a declared length against what follows": (
        PULLED + "if (dev->d_len - NET_LL_HDRLEN(dev) < total) return -1;", "lost",
    ),
}  # fmt: skip
SILENT = {
    "both from the link header on": "if (dev->d_len < ETH_HDRLEN + header) return -1;",
    "both from the IP header on": PULLED + "if (dev->d_len < header + sizeof(struct probe)) return -1;",
    "a declared length and the link header": "if (dev->d_len < ETH_HDRLEN + total) return -1;",
    "too large a maximum": PULLED + "if (dev->d_len > ETH_HDRLEN + header + 1500) return -1;",
    "nothing is turned away": PULLED + "if (dev->d_len < ETH_HDRLEN + header) dev->d_sndlen = 0;",
    "a second link header inside": PULLED + "if (dev->d_len < sizeof(struct eth_hdr_s)) return -1;",
}  # fmt: skip


def findings(folder, check):
    file = folder / "stack.c"
    file.write_text(STACK % check, encoding="utf-8")
    return scan(Settings(paths=(file,), select=("length-unit-mismatch",))).report.findings


@pytest.mark.parametrize(("check", "fate"), FOUND.values(), ids=FOUND.keys())
def test_lengths_of_different_starts_are_found(tmp_path, check, fate):
    (found,) = findings(tmp_path, check)

    assert (found.at.line, fate in found.arguments[-1]) == (9, True)


@pytest.mark.parametrize("check", SILENT.values(), ids=SILENT.keys())
def test_lengths_of_one_start_are_silent(tmp_path, check):
    assert findings(tmp_path, check) == ()


def test_the_witness_is_a_frame_that_comes_to_the_comparison(tmp_path):
    check = PULLED + "if (ipv4->proto == IP_PROTO_IGMP && dev->d_len < ETH_HDRLEN + header + 8) return -1;"
    (found,) = findings(tmp_path, check)

    assert [(w.name, w.length) for w in found.witnesses] == [("IPv4 IGMPv2 membership query", 42)]
