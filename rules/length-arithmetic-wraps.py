"""A difference or a sum of lengths wraps, and the result is used as a size, an index or a bound.

## What it finds
Arithmetic on the frame's length, or on lengths that its headers declare, that leaves the whole numbers for
frames which the path lets through, and whose result is then used: as the number of bytes to copy, to
allocate, to add to a frame or to hand over, as an index or an offset, as the bound of a loop that indexes, as
a frame's length. `length - 14` for a frame of 3 bytes is 4294967285 in 32 bits; `length + 14` for a write of
4294967282 bytes is 0. Also a sum that wraps and is compared in place of the length, when that length is the
size of a copy afterwards. Where a check stands beside the arithmetic that is too small for it, the check is
reported, else the arithmetic.

## Why it matters
The number that comes out is small where it should be large, or huge where it should be negative. A copy of
4294967285 bytes ends the system; a copy of what a wrapped sum has let pass writes over what lies behind the
buffer. Whoever chooses the frame's length chooses which.

## Example
    ULONG full = bytes + HEADER;            /* 4294967282 + 14 = 0 */

    if (full < SMALLEST) {
        buffer = NdisAllocateMemoryWithTagPriority(Handle, SMALLEST, Tag, NormalPoolPriority);
        NdisMoveMemory(buffer + HEADER, data, bytes);
    }

## Fix
Test before the arithmetic, and with the same constant: `if (length < 14) drop` before `length - 14`, or
`if (MAXULONG - bytes < HEADER) fail` before `bytes + HEADER`.

## Limits
Of lengths that the frame's headers declare, differences are looked at, and not sums. Frames that cannot come
do not count: hardware delivers 60 bytes at least, a network stack a whole header. Where nobody says who makes
the frames, only paths with a check that is too small are reported. Sums are reported where a platform pack
says that a sender can choose any length. A result that is only compared or stored, or that is a size for
which no memory is granted, is reported at low confidence.
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.rules import Finding, Rule, RuleContext, Severity, wrap_finding, wraps

RULE = Rule(
    title="Arithmetic on lengths wraps",
    message="'{0}' wraps: for a frame with '{1}' it is '{2}', and '{5}'. On the path from '{3}' it is '{4}'.",
    severity=Severity.ERROR,
    since="0.1.0",
    cwe=190,  # Integer Overflow or Wraparound
    security=7.8,
)

BAD = {
    "a check that is smaller than what is subtracted, in plain C": """\
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#define PREAMBLE 8

int queue_packet(const uint8_t *packet, size_t length);
static uint8_t held[2048];

int port_receive(const uint8_t *packet, uint16_t length)
{
    int payload;

    if (length < 4 || length > sizeof(held)) /* expect: length-arithmetic-wraps */
        return -1;
    payload = length - PREAMBLE;
    memcpy(held, packet + PREAMBLE, payload);
    return queue_packet(held, payload);
}
""",
    "a device write of which the wrapped sum is checked": """\
#include <wdm.h>
#include <ndis.h>

#define SMALLEST 60

static UCHAR Prefix[14];
static PVOID Handle;
NTSTATUS QueueFrame(PUCHAR Data, ULONG Bytes);

static NTSTATUS SendWithPrefix(PUCHAR Data, ULONG Bytes, const UCHAR *Before, ULONG BeforeBytes)
{
    ULONG full = Bytes + BeforeBytes; /* expect: length-arithmetic-wraps */
    PUCHAR room;

    if (full >= SMALLEST)
        return QueueFrame(Data, Bytes);
    room = NdisAllocateMemoryWithTagPriority(Handle, SMALLEST, 'qarf', NormalPoolPriority);
    NdisMoveMemory(room, Before, BeforeBytes);
    NdisMoveMemory(room + BeforeBytes, Data, Bytes);
    return QueueFrame(room, SMALLEST);
}

static NTSTATUS PortWrite(PDEVICE_OBJECT Device, PIRP Irp)
{
    ULONG bytes = IoGetCurrentIrpStackLocation(Irp)->Parameters.Write.Length;

    return SendWithPrefix(Irp->AssociatedIrp.SystemBuffer, bytes, Prefix, sizeof(Prefix));
}

NTSTATUS DriverEntry(PDRIVER_OBJECT Driver, PUNICODE_STRING Path)
{
    Driver->MajorFunction[IRP_MJ_WRITE] = PortWrite;
    return STATUS_SUCCESS;
}
""",
}

GOOD = {
    "the check is for what is subtracted": """\
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#define PREAMBLE 8

int queue_packet(const uint8_t *packet, size_t length);
static uint8_t held[2048];

int port_receive(const uint8_t *packet, uint16_t length)
{
    int payload;

    if (length < PREAMBLE || length > sizeof(held))
        return -1;
    payload = length - PREAMBLE; /* ok: never below 0 */
    memcpy(held, packet + PREAMBLE, payload);
    return queue_packet(held, payload);
}
""",
    "a result below 0 is refused before it is used": """\
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#define PREAMBLE 8

int queue_packet(const uint8_t *packet, size_t length);
static uint8_t held[2048];

int port_receive(const uint8_t *packet, uint16_t length)
{
    int payload = length - PREAMBLE; /* ok: 16 bits are promoted to int, and the sign is tested */

    if (length < 4 || length > sizeof(held) || payload < 5)
        return -1;
    memcpy(held, packet + PREAMBLE, payload);
    return queue_packet(held, payload);
}
""",
    "a device write of which the room for the prefix is checked": """\
#include <wdm.h>
#include <ndis.h>

#define SMALLEST 60

static UCHAR Prefix[14];
static PVOID Handle;
NTSTATUS QueueFrame(PUCHAR Data, ULONG Bytes);

static NTSTATUS SendWithPrefix(PUCHAR Data, ULONG Bytes, const UCHAR *Before, ULONG BeforeBytes)
{
    ULONG full;
    PUCHAR room;

    if (0xFFFFFFFF - Bytes < BeforeBytes)
        return STATUS_INVALID_PARAMETER;
    full = Bytes + BeforeBytes; /* ok: fits */
    if (full >= SMALLEST)
        return QueueFrame(Data, Bytes);
    room = NdisAllocateMemoryWithTagPriority(Handle, SMALLEST, 'qarf', NormalPoolPriority);
    NdisMoveMemory(room, Before, BeforeBytes);
    NdisMoveMemory(room + BeforeBytes, Data, Bytes);
    return QueueFrame(room, SMALLEST);
}

static NTSTATUS PortWrite(PDEVICE_OBJECT Device, PIRP Irp)
{
    ULONG bytes = IoGetCurrentIrpStackLocation(Irp)->Parameters.Write.Length;

    return SendWithPrefix(Irp->AssociatedIrp.SystemBuffer, bytes, Prefix, sizeof(Prefix));
}

NTSTATUS DriverEntry(PDRIVER_OBJECT Driver, PUNICODE_STRING Path)
{
    Driver->MajorFunction[IRP_MJ_WRITE] = PortWrite;
    return STATUS_SUCCESS;
}
""",
}


def check(context: RuleContext) -> Iterator[Finding]:
    """One finding per expression that wraps, with all its uses."""
    for found in wraps(context):
        yield wrap_finding("length-arithmetic-wraps", RULE, found)
