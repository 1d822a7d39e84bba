"""What the protocols allow: frame classes, header sizes, well-known names; from ``rules/protocols.toml``."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec

Layer = Literal["L2", "L2+FCS", "L3", "L4", "payload"]
Bytes = Annotated[int, msgspec.Meta(ge=0, le=1 << 20)]
"""A length or an offset: no frame is longer than 64 KiB, whatever stands in front of it."""


class FrameClass(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One frame class. Lengths in bytes from the destination address, without FCS and without padding.

    ``ethertypes`` select it on an L2 path (``length_field`` when the field is a length, below 0x600);
    ``ip_version`` on an L3 path. A class without ethertypes, length field or version is "everything else".
    """

    id: str
    title: str
    minimum: Bytes
    maximum: Bytes
    source: str
    ethertypes: tuple[int, ...] = ()
    length_field: bool = False
    ip_version: int | None = None


class Header(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A protocol header, as a leaf of the constant graph.

    ``macros`` are constants' names that mean this size and ``records`` struct names (tags or
    typedefs) that are this header, compared without regard to case and underscores. A record whose
    members have the sizes of ``shape`` (bytes, in order) is this header whatever it is called.
    """

    id: str
    title: str
    layer: Layer
    size: Bytes
    source: str
    macros: tuple[str, ...] = ()
    records: tuple[str, ...] = ()
    shape: tuple[Bytes, ...] = ()


class Quantity(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A well-known length that is not a header: an MTU, a wire minimum, a maximum frame size."""

    id: str
    title: str
    layer: Layer
    size: Bytes
    source: str
    kind: Literal["minimum", "maximum", "mtu", "fcs", "tag", "header"]
    macros: tuple[str, ...] = ()
    members: tuple[
        str, ...
    ] = ()  # struct members that hold it at run time; a value taken from here is *assumed*


class LengthField(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A header field that declares a length, big-endian: ``width`` bytes at ``offset`` of the header.

    ``counts`` is the layer of the first byte that it counts (the header's own, or what follows: payload).
    In a frame of ``frame_class`` without options it stands at ``frame_offset`` and counts from
    ``counted_from`` on (bytes from the destination address).
    """

    header: str  # id of the header
    title: str
    offset: Bytes
    width: Bytes
    counts: Literal["L3", "L3 payload", "L4", "L2 payload"]
    frame_class: str
    frame_offset: Bytes
    counted_from: Bytes
    source: str


class Reading(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A candidate meaning of a bare literal, as header ids that add up to it."""

    size: Bytes
    parts: tuple[str, ...]


class Sample(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A real frame for witnesses: ``layers`` name the builders in ``auditor.capture.frames``.

    ``telling`` orders witnesses that are equally lost: the higher, the more a reader recognises it.
    ``length`` in bytes, L2 without FCS; with ``longest`` any length from ``length`` to it can be made.
    """

    id: str
    title: str
    frame_class: str
    length: Bytes
    source: str
    telling: int = 0
    layers: tuple[str, ...] = ()
    longest: Bytes = 0


class Sender(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Who makes the frames of an entry point: ``id`` is a role's origin.

    ``guarantees`` is how many bytes of L2 without FCS every frame has before the driver looks at it.
    """

    id: Literal["wire", "stack", "peer", "untrusted"]
    title: str
    guarantees: Bytes
    source: str


class Protocols(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """All of ``rules/protocols.toml``."""

    classes: tuple[FrameClass, ...]
    headers: tuple[Header, ...]
    quantities: tuple[Quantity, ...]
    length_fields: tuple[LengthField, ...] = ()
    readings: tuple[Reading, ...] = ()
    samples: tuple[Sample, ...] = ()
    origins: tuple[Sender, ...] = ()
