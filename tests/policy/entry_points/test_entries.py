# ruff: noqa: E501 - a driver in C reads best on one line of the table
"""Where frames come in: roles, candidates, and functions that make a frame from a descriptor."""

from __future__ import annotations

from pathlib import Path

import pytest

from auditor.policy import Analysis, EntryAnalysis
from auditor.policy.entry_points import roles
from tests.policy.running import DROPPED, LINUX, PLAIN, SENT, analysed, analysed_tree, entry_of, minima, rows

XMIT = "static netdev_tx_t out(struct sk_buff *skb, struct net_device *dev) { netif_rx(skb); return 0; }\n"


def names(analysis: Analysis) -> list[str]:
    return [a.entry.function.name for a in analysis.entries]


def with_role(analysis: Analysis) -> dict[str, str]:
    return {a.entry.function.name: a.entry.role.id for a in analysis.entries if a.entry.role is not None}


# --- roles ---------------------------------------------------------------------------------------

BOUND = {
    "by an initialiser": "static const struct net_device_ops ops = { .ndo_start_xmit = out };\n",
    "by an assignment": "static struct net_device_ops ops;\nvoid setup(void) { ops.ndo_start_xmit = out; }\n",
    "through a pointer": "void setup(struct net_device_ops *ops) { ops->ndo_start_xmit = &out; }\n",
    "in a nested initialiser": "struct both { int id; struct net_device_ops ops; };\n"
    "static struct both both = { 1, { .ndo_start_xmit = out } };\n",
}


@pytest.mark.parametrize("binding", BOUND.values(), ids=BOUND)
def test_a_handler_is_known_by_what_it_is_registered_as(tmp_path: Path, binding: str) -> None:
    found = entry_of(analysed(tmp_path, LINUX + XMIT + binding), "out").entry

    assert found.role is not None
    assert (found.role.id, found.layer, found.origin) == ("ndo-start-xmit", "L2", "stack")
    assert found.evidence[0].startswith("registered as net_device_ops.ndo_start_xmit at driver.c:")
    assert found.strong
    assert found.frame is found.function.params[0]


def test_a_handler_given_to_a_registering_function(tmp_path: Path) -> None:
    """It runs after the header was pulled, and its parameter points to a pointer to the frame."""
    text = (
        LINUX
        + """
static rx_handler_result_t handle(struct sk_buff **at)
{
	struct sk_buff *skb = *at;
	if (skb->len < 20) {
		kfree_skb(skb);
		return RX_HANDLER_CONSUMED;
	}
	dev_queue_xmit(skb);
	return RX_HANDLER_CONSUMED;
}
int attach(struct net_device *dev) { return netdev_rx_handler_register(dev, handle, NULL); }
"""
    )
    analysis = analysed(tmp_path, text)

    assert with_role(analysis) == {"handle": "rx-handler"}
    assert rows(analysis, "handle")["arp"] == [(0, DROPPED), (34, SENT)], "no frame has less than was pulled"


def test_another_field_is_no_role(tmp_path: Path) -> None:
    text = (
        LINUX
        + XMIT
        + "struct my_ops { netdev_tx_t (*ndo_start_xmit)(struct sk_buff *, struct net_device *); };\n"
    )
    found = entry_of(
        analysed(tmp_path, text + "static struct my_ops ops = { .ndo_start_xmit = out };\n"), "out"
    )

    assert found.entry.role is None
    assert found.entry.evidence == ("takes a sk_buff",)
    assert not found.entry.strong


def test_a_registered_function_is_one_entry(tmp_path: Path) -> None:
    """Registered twice, and a candidate too: still once."""
    text = (
        LINUX
        + XMIT
        + BOUND["by an initialiser"]
        + "static const struct net_device_ops more = { .ndo_start_xmit = out };\n"
    )

    assert names(analysed(tmp_path, text)) == ["out"]


def test_named_roles_are_weaker(tmp_path: Path) -> None:
    """A name says what a handler is where nothing registers it, and that is no strong evidence."""
    text = """
#include <ndis.h>
NDIS_HANDLE Filter;
VOID FilterSendNetBufferLists(NDIS_HANDLE Context, PNET_BUFFER_LIST Lists, NDIS_PORT_NUMBER Port, ULONG Flags)
{
    NdisFSendNetBufferLists(Filter, Lists, Port, Flags);
}
"""
    (tmp_path / "driver.c").write_text(text, encoding="utf-8")
    found = entry_of(analysed_tree(tmp_path)).entry

    assert found.role is not None
    assert found.role.id == "ndis6-send"
    assert found.evidence[0] == "named like a ndis6-send handler"
    assert not found.strong


# --- candidates ----------------------------------------------------------------------------------


def test_a_buffer_and_a_length_that_speak_of_packets(tmp_path: Path) -> None:
    text = (
        PLAIN
        + """
int send_packet(const uint8_t *data, size_t len) { return (int)write(1, data, len); }
int store(const uint8_t *frame, uint16_t size) { return (int)write(1, frame, size); }
int copy_text(const uint8_t *data, size_t len) { return (int)write(1, data, len); }
int send_packet_by_id(int id, size_t len) { return (int)len + id; }
int frame_checksum(const uint8_t *frame, size_t len) { return (int)write(1, frame, len); }
int put_packet(const uint8_t *data, uint8_t len) { return (int)write(1, data, len); }
int put_frame(const uint32_t *data, size_t len) { return (int)write(1, data, len); }
"""
    )
    assert names(analysed(tmp_path, text)) == ["send_packet", "store"]


def test_a_candidate_that_a_candidate_calls_is_no_entry(tmp_path: Path) -> None:
    """Its caller may have checked before: alone it would be blamed for too much or too little."""
    text = (
        PLAIN
        + """
static int packet_out(const uint8_t *packet, size_t len) { return (int)write(1, packet, len); }
static int packet_step(const uint8_t *packet, size_t len) { return packet_out(packet, len); }
int packet_in(const uint8_t *packet, size_t len) { return len < 34 ? -1 : packet_step(packet, len); }
"""
    )
    analysis = analysed(tmp_path, text)

    assert names(analysis) == ["packet_in"]
    assert rows(analysis)["arp"] == [(0, DROPPED), (34, SENT)]


def test_a_candidate_called_through_what_is_no_candidate_is_none_either(tmp_path: Path) -> None:
    text = (
        PLAIN
        + """
static const uint8_t *kept; static size_t held;
static int packet_out(const uint8_t *packet, size_t len) { return (int)write(1, packet, len); }
static int flush(void) { return packet_out(kept, held); }
int packet_in(const uint8_t *packet, size_t len) { kept = packet; held = len; return flush(); }
"""
    )
    assert names(analysed(tmp_path, text)) == ["packet_in"]


def test_two_candidates_that_call_each_other_are_not_both_lost(tmp_path: Path) -> None:
    text = (
        PLAIN
        + """
int packet_pong(const uint8_t *packet, size_t len);
int packet_ping(const uint8_t *packet, size_t len) { return len > 99 ? packet_pong(packet, len) : -1; }
int packet_pong(const uint8_t *packet, size_t len) { return len > 60 ? packet_ping(packet, len) : (int)write(1, packet, len); }
"""
    )
    assert names(analysed(tmp_path, text))


def test_a_recursive_candidate_is_an_entry(tmp_path: Path) -> None:
    text = (
        PLAIN
        + "int packet_in(const uint8_t *p, size_t len) { return len > 99 ? packet_in(p, len - 50) : (int)write(1, p, len); }\n"
    )

    assert names(analysed(tmp_path, text)) == ["packet_in"]


def test_a_frame_record_among_the_parameters(tmp_path: Path) -> None:
    text = (
        LINUX
        + "int push_it(int queue, struct sk_buff *skb) { if (skb->len < 34) { kfree_skb(skb); return -1; } netif_rx(skb); return queue; }\n"
    )
    analysis = analysed(tmp_path, text)
    found = entry_of(analysis).entry

    assert (found.record, found.layer, found.frame) == ("sk_buff", "unknown", found.function.params[1])
    assert set(minima(analysis).values()) == {34}


# --- static functions of the same name -----------------------------------------------------------

SAME = """
static int too_short(size_t len) {{ return len < {least}; }}
static int deliver(const uint8_t *packet, size_t len) {{ return too_short(len) ? -1 : (int)write(1, packet, len); }}
int packet_{name}(const uint8_t *packet, size_t len) {{ return deliver(packet, len); }}
"""


def test_static_functions_resolve_to_their_own_file(tmp_path: Path) -> None:
    for name, least in (("a", 14), ("b", 34), ("c", 54)):
        (tmp_path / f"{name}.c").write_text(PLAIN + SAME.format(least=least, name=name), encoding="utf-8")
    analysis = analysed_tree(tmp_path)

    assert {n: rows(analysis, n)["arp"] for n in names(analysis)} == {
        f"packet_{name}": [(0, DROPPED), (least, SENT)] for name, least in (("a", 14), ("b", 34), ("c", 54))
    }


def test_external_functions_resolve_to_the_nearest_folder(tmp_path: Path) -> None:
    """Two drivers in one tree, each with its own external helper of the same name."""
    for name, least in (("one", 14), ("two", 34)):
        (tmp_path / name).mkdir()
        call = f"int packet_{name}(const uint8_t *p, size_t len) {{ return too_short(len) ? -1 : (int)write(1, p, len); }}\n"
        (tmp_path / name / "in.c").write_text(PLAIN + "int too_short(size_t len);\n" + call, encoding="utf-8")
        (tmp_path / name / "check.c").write_text(
            PLAIN + f"int too_short(size_t len) {{ return len < {least}; }}\n", encoding="utf-8"
        )
    analysis = analysed_tree(tmp_path)

    assert rows(analysis, "packet_one")["arp"] == [(0, DROPPED), (14, SENT)]
    assert rows(analysis, "packet_two")["arp"] == [(0, DROPPED), (34, SENT)]


# --- L3 evidence ---------------------------------------------------------------------------------

TUN = (
    LINUX
    + """
static netdev_tx_t out(struct sk_buff *skb, struct net_device *dev)
{
	if (skb->len < 20) {
		kfree_skb(skb);
		return NETDEV_TX_OK;
	}
	netif_rx(skb);
	return NETDEV_TX_OK;
}
static const struct net_device_ops ops = { .ndo_start_xmit = out };
"""
)
SETUPS = {
    "no type": ("dev->type = ARPHRD_NONE;", "L3"),
    "no header": ("dev->hard_header_len = 0;", "L3"),
    "Ethernet": ("ether_setup(dev);", "L2"),
    "either": ("if (dev->flags & 1) ether_setup(dev); else dev->type = ARPHRD_NONE;", "unknown"),
    "another type": ("dev->type = ARPHRD_ETHER;", "L2"),
}


def device(folder: Path, body: str, file: str = "driver.c") -> EntryAnalysis:
    (folder / "driver.c").write_text(TUN, encoding="utf-8")
    text = f"static void prepare(struct net_device *dev) {{ {body} dev->netdev_ops = 0; }}\n"
    text += "void probe(struct net_device *dev) { prepare(dev); }\n"
    (folder / file).write_text((TUN if file == "driver.c" else LINUX) + text, encoding="utf-8")
    return entry_of(analysed_tree(folder), "out")


@pytest.mark.parametrize(("body", "layer"), SETUPS.values(), ids=SETUPS)
def test_the_device_setup_tells_the_layer(tmp_path: Path, body: str, layer: str) -> None:
    found = device(tmp_path, body)

    assert found.entry.layer == layer
    assert (len(found.entry.evidence) == 3) == (layer != "L2")


def test_the_setup_of_another_device_says_nothing(tmp_path: Path) -> None:
    assert device(tmp_path, "dev->type = ARPHRD_NONE;", "other.c").entry.layer == "L2"


def test_a_policy_of_bare_packets_counts_from_the_ip_header(tmp_path: Path) -> None:
    (policy,) = device(tmp_path, "dev->type = ARPHRD_NONE;").policies

    assert policy.layer == "L3"
    assert {r.frame_class: (r.legal_minimum, r.legal_maximum) for r in policy.rows} == {
        "ipv4": (20, 1500),
        "ipv6": (40, 1500),
    }


# --- lengths from descriptors --------------------------------------------------------------------

RING = """
struct desc {{ uint32_t status; uint16_t len; uint8_t *buf; }};
int deliver_frame(const uint8_t *frame, size_t len);
void rx_poll(struct port *port, struct desc *desc)
{{
    {declared}
    if ({test}) {{
        port->sent++;
        return;
    }}
    deliver_frame(desc->buf, {given});
}}
"""
ORIGINS = {
    "a member": ("", "desc->len < 34", "desc->len", 34, 0),
    "a local": ("unsigned n = desc->len;", "n < 34", "n", 34, 0),
    "less the checksum": ("unsigned n = desc->len;", "n < 38", "n - 4", 38, -4),
    "a field of a word": ("unsigned n = desc->status >> 16 & 0x3fff;", "n < 34", "n", 34, 0),
    "an accessor": ("unsigned n = (unsigned)port_length(port);", "n < 34", "n", 34, 0),
}


@pytest.mark.parametrize(("declared", "test", "given", "least", "shift"), ORIGINS.values(), ids=ORIGINS)
def test_the_length_of_a_descriptor(
    tmp_path: Path, declared: str, test: str, given: str, least: int, shift: int
) -> None:
    head = PLAIN + "int port_length(struct port *port);\n"
    found = entry_of(analysed(tmp_path, head + RING.format(declared=declared, test=test, given=given)))

    assert found.entry.evidence[0].startswith("reads the frame's length from")
    assert {(b.kind, b.threshold, b.shift) for b in found.bounds} == {("minimum", least, shift)}


def test_paths_on_which_no_length_appeared_say_nothing(tmp_path: Path) -> None:
    """A ring that is empty drops no frame."""
    text = PLAIN + RING.format(
        declared="if (!desc->status) return;", test="desc->len < 34", given="desc->len"
    )

    assert rows(analysed(tmp_path, text))["arp"] == [(0, DROPPED), (34, SENT)]


def test_these_tests_can_fail(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without looking at who calls whom, a function in the middle would be an entry."""
    monkeypatch.setattr("auditor.policy.entry_points.index.ProgramIndex.reachable", lambda self, start: set())
    with pytest.raises(AssertionError):
        test_a_candidate_that_a_candidate_calls_is_no_entry(tmp_path)
    monkeypatch.setattr(roles, "_is_set", lambda *_: False)
    with pytest.raises(AssertionError):
        test_the_device_setup_tells_the_layer(tmp_path, "dev->type = ARPHRD_NONE;", "L3")
