"""What a name, a record or a bare number means in the terms of ``rules/protocols.toml``.

Names of public interfaces are listed there; other names are read by their words (``ETH`` + ``HEADER``), and
count only when the value is the one the protocol gives.
"""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from auditor.constants.words import FRAME, HEADER, KNOWN, LEAST, MOST, PROTOCOLS, SIZE, normal, words
from auditor.knowledge import Header, Protocols, Quantity

ORDER = ("", "L2", "L2+FCS", "L3", "L4", "payload")
LEAST_MTU = 68  # RFC 791 section 3.2: every module must be able to forward 68 bytes
MOST_MTU = 65535
NOT_THE_MTU = frozenset({"min", "minimum", "hard", "get", "set", "change", "new", "old"})


class Meaning(msgspec.Struct, frozen=True):
    """What a constant stands for: ``size`` bytes of ``layer``.

    ``kind`` is header, mtu, minimum, maximum, fcs or tag.
    """

    id: str
    title: str
    layer: str
    size: int
    source: str
    kind: str


def highest(layers: Iterable[str]) -> str:
    """The layer furthest from the wire among ``layers``; empty when none is known."""
    return max(layers, key=ORDER.index, default="")


class Vocabulary:
    """``protocols.toml``, indexed for looking up names, records, members and bare numbers."""

    def __init__(self, protocols: Protocols) -> None:
        known: list[Header | Quantity] = [*protocols.headers, *protocols.quantities]
        self._by_id = {one.id: _meaning(one) for one in known}
        self._macros = _listed((name, self._by_id[one.id]) for one in known for name in one.macros)
        self._records = _listed((name, self._by_id[h.id]) for h in protocols.headers for name in h.records)
        self._members = {normal(name): self._by_id[q.id] for q in protocols.quantities for name in q.members}
        self._shapes = {h.shape: self._by_id[h.id] for h in protocols.headers if h.shape}
        self._readings: dict[int, list[str]] = {}
        for reading in protocols.readings:
            titles = [self._by_id[part].title if part in self._by_id else part for part in reading.parts]
            self._readings.setdefault(reading.size, []).append(" + ".join(titles))

    def of_name(self, name: str, value: int | None) -> Meaning | None:
        """What the constant ``name`` of ``value`` bytes means; without a value only plain names tell."""
        if (listed := _of_size(self._macros.get(normal(name), ()), value)) is not None:
            return listed
        found = words(name)
        return self._header(found, value) or self._mtu(found, value) or self._bound(found, value)

    def of_record(self, name: str, size: int | None) -> Meaning | None:
        """Which header the struct ``name`` of ``size`` bytes is; None when name or size do not fit."""
        if (listed := _of_size(self._records.get(normal(name), ()), size)) is not None:
            return listed
        return None if size is None else self._header(words(name), size)

    def of_shape(self, sizes: tuple[int | None, ...]) -> Meaning | None:
        """Which header a record with members of ``sizes`` bytes, in order, is; whatever its name."""
        return self._shapes.get(tuple(size or 0 for size in sizes))

    def of_member(self, name: str) -> Meaning | None:
        """What a variable or member called ``name`` holds by default: an MTU, a link header."""
        return self._members.get(normal(name)) or self._mtu(words(name), None)

    def readings(self, value: int) -> tuple[str, ...]:
        """Candidate meanings of a bare number; readings, never proof."""
        return tuple(self._readings.get(value, ()))

    def _header(self, found: tuple[str, ...], value: int | None) -> Meaning | None:
        """Headers named by their protocols: all together, one that the others qualify, or a whole packet."""
        named = [word for word in found if word in PROTOCOLS]
        ids = list(dict.fromkeys(PROTOCOLS[word] for word in named if PROTOCOLS[word] in self._by_id))
        if not ids or not _plain_after(found, named[0]):
            return None
        has = set(found)
        strong = bool(HEADER & has) or ("vlan" in ids and "tag" in has) or ("fcs" in ids and bool(SIZE & has))
        if value is None:  # nothing guards the guess: one protocol, no word that could change it
            plain = "mac" not in named and not (LEAST | MOST) & has and _plain_after(found, found[0])
            return self._by_id[ids[0]] if strong and plain and len(ids) == 1 else None
        if not strong and not (SIZE | FRAME) & has:
            return None
        choices = [ids, *([one] for one in reversed(ids))]
        if FRAME & has and "ethernet" in self._by_id and "ethernet" not in ids:
            choices.append(["ethernet", *ids])
        return next((self._sum(c) for c in choices if self._sum(c).size == value), None)

    def _mtu(self, found: tuple[str, ...], value: int | None) -> Meaning | None:
        """An MTU of any size; 1500 (from the data file) is only assumed where nothing says otherwise."""
        mtu = self._by_id.get("mtu")
        if mtu is None or "mtu" not in found or NOT_THE_MTU & set(found) or not _plain_after(found, "mtu"):
            return None
        if value is None:
            return mtu if _plain_after(found, found[0]) and not MOST & set(found) else None
        return msgspec.structs.replace(mtu, size=value) if LEAST_MTU <= value <= MOST_MTU else None

    def _bound(self, found: tuple[str, ...], value: int | None) -> Meaning | None:
        """A smallest or largest frame: ``MIN`` or ``MAX`` beside a word for frames, with Ethernet's value."""
        has = set(found)
        kind = "minimum" if LEAST & has else "maximum" if MOST & has else ""
        if not kind or not has & (FRAME | {"eth", "ether", "ethernet"}):
            return None
        fits = [one for one in self._by_id.values() if one.kind == kind and one.size == value]
        if len(fits) > 1:  # 1518 is tagged without FCS, or untagged with it: only the name can tell
            said = ["tagged"] if has & {"vlan", "tag", "tagged"} else ["fcs"] if has & {"fcs", "crc"} else []
            narrowed = [one for one in fits if any(word in one.id for word in said)]
            unclear = msgspec.structs.replace(fits[0], layer="", title=" or ".join(one.title for one in fits))
            return narrowed[0] if len(narrowed) == 1 else unclear
        return fits[0] if fits else None

    def _sum(self, ids: list[str]) -> Meaning:
        parts = [self._by_id[one] for one in ids]
        if len(parts) == 1:
            return parts[0]
        return Meaning(
            id="+".join(ids),
            title=" + ".join(p.title for p in parts),
            layer=highest(p.layer for p in parts),
            size=sum(p.size for p in parts),
            source="; ".join(p.source for p in parts),
            kind="header",
        )


def _meaning(one: Header | Quantity) -> Meaning:
    kind = one.kind if isinstance(one, Quantity) else "header"
    return Meaning(id=one.id, title=one.title, layer=one.layer, size=one.size, source=one.source, kind=kind)


def _listed(named: Iterable[tuple[str, Meaning]]) -> dict[str, list[Meaning]]:
    """Meanings by normalised name; several of one name differ in size (``arphdr``, ``arp_hdr``)."""
    found: dict[str, list[Meaning]] = {}
    for name, meaning in named:
        found.setdefault(normal(name), []).append(meaning)
    return found


def _of_size(listed: Iterable[Meaning], size: int | None) -> Meaning | None:
    """The one among ``listed`` that has ``size`` bytes; without a size, the only one there is."""
    fits = {meaning.id: meaning for meaning in listed if size in (None, meaning.size)}
    return next(iter(fits.values())) if len(fits) == 1 else None


def _plain_after(found: tuple[str, ...], start: str) -> bool:
    """Whether every word from ``start`` on leaves the meaning alone (not ``OFFSET``, ``MASK``, ``VER``)."""
    return all(word in KNOWN or (len(word) == 1 and word.isalpha()) for word in found[found.index(start) :])
