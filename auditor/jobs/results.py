"""What a worker makes of one file, as bytes and back; in place of a lost one, a gap that says so."""

from __future__ import annotations

from auditor.frontend.file import Result
from auditor.jobs.lost import gap_of, given
from auditor.packing import ALONE, NOT_ALONE, pack, unpack


def result_bytes(result: Result) -> bytes:
    """A Result packed, behind a byte that says whether it depends on nothing but its file and headers."""
    return (ALONE if result.alone else NOT_ALONE) + pack(result)


def result_of(data: bytes | memoryview) -> Result:
    """What ``result_bytes`` made. Raises NotPacked for anything else."""
    return unpack(data[1:], Result)


def answered(outcome: bytes | Exception, path: str, base: str) -> Result:
    """What a worker gave, or a gap that says why it gave nothing."""
    try:
        return result_of(given(outcome))
    except ValueError as why:
        return Result(None, (gap_of(path, base, str(why)),))
