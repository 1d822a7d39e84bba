# ruff: noqa: E501 - a driver in C reads best on one line of the table
"""C drivers at the edges of the language, and the policy that C gives them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.policy.running import DROPPED, EITHER, PADDED, SENT, Spans, analysed, rows
from tests.policy.small_drivers import ALWAYS, FROM_34, PACKET, driver, xmit

EDGES = {
    "a discarded call that changes the length": (
        driver("strip(&length); if (length < 30) return -1;", "static void strip(size_t *at) { *at -= 4; }\n"),
        [(0, SENT), (4, DROPPED), (34, SENT)],
    ),
    "a discarded call that sets a limit": (
        driver("size_t least = 14; limits(&least); if (length < least) return -1;", "static void limits(size_t *at) { *at = 34; }\n"),
        FROM_34,
    ),
    "a discarded call that sets a member": (
        driver("port->limit = 14; setup(port, 34); if (length < port->limit) return -1;",
               "static void setup(struct port *port, unsigned n) { port->limit = n; }\n"),
        FROM_34,
    ),
    "memory of a wrapped size": (
        driver("uint8_t *room = malloc(length - 34); if (!room) return -1; memcpy(room, packet, length - 34); return queue_packet(room, length - 34);"),
        FROM_34,
    ),
    "an array of halfwords": (driver("const uint16_t least[4] = { 14, 34, 20, 54 }; if (length < least[1]) return -1;"), FROM_34),
    "a constant array of the file": (driver("if (length < least[1]) return -1;", "static const uint16_t least[2] = { 14, 34 };\n"), FROM_34),
    "a structure initialised": (driver("struct pkt a = { packet, length }; if (a.len < 34) return -1;", PACKET), FROM_34),
    "a structure initialised by name": (driver("struct pkt a = { .len = length }; if (a.len < 34) return -1;", PACKET), FROM_34),
    "a structure initialised with constants": (
        driver("struct limits { unsigned least, most; } l = { 34, 1514 }; if (length < l.least) return -1;"),
        FROM_34,
    ),
    "a structure initialised from another": (
        driver("struct pkt a; a.data = packet; a.len = length; struct pkt b = a; if (b.len < 34) return -1;", PACKET),
        FROM_34,
    ),
    "a structure by value": (
        driver("struct pkt a; a.data = packet; a.len = length; if (small(a)) return -1;",
               PACKET + "static int small(struct pkt p) { return p.len < 34; }\n"),
        FROM_34,
    ),
    "a compound literal": (driver("struct pkt a; a = (struct pkt){ packet, length }; if (a.len < 34) return -1;", PACKET), FROM_34),
    "the end of the data": (driver("const uint8_t *end = packet + length; if (packet + 34 > end) return -1;"), FROM_34),
    "the distance to the end of the data": (driver("const uint8_t *end = packet + length; if (end - packet < 34) return -1;"), FROM_34),
    "a flag of a conditional expression": (driver("unsigned flags = length < 34 ? 0x100 : 0; if (flags & 0x100) return -1;"), FROM_34),
    "a conditional expression as a truth": (driver("bool bad = length < 34 ? 0x100 : 0; if (bad) return -1;"), FROM_34),
    "a flag in a word of the device": (driver("port->flags &= ~4; if (length < 34) port->flags |= 4; if (port->flags & 4) return -1;"), FROM_34),
    "a constant array of functions": (
        driver("if (!checks[1](length)) return -1;",
               "static int any(size_t n) { return 1; }\nstatic int least(size_t n) { return n >= 34; }\nstatic int (*const checks[2])(size_t) = { any, least };\n"),
        FROM_34,
    ),
    "a structure copied as bytes": (
        driver("struct pkt a, b; a.data = packet; a.len = length; memcpy(&b, &a, sizeof b); if (b.len < 34) return -1;", PACKET),
        FROM_34,
    ),
    "a discarded call that relaxes a check": (
        driver("int strict = 1; relax(&strict); if (strict && length < 34) return -1;", "static void relax(int *at) { *at = 0; }\n"),
        ALWAYS,
    ),
    "an unknown function judges the length": (driver("if (!fits(length)) return -1;", "int fits(size_t n);\n"), [(0, EITHER)]),
    "an odd length": (driver("if (length % 4) return -1;"), [(0, EITHER)]),
    "a limit of the device": (driver("if (length < port->limit) return -1;"), [(0, EITHER)]),
    "narrowed to uint8_t": (driver("uint8_t small = length; if (small < 34) return -1;"), [(0, EITHER)]),
    "a value after a loop": (driver("size_t n = 14; while (n < 34) n++; if (length < n) return -1;"), [(0, EITHER)]),
    "a sum over a loop": (driver("size_t n = 14; int i; for (i = 0; i < 5; i++) n = n + 4; if (length < n) return -1;"), [(0, EITHER)]),
    "stored on both sides": (driver("port->kept = packet; if (length < 34) return -1;"), FROM_34),
    "filled up by the platform, the length stays": (
        xmit("if (skb_padto(skb, 60)) return NETDEV_TX_OK; if (skb->len < 60) { dev_kfree_skb(skb); return NETDEV_TX_OK; }"),
        [(0, DROPPED), (60, SENT)],
    ),
    "padded by the platform": (xmit("if (skb_put_padto(skb, 60)) return NETDEV_TX_OK;"), [(0, PADDED), (60, SENT)]),
}  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), EDGES.values(), ids=EDGES)
def test_edges(tmp_path: Path, text: str, expected: Spans) -> None:
    found = rows(analysed(tmp_path, text))

    assert {tuple(row) for row in found.values()} == {tuple(expected)}
