# ruff: noqa: E501 - a driver in C reads best on one line of the table
"""Small C drivers in: the length policy that C's rules and the definitions give them, class by class."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

import pytest

from auditor.model import Confidence, Outcome
from auditor.pipeline import scan
from auditor.settings import Settings
from tests.policy.running import (
    DROPPED,
    EITHER,
    LINUX,
    PADDED,
    PLAIN,
    SENT,
    XMIT,
    Spans,
    analysed,
    entry_of,
    minima,
    rows,
    thresholds,
)

FROM_34: Spans = [(0, DROPPED), (34, SENT)]
ALWAYS: Spans = [(0, SENT)]
SEND = "return send(port->fd, packet, length, 0);"


def driver(body: str, before: str = "", length: str = "size_t") -> str:
    """A plain C file whose entry point has that body and then sends the frame."""
    head = f"int send_packet(struct port *port, const uint8_t *packet, {length} length)\n"
    return PLAIN + dedent(before) + head + "{\n" + dedent(body) + f"\n    {SEND}\n}}\n"


def xmit(body: str, before: str = "") -> str:
    """A Linux network device whose transmit handler has that body and then passes the frame up."""
    head = "static netdev_tx_t xmit(struct sk_buff *skb, struct net_device *dev)\n"
    end = "\n\tnetif_rx(skb);\n\treturn NETDEV_TX_OK;\n}\n"
    return LINUX + dedent(before) + head + "{\n" + dedent(body) + end + XMIT


DROP = "{ dev_kfree_skb(skb); return NETDEV_TX_OK; }"
PACKET = "struct pkt { const uint8_t *data; size_t len; };\n"
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


TYPE = "uint16_t type = packet[12] << 8 | packet[13];"
BY_CLASS = {
    "a switch on the type": (
        driver(f"{TYPE} switch (type) {{ case 0x0800: if (length < 34) return -1; break;"
               " case 0x86dd: if (length < 54) return -1; break; default: break; case 0x0806: if (length < 42) return -1; }"),
        {"ipv4": 34, "ipv6": 54, "arp": 42},
    ),
    "bytes put together": (driver("if ((packet[12] << 8 | packet[13]) == 0x86dd && length < 54) return -1;"), {"ipv6": 54}),
    "one byte after the other": (driver("if (packet[12] == 0x86 && packet[13] == 0xdd && length < 54) return -1;"), {"ipv6": 54}),
    "the field of a structure": (
        driver("const struct ether_header *h = (const void *)packet; if (h->ether_type == htons(0x86dd) && length < 54) return -1;"),
        {"ipv6": 54},
    ),
    "the type copied out": (
        driver("uint16_t type; memcpy(&type, packet + 12, sizeof type); if (ntohs(type) == 0x86dd && length < 54) return -1;"),
        {"ipv6": 54},
    ),
    "a helper of the tree": (
        driver("if (type_of(packet) == 0x86dd && length < 54) return -1;",
               "static uint16_t type_of(const uint8_t *p) { return (uint16_t)(p[12] << 8 | p[13]); }\n"),
        {"ipv6": 54},
    ),
    "a truth of a helper of the tree": (
        driver("if (is_ipv6(packet) && length < 54) return -1;",
               "static bool is_ipv6(const uint8_t *p) { return (p[12] << 8 | p[13]) == 0x86dd; }\n"),
        {"ipv6": 54},
    ),
    "a field of the platform": (xmit(f"if (skb->protocol == htons(ETH_P_IPV6) && skb->len < 54) {DROP}"), {"ipv6": 54}),
    "everything but one type": (
        driver(f"{TYPE} if (type != 0x0800) {SEND} if (length < 34) return -1;"),
        {"ipv4": 34},
    ),
    "LLC by its length field": (driver(f"{TYPE} if (type < 1536 && length < 17) return -1;"), {"llc": 17}),
}  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), BY_CLASS.values(), ids=BY_CLASS)
def test_only_the_classes_asked_for_have_a_minimum(
    tmp_path: Path, text: str, expected: dict[str, int]
) -> None:
    analysis = analysed(tmp_path, text)

    assert minima(analysis) == expected
    for frame_class, row in rows(analysis).items():
        least = expected.get(frame_class)
        assert row == (ALWAYS if least is None else [(0, DROPPED), (least, SENT)]), frame_class


def found_by_rule(folder: Path, text: str) -> list[tuple[Confidence, int, set[str]]]:
    """(confidence, threshold, classes) of what the rule about minima says of one file."""
    (folder / "driver.c").write_text(text, encoding="utf-8")
    settings = Settings(paths=(folder,), min_confidence=Confidence.LOW, select=("l3-minimum-on-l2-path",))
    return [
        (f.confidence, f.threshold, {x.frame_class for x in f.losses}) for f in scan(settings).report.findings
    ]


# --- 3: forks and modes --------------------------------------------------------------------------


def test_one_site_under_two_earlier_decisions_is_two_forks(tmp_path: Path) -> None:
    text, _ = SAME_FOR_ALL["a helper called under two earlier decisions"]
    analysis = analysed(tmp_path, text)
    found = entry_of(analysis).bounds
    sites = {b.threshold: b.fork for b in found if b.kind == "minimum"}

    assert sites.keys() == {34, 1534}
    assert sites[34].at == sites[1534].at
    assert sites[34].earlier != sites[1534].earlier


MODE = "if (port->mode) { if (length < 54) return -1; } else if (length < 14) return -1;"


def test_modes_have_policies_of_their_own(tmp_path: Path) -> None:
    analysis = analysed(tmp_path, driver(MODE))

    assert rows(analysis, mode=("port->mode",))["arp"] == [(0, DROPPED), (54, SENT)]
    assert rows(analysis, mode=("!port->mode",))["arp"] == [(0, DROPPED), (14, SENT)]


def test_a_mode_decides_where_the_short_side_is_mixed(tmp_path: Path) -> None:
    analysis = analysed(tmp_path, driver("if (length < 34 && port->mode) return -1;"))
    (bound,) = {(b.kind, b.threshold, b.mode) for b in entry_of(analysis).bounds}

    assert bound[:2] == ("minimum", 34)
    assert bound[2] is not None
    assert bound[2][0].text == "port->mode"


@pytest.mark.parametrize("test", ["ready(port->fd)", "packet[30]"])
def test_what_is_no_mode_decides_nothing(tmp_path: Path, test: str) -> None:
    """A call's result and frame data are no modes: the short side stays mixed."""
    analysis = analysed(tmp_path, driver(f"if (length < 34 && {test}) return -1;", "int ready(int fd);\n"))

    assert thresholds(analysis) == set()
    assert rows(analysis)["arp"] == [(0, EITHER), (34, SENT)]


# --- 6: subclasses and unrecognised reads --------------------------------------------------------


@pytest.mark.parametrize("test", ["packet[23] == 17 && packet[37] == 67", "packet[20] == 0x42"])
def test_a_part_of_a_class_has_no_known_minimum(tmp_path: Path, test: str) -> None:
    text = driver(f"if ((packet[12] << 8 | packet[13]) == 0x0800 && {test} && length < 282) return -1;")
    bounds = entry_of(analysed(tmp_path, text)).bounds

    assert {(b.frame_class.id, b.threshold, b.fork.narrowed) for b in bounds} == {("ipv4", 282, True)}
    assert found_by_rule(tmp_path, text) == []


def test_bytes_before_the_type_narrow_nothing(tmp_path: Path) -> None:
    text = driver("if (packet[0] == 0x33 && length < 34) return -1;")

    assert not any(b.fork.narrowed for b in entry_of(analysed(tmp_path, text)).bounds)


@pytest.mark.parametrize(
    "test",
    ["protocol_of(packet) == 4", "packet[12] * 256 + packet[13] == 0x0800", "protocol_of(packet + 12)"],
)
def test_an_unrecognised_read_caps_the_confidence(tmp_path: Path, test: str) -> None:
    text = driver(
        f"if ({test}) {{ if (length < 14 + 20) return -1; }}", "int protocol_of(const uint8_t *p);\n"
    )

    assert [confidence for confidence, _, _ in found_by_rule(tmp_path, text)] == [Confidence.LOW]


def test_without_it_the_confidence_is_higher(tmp_path: Path) -> None:
    text = driver("if (length < 14 + 20) return -1;", "#define IP_HEADER_SIZE 20\n")

    assert [confidence for confidence, _, _ in found_by_rule(tmp_path, text)] == [Confidence.MEDIUM]


@pytest.mark.parametrize(
    "test", ["(packet[12] << 8 | packet[13]) == 0x0800", "packet[12] == 8 && packet[13] == 0"]
)
def test_the_type_itself_narrows_nothing(tmp_path: Path, test: str) -> None:
    text = driver(f"if ({test} && length < 42) return -1;")

    assert [found[1:] for found in found_by_rule(tmp_path, text)] == [(42, {"ipv4"})]


# --- 7, 8: units and descriptors -----------------------------------------------------------------


def test_the_unit_is_what_the_sink_is_given(tmp_path: Path) -> None:
    """The descriptor counts the checksum: 38 asked of it are 34 of the frame."""
    text = (
        PLAIN
        + """
struct desc { uint32_t status; uint16_t len; uint8_t *buf; };
int deliver_frame(const uint8_t *frame, size_t len);
void rx_poll(struct port *port, struct desc *desc)
{
    if (desc->len < 38) {
        port->sent++;
        return;
    }
    deliver_frame(desc->buf, desc->len - 4);
}
"""
    )
    bounds = entry_of(analysed(tmp_path, text), "rx_poll").bounds

    assert {(b.threshold, b.shift, b.layer) for b in bounds} == {(38, -4, "L2")}
    assert {threshold for _, threshold, _ in found_by_rule(tmp_path, text)} == {34}


def test_a_shortened_length_moves_the_unit(tmp_path: Path) -> None:
    bounds = entry_of(analysed(tmp_path, driver("if (length < 38) return -1; length -= 4;"))).bounds

    assert {(b.threshold, b.shift) for b in bounds} == {(38, -4)}


@pytest.mark.parametrize("put", ["n - 4", "n"])
def test_the_checksum_of_a_receive_ring(tmp_path: Path, put: str) -> None:
    text = (
        LINUX
        + f"""
struct desc {{ u16 len; void *buf; }};
int rx_poll(struct net_device *dev, struct desc *desc)
{{
	struct sk_buff *skb;
	u16 n = desc->len;
	if (n < 38)
		return 0;
	skb = netdev_alloc_skb(dev, n);
	skb_put_data(skb, desc->buf, {put});
	skb->protocol = eth_type_trans(skb, dev);
	netif_rx(skb);
	return 1;
}}
"""
    )
    bounds = entry_of(analysed(tmp_path, text)).bounds

    assert {(b.kind, b.threshold, b.shift) for b in bounds} == {("minimum", 38, -4 if put == "n - 4" else 0)}


def test_a_path_of_bare_packets_is_told_by_the_version(tmp_path: Path) -> None:
    text = driver(
        "if (packet[0] >> 4 == 4 && length < 20) return -1; if (packet[0] >> 4 == 6 && length < 40) return -1;"
    )
    policy = entry_of(analysed(tmp_path, text)).policies[0]

    assert policy.layer == "L3"
    assert {r.frame_class: (r.legal_minimum, r.spans[1].low) for r in policy.rows} == {
        "ipv4": (20, 20),
        "ipv6": (40, 40),
    }


# --- 4: what becomes of a frame ------------------------------------------------------------------


def outcomes(folder: Path, text: str, length: int) -> set[str]:
    found = analysed(folder, text)
    policies = entry_of(found).policies
    return {
        o for p in policies for r in p.rows for s in r.spans if s.low <= length <= s.high for o in s.outcomes
    }


def test_an_unknown_call_blocks_the_drop(tmp_path: Path) -> None:
    """It is given the frame and may do anything with it, unless a failure is returned after it."""
    text = (
        PLAIN
        + """
void inspect_it(const uint8_t *packet);
void send_packet(struct port *port, const uint8_t *packet, size_t length)
{
    if (length < 34) {
        inspect_it(packet);
        return;
    }
    send(port->fd, packet, length, 0);
}
"""
    )
    assert outcomes(tmp_path, text, 20) == {Outcome.UNKNOWN}
    assert thresholds(analysed(tmp_path, text)) == set()


def test_a_free_ends_the_doubt(tmp_path: Path) -> None:
    text = (
        PLAIN
        + """
void inspect_it(const uint8_t *packet);
void send_packet(struct port *port, uint8_t *packet, size_t length)
{
    if (length < 34) {
        inspect_it(packet);
        free(packet);
        return;
    }
    send(port->fd, packet, length, 0);
    free(packet);
}
"""
    )
    assert outcomes(tmp_path, text, 20) == {Outcome.DROPPED}
    assert outcomes(tmp_path, text, 200) == {Outcome.HANDED_ON}


def test_a_call_that_is_followed_by_a_free_was_a_borrow(tmp_path: Path) -> None:
    text = xmit(f"push_frame(skb); if (skb->len < 34) {DROP}", "int push_frame(struct sk_buff *skb);\n")

    assert rows(analysed(tmp_path, text))["arp"] == FROM_34


def test_bytes_given_with_their_number_are_used_up(tmp_path: Path) -> None:
    """A buffer that is freed after its bytes were given away is no frame lost."""
    text = (
        PLAIN
        + """
int push_packet(const uint8_t *packet, size_t length);
void send_packet(struct port *port, uint8_t *packet, size_t length)
{
    if (length < 34)
        push_packet(packet, length);
    free(packet);
}
"""
    )
    assert rows(analysed(tmp_path, text))["arp"] == [(0, SENT), (34, DROPPED)]


def test_answered_frames_are_not_lost(tmp_path: Path) -> None:
    """On Linux a fresh frame that goes to the stack out of the transmit handler answers the one that came."""
    text = (
        LINUX
        + """
static netdev_tx_t xmit(struct sk_buff *skb, struct net_device *dev)
{
	struct sk_buff *reply;
	if (skb->protocol == htons(ETH_P_ARP)) {
		if (skb->len != 42)
			goto drop;
		reply = netdev_alloc_skb(dev, 42);
		if (!reply)
			goto drop;
		skb_put(reply, 42);
		netif_rx(reply);
		goto drop;
	}
	dev_queue_xmit(skb);
	return NETDEV_TX_OK;
drop:
	dev_kfree_skb(skb);
	return NETDEV_TX_OK;
}
"""
        + XMIT
    )
    assert rows(analysed(tmp_path, text))["arp"] == [(0, DROPPED), (42, "answered"), (43, DROPPED)]


def test_without_any_sink_the_return_value_speaks(tmp_path: Path) -> None:
    text = PLAIN + "bool check_packet(const uint8_t *packet, size_t length)\n{\n    return length >= 34;\n}\n"

    assert set(minima(analysed(tmp_path, text)).values()) == {34}
    assert [c for c, _, _ in found_by_rule(tmp_path, text)] == [Confidence.LOW]


def test_frames_from_a_wire_are_padded_by_it(tmp_path: Path) -> None:
    text = (
        LINUX
        + """
static int fixup(struct usbnet *dev, struct sk_buff *skb)
{
	return skb->len >= ETH_HLEN + sizeof(struct iphdr);
}
static const struct driver_info info = { .rx_fixup = fixup };
"""
    )
    assert [c for c, _, _ in found_by_rule(tmp_path, text)] == [Confidence.LOW]


# --- 12: nothing rests on what is not known ------------------------------------------------------


def test_no_finding_rests_on_a_size_that_is_not_known(tmp_path: Path) -> None:
    text = '#include "nowhere.h"\n' + driver("if (length < sizeof(struct nowhere_header) + 20) return -1;")

    assert found_by_rule(tmp_path, text) == []


# --- bounds of the work: they are said -----------------------------------------------------------

CUT = xmit(f"if (dev->flags & 1) dev->stats.tx_errors++; if (skb->len < 34) {DROP}")


@pytest.mark.parametrize("budget", [1, 3, 6, 10, 15, 25])
def test_a_spent_budget_never_reads_as_clean(tmp_path: Path, budget: int) -> None:
    """Either nothing is missing, or it is said: in the policy, in the run, and as a gap."""
    whole = analysed(tmp_path, CUT)
    cut = analysed(tmp_path, CUT, step_budget=budget)
    (found,) = cut.entries
    spent = budget < entry_of(whole).run.steps - 3  # the last steps of a path may still be taken

    assert found.run.complete is not spent
    assert [gap.kind for gap in cut.gaps] == ["budget"] * spent
    assert all(p.complete is not spent for p in cut.policies)
    assert spent or cut.policies == whole.policies


DEEP = {
    "parentheses": driver(f"if ({'(' * 200}length < 34{')' * 200}) return -1;"),
    "a long sum": driver(f"if (length < 34 {'+ port->mode ' * 1500}) return -1;"),
    "a long condition": driver(f"if ({' || '.join(f'length == {n}' for n in range(1200))}) return -1;"),
    "nested blocks": driver("if (port->mode) {" * 200 + "if (length < 34) return -1;" + "}" * 200),
}


@pytest.mark.parametrize("text", DEEP.values(), ids=DEEP)
def test_deep_nesting_is_analysed_or_said(tmp_path: Path, text: str) -> None:
    """Whatever is too deep: no crash, and a gap unless the minimum was found."""
    (tmp_path / "driver.c").write_text(text, encoding="utf-8")
    report = scan(Settings(paths=(tmp_path,), min_confidence=Confidence.LOW)).report
    lost = any(Outcome.DROPPED in s.outcomes for p in report.policies for r in p.rows for s in r.spans)

    assert lost or [gap for gap in report.gaps if gap.level != "note"]


RECURSIVE = driver(
    "if (check(length) < 0) return -1;",
    "static int check(size_t n) { if (n < 34) return -1; if (n > 70) return check(n - 20); return 0; }\n",
)


def test_recursion_is_bounded(tmp_path: Path) -> None:
    """The inner call is not entered: what it says is not known."""
    assert rows(analysed(tmp_path, RECURSIVE))["arp"] == [(0, DROPPED), (34, SENT), (71, EITHER)]


def test_recursion_is_said(tmp_path: Path) -> None:
    analysis = analysed(tmp_path, RECURSIVE)

    assert analysis.gaps
    assert not entry_of(analysis).run.complete
