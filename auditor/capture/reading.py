"""A capture file in, its records out one by one, whatever its format; damage becomes a clear error."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO

from auditor.capture import classic, pcapng
from auditor.capture.record import CutOffError, DamagedError, Record
from auditor.model import NothingAnalysed, UsageError

GZIP = b"\x1f\x8b"

Reader = Callable[[BinaryIO], Iterator[Record]]


class Capture:
    """The records of a file; iterate as often as needed. ``cut_off`` says, after that, how the file ends."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.cut_off = ""

    def __iter__(self) -> Iterator[Record]:
        """Raises UsageError for what cannot be opened, NothingAnalysed for what is no intact capture."""
        if self.path.exists() and not self.path.is_file():
            raise UsageError(f"{self.path}: is not a regular file", "save the capture to a file first")
        try:
            with self.path.open("rb") as file:
                yield from self._records(file, _format(file.read(4), self.path))
        except OSError as error:
            raise UsageError(f"{self.path}: cannot be read: {error.strerror or error}") from error

    def _records(self, file: BinaryIO, read: Reader) -> Iterator[Record]:
        file.seek(0)
        number = 0
        try:
            for record in read(file):
                number += 1
                yield record
        except CutOffError:
            self.cut_off = f"the file ends in the middle of record {number + 1}; what stands before is used"
            if not number:
                raise NothingAnalysed(f"{self.path}: the file ends before its first frame does") from None
        except DamagedError as error:
            raise NothingAnalysed(
                f"{self.path}: damaged after {number} frames, at byte {file.tell()}: {error}",
                "a tool that repairs captures may save the frames before it",
            ) from None


def _format(magic: bytes, path: Path) -> Reader:
    if magic in classic.MAGICS:
        return classic.records
    if magic == pcapng.MAGIC:
        return pcapng.records
    if not magic:
        raise NothingAnalysed(f"{path}: the file is empty")
    if magic.startswith(GZIP):
        raise NothingAnalysed(f"{path}: is compressed", "unpack it first: gunzip")
    raise NothingAnalysed(
        f"{path}: is no capture: it starts with {magic.hex(' ')}", "expected a pcap or pcapng file"
    )
