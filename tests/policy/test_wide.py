"""Runs over all lengths that a sender can choose: what splits a path on the way leaves none of them out."""

from __future__ import annotations

import pytest

from auditor.policy.numbers.lengths import LONGEST
from tests.policy.running import analysed, entry_of

DEVICE = """\
#include <ndis.h>
static int Mode;
static NTSTATUS Keep(PUCHAR Data, ULONG Bytes);
static UCHAR Kept[64];
static ULONG Longer(ULONG Bytes, ULONG More) { return Bytes + More; }

NTSTATUS PortWrite(PDEVICE_OBJECT Device, PIRP Irp)
{
    PUCHAR data = (PUCHAR)Irp->AssociatedIrp.SystemBuffer;
    ULONG bytes = IoGetCurrentIrpStackLocation(Irp)->Parameters.Write.Length;

    %s
    if (Longer(bytes, 14) < 60)
        NdisMoveMemory(Kept, data, bytes);
    return STATUS_SUCCESS;
}

NTSTATUS DriverEntry(PDRIVER_OBJECT Driver, PUNICODE_STRING Path)
{
    Driver->MajorFunction[IRP_MJ_WRITE] = PortWrite;
    return STATUS_SUCCESS;
}
"""
BEFORE = {
    "nothing": ("", 0xFFFFFFFF),
    "a comparison of the length": ("if (bytes < 20) return STATUS_INVALID_PARAMETER;", 0xFFFFFFFF),
    "a comparison of the frame's bytes": ("if ((data[0] >> 4) == 6) Mode = 6;", 0xFFFFFFFF),
    "a comparison of a field of the frame": ("if (*(USHORT *)(data + 12) == 8) Mode = 8;", 0xFFFFFFFF),
    "a comparison with something unknown": ("if (bytes == (ULONG)Mode) return STATUS_SUCCESS;", 0xFFFFFFFF),
    "a function that is called twice": ("if (Longer(bytes, 2) == 7) Mode = 1;", 0xFFFFFFFF),
    "a choice": ("bytes = bytes < 20 ? 20 : bytes;", 0xFFFFFFFF),
    "a limit": ("if (bytes > 70000) return STATUS_INVALID_PARAMETER;", 0),
}


@pytest.mark.parametrize(("before", "longest"), BEFORE.values(), ids=BEFORE)
def test_lengths_beyond_every_frame_come_through(before, longest, tmp_path):
    entry = entry_of(analysed(tmp_path, DEVICE % before), "PortWrite")
    assert entry.wide is not None
    seen = [o for o in entry.wide.observations if o.kind == "unbounded"]

    assert max((high for o in seen for _, high in o.lengths), default=0) == longest
    assert all(o.lengths[-1][1] <= LONGEST for o in entry.run.observations)
