"""Names of constants come in, the words they are made of go out: ``ETH_HDRLEN`` is eth, hdr, len."""

from __future__ import annotations

import re
from functools import lru_cache

PROTOCOLS = {
    "eth": "ethernet", "ether": "ethernet", "ethernet": "ethernet", "enet": "ethernet", "mac": "ethernet",
    "ip": "ipv4", "ipv4": "ipv4", "ip4": "ipv4", "ipv6": "ipv6", "ip6": "ipv6",
    "udp": "udp", "tcp": "tcp", "arp": "arp", "icmp": "icmp", "icmp6": "icmpv6", "icmpv6": "icmpv6",
    "vlan": "vlan", "dot1q": "vlan", "qtag": "vlan", "llc": "llc", "snap": "snap", "pppoe": "pppoe",
    "eapol": "eapol", "fcs": "fcs", "crc": "fcs",
}  # fmt: skip
HEADER = frozenset({"hdr", "hdrs", "header", "headers", "head", "hlen", "hsize", "hsz"})
SIZE = frozenset({"len", "length", "size", "sz", "bytes", "sizeof"})
FRAME = frozenset({"frame", "frm", "packet", "pkt"})
LEAST = frozenset({"min", "minimum", "runt", "least"})
MOST = frozenset({"max", "maximum", "most", "largest"})
PLAIN = frozenset({"of", "base", "fixed", "default", "def", "std", "standard", "type", "struct", "no", "opt"})
LINK = frozenset({"mtu", "tag", "tagged", "net", "if", "dev"})
KNOWN = frozenset(PROTOCOLS) | HEADER | SIZE | FRAME | LEAST | MOST | PLAIN | LINK

_RUN = re.compile(r"(?i:icmpv?6|ipv?[46]|dot1q)|[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+")


@lru_cache(maxsize=4096)
def words(name: str) -> tuple[str, ...]:
    """The lower-case words of ``name``: split at underscores, at capitals and between known words."""
    found: list[str] = []
    for run in _RUN.findall(name):
        found.extend(_segments(run.lower()))
    return tuple(found)


def normal(name: str) -> str:
    """``name`` without case and underscores, as names of public interfaces are compared."""
    return name.replace("_", "").lower()


def _segments(run: str) -> list[str]:
    """``run`` cut into known words if all of it can be (``iphdr``, ``hdrlen``), else as one word."""
    if run in KNOWN or len(run) > 24:
        return [run]
    best: list[list[str] | None] = [[]] + [None] * len(run)
    for end in range(1, len(run) + 1):
        for start in range(end):  # the longest last word first
            before = best[start]
            if before is not None and run[start:end] in KNOWN:
                best[end] = [*before, run[start:end]]
                break
    return best[-1] or [run]
