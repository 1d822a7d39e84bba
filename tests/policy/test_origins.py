"""Functions in; the expressions that are the length of a frame they make, as sinks are given it, out."""

from __future__ import annotations

from pathlib import Path

import pytest

from auditor.policy import Analysis
from tests.policy.running import LINUX, analysed

HEAD = """
struct device { int id; };
struct ether_head { uint8_t to[6], from[6]; uint16_t type; };
struct queue { uint8_t bytes[2048]; unsigned n, status; struct sk_buff *skb; struct device *dev;
    int (*frame_input)(uint8_t *at, unsigned n); };
unsigned queue_length(struct queue *q);
static unsigned in_tree_send(uint8_t *at, unsigned n) { return at[n]; }
"""


def introduced(analysis: Analysis, name: str = "poll") -> list[str]:
    """The expressions that introduce a length in the function ``name``, each once."""
    found = [x for a in analysis.entries if a.entry.function.name == name for x in a.entry.introduced]
    return list(dict.fromkeys(map(str, found)))


def of(tmp_path: Path, body: str, params: str = "struct queue *q", name: str = "poll") -> list[str]:
    text = f"{LINUX}{HEAD}\nvoid {name}({params}) {{ {body} }}\n"
    return introduced(analysed(tmp_path, text), name)


BEHIND = {
    "bytes": ("uint8_t *at", "frame_input(at, q->n)", True),
    "anything": ("void *at", "frame_input(at, q->n)", True),
    "words": ("uint16_t *at", "frame_input(at, q->n)", True),
    "a header": ("struct ether_head *at", "frame_input(at, q->n)", True),
    "bytes behind a device": ("struct device *at", "frame_input(at, q->bytes, q->n)", True),
    "the first number": ("uint8_t *at", "frame_input(at, q->n, q->status)", True),
    "the size of a fragment": ("void *at", "skb_add_rx_frag(q->skb, 0, at, q->status, q->n, 64)", True),
    "a device": ("struct device *at", "frame_input(at, q->n)", False),
    "a frame that has its own": ("int at", "frame_input(q->skb, q->n)", False),
    "nothing": ("int at", "frame_input(at, q->n)", False),
    "a constant": ("uint8_t *at", "frame_input(at, 64)", False),
    "what is known to be no sink": ("void *at", "netif_wake_rx(at, q->n)", False),
    "what is no sink by its name": ("void *at", "frame_shape(at, q->n)", False),
    "a sink that speaks of no packets": ("void *at", "line_deliver(at, q->n)", False),
    "what the tree defines": ("uint8_t *at", "in_tree_send(at, q->n)", False),
}


@pytest.mark.parametrize(("param", "call", "is_length"), BEHIND.values(), ids=BEHIND)
def test_which_number_behind_a_pointer_is_a_length(
    tmp_path: Path, param: str, call: str, is_length: bool
) -> None:
    assert of(tmp_path, f"{call};", f"{param}, struct queue *q") == ["q->n"] * is_length


def test_a_function_that_speaks_of_packets_itself(tmp_path: Path) -> None:
    found = [of(tmp_path, "line_deliver(q->bytes, q->n);", name=name) for name in ("poll", "packet_poll")]
    assert found == [[], ["q->n"]]


STEPS = {
    "itself": ("q->n", ["q->n"]),
    "less a constant": ("q->n - 4", ["q->n"]),
    "more than a constant": ("14 + q->n", ["q->n"]),
    "a constant less it": ("2048 - q->n", ["2048 - q->n"]),
    "a product": ("q->n * 4", ["q->n * 4"]),
    "converted": ("(unsigned short)q->n", ["q->n"]),
    "rounded down": ("q->n & ~3u", ["q->n"]),
    "rounded down to a page": ("q->n & ~4095u", ["q->n"]),
    "rounded down to two pages": ("q->n & ~8191u", ["q->n & ~8191u"]),
    "a field that is masked out": ("q->n & 0x7ff", ["q->n & 0x7ff"]),
    "the upper part": ("q->n & 0xffff0000u", ["q->n & 0xffff0000u"]),
    "another than a low mask": ("q->n & ~6u", ["q->n & ~6u"]),
    "a call": ("queue_length(q)", ["queue_length(q)"]),
    "a dereference": ("*(&q->n)", ["*&q->n"]),
    "an element": ("q->bytes[3]", ["q->bytes[3]"]),
}


@pytest.mark.parametrize(("size", "found"), STEPS.values(), ids=STEPS)
@pytest.mark.parametrize("way", ["at once", "by a local", "by an assignment"])
def test_the_first_expression_that_is_not_affine(
    way: str, size: str, found: list[str], tmp_path: Path
) -> None:
    body = {
        "at once": "frame_input(q->bytes, {0});",
        "by a local": "unsigned n = {0}; frame_input(q->bytes, n);",
        "by an assignment": "unsigned n; n = {0}; frame_input(q->bytes, n - 4);",
    }[way]
    assert of(tmp_path, body.format(size)) == found


LOCALS = {
    "two assignments": ("unsigned n = q->n; if (q->status) n = queue_length(q); frame_input(q->bytes, n);",
                        ["q->n", "queue_length(q)"]),
    "one local by another": ("unsigned m = q->n, n = m - 4; frame_input(q->bytes, n);", ["q->n"]),
    "in a circle": ("unsigned n = q->n, m = n; n = m; frame_input(q->bytes, n);", ["q->n"]),
    "counted on": ("unsigned n = q->n; n += 4; frame_input(q->bytes, n);", ["q->n"]),
    "a constant": ("unsigned n = 64; frame_input(q->bytes, n);", []),
    "a call through a pointer": ("q->frame_input(q->bytes, q->n);", []),
    "two sinks": ("frame_input(q->bytes, q->n); frame_output(q->bytes, q->status);", ["q->n", "q->status"]),
}  # fmt: skip


@pytest.mark.parametrize(("body", "found"), LOCALS.values(), ids=LOCALS)
def test_locals_are_followed(body: str, found: list[str], tmp_path: Path) -> None:
    assert of(tmp_path, body) == found


KNOWN = {
    "bytes put": ("skb_put(q->skb, q->n);", ["q->n"]),
    "a length cut to": ("skb_trim(q->skb, q->n);", ["q->n"]),
    "a pull takes no length": ("skb_pull(q->skb, q->n);", []),
    "a frame that has its own": ("netif_rx(q->skb);", []),
    "memory of a size": ("q->skb = netdev_alloc_skb(0, q->n);", []),
}


@pytest.mark.parametrize(("body", "found"), KNOWN.values(), ids=KNOWN)
def test_calls_that_the_platform_knows(body: str, found: list[str], tmp_path: Path) -> None:
    assert of(tmp_path, body) == found


COPIES = {
    "a buffer that is filled": ("void read_packet", "memcpy(room, q->bytes, q->n);", ["q->n"]),
    "by a function of other things": ("void read_block", "memcpy(room, q->bytes, q->n);", []),
    "of known size": ("void read_packet", "memcpy(room, q->bytes, 14);", []),
    "into something else": ("void read_packet", "memcpy(q->bytes, room, q->n);", []),
}  # fmt: skip


@pytest.mark.parametrize(("head", "body", "found"), COPIES.values(), ids=COPIES)
def test_a_frame_that_is_copied_to_the_caller(head: str, body: str, found: list[str], tmp_path: Path) -> None:
    text = f"{LINUX}{HEAD}\n{head}(uint8_t *room, size_t size, struct queue *q) {{ {body} }}\n"
    assert introduced(analysed(tmp_path, text), head.split()[1]) == found


TOLD = {
    "put into a frame that it holds": ("unsigned n, struct queue *q", "skb_put(q->skb, n);", "n"),
    "less a checksum": ("unsigned n, struct queue *q", "skb_put(q->skb, n - 4);", "n"),
    "given beside bytes": ("unsigned n, struct queue *q", "frame_input(q->bytes, n);", ""),
    "of a frame that it is given": ("unsigned n, struct sk_buff *skb", "skb_put(skb, n);", ""),
    "a pointer": ("unsigned *n, struct queue *q", "skb_put(q->skb, *n);", ""),
}


@pytest.mark.parametrize(("params", "body", "told"), TOLD.values(), ids=TOLD)
def test_a_function_that_is_told_the_length_of_a_frame(
    params: str, body: str, told: str, tmp_path: Path
) -> None:
    analysis = analysed(tmp_path, f"{LINUX}{HEAD}\nvoid done({params}) {{ {body} }}\n")
    entries = [a.entry for a in analysis.entries if a.entry.function.name == "done"]
    assert [e.length.name for e in entries if e.length is not None] == ([told] if told else [])


def test_it_is_no_entry_when_the_tree_calls_it(tmp_path: Path) -> None:
    text = f"{LINUX}{HEAD}\nvoid done(unsigned n, struct queue *q) {{ skb_put(q->skb, n); }}\n"
    text += "void interrupt(struct queue *q) { done(q->n, q); }\n"
    assert "done" not in [a.entry.function.name for a in analysed(tmp_path, text).entries]


AGAIN = {
    "received": ("int go(struct usbnet *dev, struct sk_buff *skb)",
                 "driver_info ops = { .rx_fixup = go }", True),
    "sent": ("netdev_tx_t go(struct sk_buff *skb, struct net_device *dev)",
             "net_device_ops ops = { .ndo_start_xmit = go }", False),
    "of no role": ("int go(struct sk_buff *skb)", "ether_head none", False),
}  # fmt: skip


@pytest.mark.parametrize(("head", "bound", "unpacked"), AGAIN.values(), ids=AGAIN)
def test_what_is_received_may_hold_frames_of_other_lengths(
    head: str, bound: str, unpacked: bool, tmp_path: Path
) -> None:
    """They get a run of their own, beside that of the aggregate."""
    body = "struct queue *q = (void *)skb->data; skb_put(q->skb, q->n); netif_rx(q->skb); return 1;"
    text = (
        f"{LINUX}#include <linux/usb/usbnet.h>\n{HEAD}\nstatic {head} {{ {body} }}\nstatic struct {bound};\n"
    )
    analysis = analysed(tmp_path, text)
    lengths = [list(map(str, a.entry.introduced)) for a in analysis.entries if a.entry.function.name == "go"]
    assert lengths == ([[], ["q->n"]] if unpacked else [[]])
