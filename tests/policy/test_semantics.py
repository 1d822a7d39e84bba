# ruff: noqa: E501 - a driver in C reads best on one line of the table
"""Small C drivers in: the length policy that C's rules and the definitions give all classes alike."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.policy.running import DROPPED, EITHER, LINUX, PADDED, PLAIN, SENT, XMIT, Spans, analysed, rows
from tests.policy.small_drivers import ALWAYS, DROP, FROM_34, PACKET, driver, xmit

SAME_FOR_ALL = {
    # 1, 2: a comparison that leaves no trace decides nothing
    "an assertion": (driver("assert(length >= 34);"), ALWAYS),
    "statistics": (
        driver("if (length < 34) { port->sent++; shorts += 1; printf(\"short\"); }", "static unsigned shorts;\n"),
        ALWAYS,
    ),
    "only the later comparison decides": (
        driver('const char *kind = "long"; if (length < 60) kind = "short"; if (length < 34) { printf("%s", kind); return -1; }'),
        FROM_34,
    ),
    "a result nobody reads": (driver("(void)check(length);", "static int check(size_t n) { return n < 34; }\n"), ALWAYS),
    # 3: equality, wrap-around, conversions
    "equal": (driver("if (length == 42) return -1;"), [(0, SENT), (42, DROPPED), (43, SENT)]),
    "unequal": (driver("if (length != 42) return -1;"), [(0, DROPPED), (42, SENT), (43, DROPPED)]),
    "unsigned subtraction wraps": (
        driver("if (length - 14 < 20u) return -1;", length="uint32_t"),
        [(0, SENT), (14, DROPPED), (34, SENT)],
    ),
    "signed subtraction does not": (driver("if ((int)length - 14 < 20) return -1;"), FROM_34),
    "a uint16_t is promoted to int": (driver("if (length - 14 < 20) return -1;", length="uint16_t"), FROM_34),
    "int against unsigned": (
        driver("int left = (int)length - 20; if (left < 14u) return -1;"),
        [(0, SENT), (20, DROPPED), (34, SENT)],
    ),
    "narrowed to uint16_t": (
        driver("uint16_t small = length + 36; if (small < 70) return -1;"),
        [(0, DROPPED), (34, SENT), (65500, DROPPED)],
    ),
    "minimum and maximum": (
        driver(
            "size_t cut = MIN(length, 1500), grown = MAX(length, 60); if (cut < 34) return -1; if (grown > 2000) return -1;",
            "#define MIN(a, b) ((a) < (b) ? (a) : (b))\n#define MAX(a, b) ((a) > (b) ? (a) : (b))\n",
        ),
        [(0, DROPPED), (34, SENT), (2001, DROPPED)],
    ),
    "a comma": (driver("size_t n; if ((n = length - 14, n < 20)) return -1;"), [(0, SENT), (14, DROPPED), (34, SENT)]),
    "an assignment as a condition": (driver("int rc; if ((rc = length < 34 ? -1 : 0) < 0) return rc;"), FROM_34),
    "steps": (driver("size_t n = length; n++; ++n; n--; if (n++ < 34) return -1; if (n < 36) return -1;"), FROM_34),
    "an inner variable of the same name": (driver("size_t n = length; { size_t n = 0; n += 4; (void)n; } if (n < 34) return -1;"), FROM_34),
    "a halfword of a union": (
        driver("union { uint32_t whole; uint16_t half[2]; } w; w.whole = length; if (w.half[0] < 34) return -1;"),
        FROM_34,
    ),
    # flags and early returns
    "a flag": (driver("bool good = true; if (length < 34) good = false; if (packet[0] & 1) printf(\"m\"); if (!good) return -1;"), FROM_34),
    "a flag in a word": (
        driver("unsigned problems = 0; if (length < 34) problems |= 4; if (length > 1514) problems |= 8; if (problems & 4) return -1;"),
        FROM_34,
    ),
    "early returns of a helper": (
        driver("int rc = check(length); if (rc) return rc;",
               "static int check(size_t n) { if (n < 14) return -EINVAL; if (n < 34) return -EMSGSIZE; if (n > 1514) return -7; return 0; }\n"),
        [(0, DROPPED), (34, SENT), (1515, DROPPED)],
    ),
    "a helper called under two earlier decisions": (
        driver("if (length > 1514) { if (refused(length - 1500)) return -1; } else { if (refused(length)) return -1; }",
               "static int refused(size_t length) { return length < 34; }\n"),
        [(0, DROPPED), (34, SENT), (1515, DROPPED), (1534, SENT)],
    ),
    # 5: pointers, structures, copies
    "a pointer to the length, with a result": (
        driver("if (strip(&length) < 0) return -1; if (length < 30) return -1;",
               "static int strip(size_t *at) { if (*at < 4) return -1; *at -= 4; return 0; }\n"),
        FROM_34,
    ),
    "the length changed through a pointer": (driver("size_t *at = &length; *at += 4; if (length < 38) return -1;"), FROM_34),
    "the verdict through a pointer": (
        driver("int bad = 0; judge(length, &bad); if (bad) return -1;", "static void judge(size_t n, int *bad) { *bad = n < 34; }\n"),
        FROM_34,
    ),
    "a structure, member by member": (driver("struct pkt a; a.data = packet; a.len = length; if (a.len < 34) return -1;", PACKET), FROM_34),
    "a structure assigned": (driver("struct pkt a, b; a.data = packet; a.len = length; b = a; if (b.len < 34) return -1;", PACKET), FROM_34),
    "a structure in a structure": (
        driver("struct box x, y; x.inner.len = length; y = x; if (y.inner.len < 34) return -1;", PACKET + "struct box { int id; struct pkt inner; };\n"),
        FROM_34,
    ),
    "a structure by pointer": (
        driver("struct pkt a; a.len = length; if (small(&a)) return -1;", PACKET + "static int small(struct pkt *p) { return p->len < 34; }\n"),
        FROM_34,
    ),
    "a constant structure of the file": (
        driver("if (length < limits.least) return -1;", "static const struct { unsigned least, most; } limits = { 34, 1514 };\n"),
        FROM_34,
    ),
    "an array of bytes": (driver("const uint8_t least[4] = { 14, 20, 34, 54 }; if (length < least[2]) return -1;"), FROM_34),
    "padded in a buffer of its own": (
        PLAIN + """
int send_packet(struct port *port, const uint8_t *packet, size_t length)
{
    uint8_t buffer[1514];
    if (length > 1514)
        return -1;
    memcpy(buffer, packet, length);
    if (length < 60) {
        memset(buffer + length, 0, 60 - length);
        length = 60;
    }
    return send(port->fd, buffer, length, 0);
}
""",
        [(0, PADDED), (60, SENT), (1515, DROPPED)],
    ),
    "a copy in the driver's memory": (
        PLAIN + """
struct dev { uint8_t ring[2048]; size_t used; };
int send_packet(struct dev *dev, const uint8_t *packet, size_t length)
{
    if (length < 34)
        return -1;
    memcpy(dev->ring, packet, length);
    dev->used = length;
    return 0;
}
""",
        FROM_34,
    ),
    "a header kept is no copy": (
        PLAIN + """
struct dev { uint8_t last[14]; };
int send_packet(struct dev *dev, const uint8_t *packet, size_t length)
{
    if (length < 34) {
        memcpy(dev->last, packet, 14);
        return -1;
    }
    return send(0, packet, length, 0);
}
""",
        FROM_34,
    ),
    # function pointers
    "a table of operations": (
        driver("if (ops.check(length) < 0) return -1;",
               "struct ops { int (*check)(size_t n); };\nstatic int check(size_t n) { return n < 34 ? -1 : 0; }\n"
               "static const struct ops ops = { .check = check };\n"),
        FROM_34,
    ),
    "either of two operations": (
        driver("struct ops *ops = find(port->mode); if (ops->check(length) < 0) return -1;",
               "struct ops { int (*check)(size_t n); };\nstruct ops *find(int mode);\n"
               "static int one(size_t n) { return n < 34 ? -1 : 0; }\nstatic int two(size_t n) { return n < 14 ? -1 : 0; }\n"
               "struct ops first = { .check = one }, second = { .check = two };\n"),
        [(0, DROPPED), (14, EITHER), (34, SENT)],
    ),
    # 12: what is set to one constant only
    "a static local": (driver("static size_t least = 34; if (length < least) return -1;"), FROM_34),
    "a constant of the file": (driver("if (length < least) return -1;", "static const size_t least = 14 + 20;\n"), FROM_34),
    # Linux: what the platform's own functions do to the length
    "pulled": (xmit(f"skb_pull(skb, 4); if (skb->len < 30) {DROP}"), [(0, SENT), (4, DROPPED), (34, SENT)]),
    "pushed": (xmit(f"skb_push(skb, 8); if (skb->len < 42) {DROP}"), FROM_34),
    "checked by pulling": (xmit(f"if (!pskb_may_pull(skb, 34)) {DROP}"), FROM_34),
    "shared and checked": (
        xmit(f"unshare(&skb); if (!skb) return NETDEV_TX_OK; if (skb->len < 34) {DROP}",
             "static void unshare(struct sk_buff **at) { *at = skb_share_check(*at, 0); }\n"),
        FROM_34,
    ),
    "queued": (
        LINUX + f"""
struct me {{ struct sk_buff_head q; }};
static netdev_tx_t xmit(struct sk_buff *skb, struct net_device *dev)
{{
	struct me *me = netdev_priv(dev);
	if (skb->len < 34) {DROP}
	skb_queue_tail(&me->q, skb);
	return NETDEV_TX_OK;
}}
""" + XMIT,
        FROM_34,
    ),
}  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), SAME_FOR_ALL.values(), ids=SAME_FOR_ALL)
def test_every_class_is_treated_so(tmp_path: Path, text: str, expected: Spans) -> None:
    found = rows(analysed(tmp_path, text))

    assert {tuple(row) for row in found.values()} == {tuple(expected)}
