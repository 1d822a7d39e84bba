"""A pcapng file in, its records out: all sections and interfaces, both byte orders.

The layouts are dpkt's; the reading is ours, because dpkt's reader hides how long a frame was before it was
cut to the snapshot length, and takes every frame for one of the first interface.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import Any, BinaryIO, NamedTuple

import dpkt

from auditor.capture.record import LARGEST, CutOffError, DamagedError, Record, without_fcs

SECTION, INTERFACE, SIMPLE = (
    dpkt.pcapng.PCAPNG_BT_SHB,
    dpkt.pcapng.PCAPNG_BT_IDB,
    dpkt.pcapng.PCAPNG_BT_SPB,
)
MAGIC = SECTION.to_bytes(4, "big")  # reads the same in either byte order
FRAMES = {
    ("<", dpkt.pcapng.PCAPNG_BT_EPB): dpkt.pcapng.EnhancedPacketBlockLE,
    (">", dpkt.pcapng.PCAPNG_BT_EPB): dpkt.pcapng.EnhancedPacketBlock,
    ("<", dpkt.pcapng.PCAPNG_BT_PB): dpkt.pcapng.PacketBlockLE,
    (">", dpkt.pcapng.PCAPNG_BT_PB): dpkt.pcapng.PacketBlock,
}
LAYOUTS = {key: struct.Struct(block.__hdr_fmt__[:-1]) for key, block in FRAMES.items()}  # the length's repeat
MOST = LARGEST + 65536  # a frame with its options
SMALLEST_BLOCK = 12


class Interface(NamedTuple):
    """What a description block says: link type, snapshot length, FCS in bytes, ticks a second, offset."""

    link: int
    snapshot: int
    fcs: int
    ticks: int
    offset: int


def records(file: BinaryIO) -> Iterator[Record]:
    """The records of a pcapng file (draft-ietf-opsawg-pcapng), which stands at its start.

    Raises CutOffError where the file ends inside a block, DamagedError for a block that contradicts itself.
    """
    order, interfaces = "<", list[Interface]()
    for kind, order, block in _blocks(file):
        if kind == SECTION:
            interfaces = []
        elif kind == INTERFACE:
            interfaces.append(_interface(order, block))
        elif kind == SIMPLE:
            yield _simple(order, block, interfaces)
        else:
            yield _frame(order, kind, block, interfaces)


def _blocks(file: BinaryIO) -> Iterator[tuple[int, str, bytes]]:
    """Type, byte order and bytes of every block that matters here."""
    order = "<"
    while head := file.read(8):
        if len(head) < 8:
            raise CutOffError
        if head[:4] == MAGIC:
            head += file.read(4)
            order = _order(head)
        kind, total = struct.unpack(order + "II", head[:8])
        if total < max(SMALLEST_BLOCK, len(head) + 4) or total % 4:
            raise DamagedError(f"a block of {total} bytes")
        matters = kind in (SECTION, INTERFACE, SIMPLE) or (order, kind) in FRAMES
        if matters and total > MOST:
            raise DamagedError(f"a block of {total} bytes")
        block = head + (_read if matters else _skip)(file, total - len(head) - 4)
        if struct.unpack(order + "I", _read(file, 4)) != (total,):
            raise DamagedError("the two lengths of a block differ")
        if matters:
            yield kind, order, block


def _order(head: bytes) -> str:
    if len(head) < SMALLEST_BLOCK:
        raise CutOffError
    for order in "<>":
        if struct.unpack(order + "I", head[8:])[0] == dpkt.pcapng.BYTE_ORDER_MAGIC:
            return order
    raise DamagedError("a section of unknown byte order")


def _read(file: BinaryIO, size: int) -> bytes:
    data = file.read(size)
    if len(data) < size:
        raise CutOffError
    return data


def _skip(file: BinaryIO, size: int) -> bytes:
    """Past ``size`` bytes, in pieces: a block that does not matter may be of any size."""
    while size > 0:
        size -= len(_read(file, min(size, MOST)))
    return b""


def _interface(order: str, block: bytes) -> Interface:
    layout = (
        dpkt.pcapng.InterfaceDescriptionBlockLE if order == "<" else dpkt.pcapng.InterfaceDescriptionBlock
    )
    try:
        read = layout(block + struct.pack(order + "I", len(block) + 4))
    except (dpkt.Error, ValueError, struct.error) as error:
        raise DamagedError("an interface description that cannot be read") from error
    options: dict[int, bytes] = {option.code: option.data for option in read.opts}
    resolution = (options.get(dpkt.pcapng.PCAPNG_OPT_IF_TSRESOL) or b"\x06")[0]
    power = resolution & 0x7F
    return Interface(
        link=read.linktype,
        snapshot=read.snaplen,
        fcs=(options.get(dpkt.pcapng.PCAPNG_OPT_IF_FCSLEN) or b"\0")[0] // 8,
        ticks=2**power if resolution & 0x80 else 10**power,
        offset=_signed(order, options.get(dpkt.pcapng.PCAPNG_OPT_IF_TSOFFSET, b"")),
    )


def _signed(order: str, data: bytes) -> int:
    return int.from_bytes(data[:8], "little" if order == "<" else "big", signed=True)


def _simple(order: str, block: bytes, interfaces: list[Interface]) -> Record:
    if not interfaces or len(block) < SMALLEST_BLOCK:
        raise DamagedError("a frame of an interface that nothing describes")
    whole: int = struct.unpack(order + "I", block[8:12])[0]
    captured = min(whole, interfaces[0].snapshot or whole)
    return _record(block[12:], captured, whole, 0, interfaces[0])


def _frame(order: str, kind: int, block: bytes, interfaces: list[Interface]) -> Record:
    layout = LAYOUTS[order, kind]
    if len(block) < layout.size:
        raise DamagedError("a frame's block that is too short")
    fields: tuple[Any, ...] = layout.unpack_from(block)
    number, (high, low, captured, whole) = fields[2], fields[-4:]
    if number >= len(interfaces):
        raise DamagedError("a frame of an interface that nothing describes")
    record = _record(block[layout.size :], captured, whole, high << 32 | low, interfaces[number])
    return record._replace(interface=number)


def _record(data: bytes, captured: int, whole: int, ticks: int, of: Interface) -> Record:
    if captured > len(data):
        raise DamagedError(f"a frame of {captured} captured bytes in a block of {len(data)}")
    data, length = without_fcs(data[:captured], whole, of.fcs)
    return Record(data, length, of.link, of.offset * 10**9 + ticks * 10**9 // of.ticks)
