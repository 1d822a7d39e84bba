"""Sizes of Ethernet frames several stages ask for, in bytes from the destination address on, without FCS."""

ETHERNET_HEADER = 14
"""Two addresses of 6 bytes and a length or type of 2 (IEEE 802.3-2018 clauses 3.2.3 to 3.2.6)."""

WIRE_MINIMUM = 60
"""The shortest frame on a wire, which pads others: 64 with FCS (IEEE 802.3-2018 clause 4.2.3.3)."""

UNTAGGED_MAXIMUM = 1514
"""The longest frame without a tag: 1518 with FCS (IEEE 802.3-2018 clause 3.2.7, basic frames)."""

TAGGED_MAXIMUM = 1518
"""The longest frame with one 802.1Q tag: 1522 with FCS (IEEE 802.3-2018 clause 3.2.7, Q-tagged frames)."""
