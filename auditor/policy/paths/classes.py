"""Frame classes as bit masks, and how comparisons of header fields split them."""

from __future__ import annotations

from auditor.knowledge import FrameClass, Protocols

ETHERTYPE_AT = 12
"""Offset in bytes of the ethertype in an Ethernet frame (IEEE 802.3 clause 3.2.6)."""

SMALLEST_ETHERTYPE = 0x600
"""Values below are lengths, not types (IEEE 802.3 clause 3.2.6)."""

Classes = int


class ClassTable:
    """The classes of ``protocols.toml`` in order; a set of classes is an int with one bit each."""

    def __init__(self, protocols: Protocols) -> None:
        self.classes: tuple[FrameClass, ...] = protocols.classes
        self.all: Classes = (1 << len(self.classes)) - 1
        self._by_ethertype = {t: 1 << i for i, c in enumerate(self.classes) for t in c.ethertypes}
        self._several = {1 << i for i, c in enumerate(self.classes) if len(c.ethertypes) > 1}
        self._llc = sum(1 << i for i, c in enumerate(self.classes) if c.length_field)
        self._other = sum(
            1 << i
            for i, c in enumerate(self.classes)
            if not c.ethertypes and not c.length_field and c.ip_version is None
        )
        self._by_version = {
            c.ip_version: 1 << i for i, c in enumerate(self.classes) if c.ip_version is not None
        }
        self.ip: Classes = sum(self._by_version.values())

    def members(self, classes: Classes) -> tuple[FrameClass, ...]:
        """The classes of a set, in table order."""
        return tuple(c for i, c in enumerate(self.classes) if classes >> i & 1)

    def bit(self, name: str) -> Classes:
        """The set with the one class called ``name``; KeyError when there is none."""
        for i, c in enumerate(self.classes):
            if c.id == name:
                return 1 << i
        raise KeyError(name)

    def of_ethertype(self, number: int) -> tuple[Classes, bool]:
        """Classes with that ethertype, and whether the ethertype is all there is to the class."""
        if number < SMALLEST_ETHERTYPE:
            return self._llc, False
        found = self._by_ethertype.get(number, self._other)
        return found, found != self._other and found not in self._several

    def of_high_byte(self, byte: int) -> tuple[Classes, Classes]:
        """Classes that can have an ethertype with that first byte, and those that have no other."""
        possible = self._other | (self._llc if byte < SMALLEST_ETHERTYPE >> 8 else 0)
        certain = 0
        for i, c in enumerate(self.classes):
            bytes_ = {t >> 8 for t in c.ethertypes}
            possible |= (byte in bytes_) << i
            certain |= (bytes_ == {byte}) << i
        return possible, certain

    def of_version(self, version: int) -> Classes:
        """Classes whose first nibble on an L3 path is ``version``."""
        return self._by_version.get(version, 0)

    def below(self, number: int) -> Classes | None:
        """Classes with an ethertype field below ``number``; None when that cuts through a class."""
        return self._llc if SMALLEST_ETHERTYPE - 99 <= number <= SMALLEST_ETHERTYPE else None
