"""Every form of a capture is read alike, and what is damaged is refused in words."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from auditor.capture.reading import Capture
from auditor.capture.record import Record
from auditor.model import LenauditError, NothingAnalysed, UsageError
from tests.capture import made

ONE, OTHER = made.frame(60, 1), made.frame(33, 2)
NANO = 0xA1B23C4D
MODIFIED = 0xA1B2CD34
EXTRA = struct.pack("<IHBB", 3, 0x0800, 0, 0)  # interface, protocol, kind, padding
FORMS = {
    "little-endian": made.pcap(ONE, OTHER),
    "big-endian": made.pcap(ONE, OTHER, order=">"),
    "nanoseconds": made.pcap(ONE, OTHER, magic=NANO),
    "nanoseconds, big-endian": made.pcap(ONE, OTHER, magic=NANO, order=">"),
    "modified": made.pcap(magic=MODIFIED)
    + struct.pack("<IIII", 0, 0, 60, 60) + EXTRA + ONE + struct.pack("<IIII", 0, 0, 33, 33) + EXTRA + OTHER,
    "pcapng": made.pcapng(ONE, OTHER),
    "pcapng, big-endian": made.pcapng(ONE, OTHER, order=">"),
    "pcapng, simple packets": made.section() + made.interface()
    + made.block(3, struct.pack("<I", 60) + ONE) + made.block(3, struct.pack("<I", 33) + OTHER),
    "pcapng, an unknown block between": made.section() + made.interface() + made.enhanced(ONE)
    + made.block(0x0BAD, bytes(400_000)) + made.enhanced(OTHER),
    "pcapng, two sections of different byte order": made.pcapng(ONE) + made.pcapng(OTHER, order=">"),
    "pcapng, obsolete packet blocks": made.section() + made.interface()
    + made.block(2, struct.pack("<HHIIII", 0, 0, 0, 0, 60, 60) + ONE)
    + made.block(2, struct.pack("<HHIIII", 0, 0, 0, 0, 33, 33) + OTHER),
    "FCS at the end, in the link type": made.pcap(ONE + b"fcs!", OTHER + b"fcs!", link=0x24000001),
    "FCS at the end, as an option": made.section()
    + made.interface(options=struct.pack("<HHB3xHH", 13, 1, 32, 0, 0))
    + made.enhanced(ONE + b"fcs!") + made.enhanced(OTHER + b"fcs!"),
}  # fmt: skip


def read(path: Path, content: bytes) -> list[Record]:
    path.write_bytes(content)
    return list(Capture(path))


@pytest.mark.parametrize("content", FORMS.values(), ids=FORMS)
def test_every_form_gives_the_same_frames(content: bytes, tmp_path: Path) -> None:
    found = read(tmp_path / "c", content)
    assert [(r.data, r.length, r.link) for r in found] == [(ONE, 60, 1), (OTHER, 33, 1)]


TIMES = {
    "microseconds": (made.pcap(ONE), 5_000),
    "nanoseconds": (made.pcap(ONE, magic=NANO), 5),
    "pcapng, microseconds": (
        made.section() + made.interface() + made.enhanced(ONE, ticks=2**33),
        2**33 * 1000,
    ),
    "pcapng, 2**-10 s from 100 s on": (
        made.section()
        + made.interface(options=struct.pack("<HHB3xHHqHH", 9, 1, 0x8A, 14, 8, 100, 0, 0))
        + made.enhanced(ONE, ticks=512),
        100 * 10**9 + 5 * 10**8,
    ),
}


@pytest.mark.parametrize(("content", "nanoseconds"), TIMES.values(), ids=TIMES)
def test_times_are_nanoseconds(content: bytes, nanoseconds: int, tmp_path: Path) -> None:
    (record,) = read(tmp_path / "c", content)
    assert record.time == nanoseconds


def test_a_frame_cut_to_the_snapshot_keeps_its_length(tmp_path: Path) -> None:
    (record,) = read(tmp_path / "c", made.pcap(made.frame(1000), snapshot=96))
    assert (len(record.data), record.length) == (96, 1000)
    (record,) = read(
        tmp_path / "c", made.section() + made.interface() + made.enhanced(made.frame(1000), captured=96)
    )
    assert (len(record.data), record.length) == (96, 1000)


BROKEN = {
    "empty": (b"", "the file is empty"),
    "text": (b"No. Time Source\n", "is no capture: it starts with 4e 6f 2e 20"),
    "compressed": (b"\x1f\x8b\x08\x00", "is compressed"),
    "half a file header": (made.pcap()[:20], "ends before its first frame"),
    "half a record header": (made.pcap(ONE)[:30], "ends before its first frame"),
    "half a frame": (made.pcap(ONE)[:-1], "ends before its first frame"),
    "an impossible length": (
        made.pcap(ONE) + struct.pack("<IIII", 0, 0, 300_000, 300_000),
        "damaged after 1 frames, at byte 116: a frame of 300000 captured bytes",
    ),
    "half a section": (made.section()[:10], "ends before its first frame"),
    "a section of no byte order": (
        made.section().replace(b"\x4d\x3c\x2b\x1a", b"\0\0\0\0"),
        "a section of unknown byte order",
    ),
    "a block of 8 bytes": (made.section() + struct.pack("<II", 5, 8), "a block of 8 bytes"),
    "a block of odd size": (made.section() + struct.pack("<II", 5, 21), "a block of 21 bytes"),
    "a frame's block of 1 GiB": (
        made.section() + struct.pack("<II", 6, 2**30),
        "a block of 1073741824 bytes",
    ),
    "two lengths": (
        made.section() + made.block(5, bytes(8))[:-4] + struct.pack("<I", 24),
        "the two lengths of a block differ",
    ),
    "no interface": (made.section() + made.enhanced(ONE), "an interface that nothing describes"),
    "another interface": (
        made.section() + made.interface() + made.enhanced(ONE, number=1),
        "an interface that nothing describes",
    ),
    "more captured than there is": (
        made.section() + made.interface() + made.block(6, struct.pack("<IIIII", 0, 0, 0, 99, 99) + ONE),
        "a frame of 99 captured bytes in a block of 60",
    ),
}


@pytest.mark.parametrize(("content", "words"), BROKEN.values(), ids=BROKEN)
def test_what_is_damaged_is_refused(content: bytes, words: str, tmp_path: Path) -> None:
    with pytest.raises(NothingAnalysed) as caught:
        read(tmp_path / "c", content)
    assert words in caught.value.message
    assert str(tmp_path / "c") in caught.value.message


def test_a_file_that_ends_early_gives_what_it_has(tmp_path: Path) -> None:
    (tmp_path / "c").write_bytes(made.pcap(ONE, OTHER)[:-1])
    capture = Capture(tmp_path / "c")
    assert [record.data for record in capture] == [ONE]
    assert capture.cut_off.startswith("the file ends in the middle of record 2")


def test_what_is_no_file_is_wrong_usage(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot be read: No such file"):
        list(Capture(tmp_path / "none"))
    with pytest.raises(UsageError, match="is not a regular file"):
        list(Capture(tmp_path))


def change(content: bytes, edits: list[tuple[int, int]], end: int) -> bytes:
    damaged = bytearray(content)
    for at, byte in edits:
        damaged[at % len(damaged)] = byte
    return bytes(damaged[: end % (len(damaged) + 1)])


@settings(deadline=None)
@given(
    some.sampled_from(sorted(FORMS)),
    some.lists(some.tuples(some.integers(0, 400), some.integers(0, 255)), max_size=6),
    some.integers(0, 10**6),
)
def test_damage_anywhere_is_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, form: str, edits: list[tuple[int, int]], end: int
) -> None:
    path = tmp_path_factory.getbasetemp() / "damaged"
    assert_read_or_refused(path, change(FORMS[form], edits, end))


@settings(deadline=None)
@given(some.sampled_from(sorted({content[:4] for content in FORMS.values()})), some.binary(max_size=200))
def test_noise_is_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, magic: bytes, noise: bytes
) -> None:
    path = tmp_path_factory.getbasetemp() / "noise"
    assert_read_or_refused(path, magic + noise)


def assert_read_or_refused(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    message = str(path)
    try:
        records = list(Capture(path))
    except LenauditError as error:
        records, message = [], error.message
    assert all(record.length >= len(record.data) for record in records)
    assert str(path) in message
