"""The body of a function in: a small C driver, and what the rule about minima says of one."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

from auditor.model import Confidence
from auditor.pipeline import scan
from auditor.settings import Settings
from tests.policy.running import DROPPED, LINUX, PLAIN, SENT, XMIT, Spans

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


def found_by_rule(folder: Path, text: str) -> list[tuple[Confidence, int, set[str]]]:
    """(confidence, threshold, classes) of what the rule about minima says of one file."""
    (folder / "driver.c").write_text(text, encoding="utf-8")
    settings = Settings(paths=(folder,), min_confidence=Confidence.LOW, select=("l3-minimum-on-l2-path",))
    return [
        (f.confidence, f.threshold, {x.frame_class for x in f.losses}) for f in scan(settings).report.findings
    ]
