"""What the oracle leaves out, and why: fixtures that it does not run, losses that are no fault."""

from __future__ import annotations

import msgspec


class Spared(msgspec.Struct, frozen=True):
    """Lengths ``low..high`` in bytes whose loss is no fault that a rule names; of some ethertypes, or all."""

    low: int
    high: int
    reason: str
    types: tuple[str, ...] = ()

    def covers(self, variant: str, length: int) -> bool:
        """Whether the loss of such a frame is no fault."""
        return self.low <= length <= self.high and (not self.types or variant.startswith(self.types))


NOT_RUN = {
    "embedded/lwip_arp_checked.c": "its modes are lengths of the frame's first buffer, which are no setting",
}
"""Fixtures that the oracle does not run, each with its reason; it runs all others."""

SPARED = {
    "linux/max_tag_beside.c": Spared(1515, 1518, "the stack gives this device tags beside the frame"),
    "linux/max_tagged_exempt.c": Spared(1515, 1518, "802.1Q alone is asked for", ("0x88a8", "0x9100")),
    "linux/max_vlan_challenged.c": Spared(1515, 1518, "the stack gives this device no tagged frames"),
    "linux/min_wire_own_side_pads.c": Spared(14, 59, "the driver's other end has padded it"),
    "linux/min_wire_physical_rx.c": Spared(14, 59, "hardware has padded it"),
    "linux/packet_type_own.c": Spared(14, 33, "the one protocol that it takes has this minimum"),
    "ndis/max_tag_beside.c": Spared(1515, 1518, "the stack gives tags beside the frame"),
    "plain/read_declared_length.c": Spared(
        17, 1518, "a format of its own: it asks for the length that it declares"
    ),
    "plain/max_below_ethernet.c": Spared(1281, 1518, "a link with a smaller frame of its own"),
    "plain/min_wire_unknown_link.c": Spared(14, 59, "hardware may have padded it"),
}
"""Legal frames that these fixtures lose, and are right to: they never come, or nobody can tell."""
