"""Which arithmetic on lengths is reported, and how sure: one body of a handler each."""

from __future__ import annotations

import pytest

from auditor.model import Confidence
from auditor.pipeline import scan
from auditor.settings import Settings

PLAIN = """\
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int queue_packet(const uint8_t *packet, size_t length);
static uint8_t held[65536];
static unsigned seen;

int port_receive(const uint8_t *packet, %s length)
{
    %s
    return queue_packet(packet, length);
}
"""
GUARD = "if (length < 4) return -1;"
COPY = "memcpy(held, packet, length - 8);"

FOUND = {
    "a copy": ("uint32_t", f"{GUARD} {COPY}", "4 - 8 = 4294967292"),
    "a copy of a negative int": (
        "uint16_t",
        f"{GUARD} int n = length - 8; memcpy(held, packet, n);",
        "4 - 8 = 18446744073709551612",
    ),
    "a copy where only 0 is refused": ("uint32_t", f"if (!length) return -1; {COPY}", "1 - 8 = 4294967289"),
    "an index": ("uint32_t", f"{GUARD} seen = packet[length - 8];", "4 - 8 = 4294967292"),
    "an index in size_t": ("size_t", f"{GUARD} seen = packet[length - 8];", "4 - 8 = -4"),
    "an offset": ("int", f"{GUARD} seen = *(packet + length - 8);", "4 - 8 = -4"),
    "an element that is written": ("int", f"{GUARD} held[length - 8] = 0;", "4 - 8 = -4"),
    "the bound of a loop": (
        "uint32_t",
        f"{GUARD} for (unsigned i = 0; i < length - 8; i++) seen += packet[i];",
        "4 - 8 = 4294967292",
    ),
    "narrowed after the difference": (
        "uint32_t",
        f"{GUARD} uint16_t n = length - 8; memcpy(held, packet, n);",
        "4 - 8 = 65532",
    ),
    "two differences": (
        "uint32_t",
        f"{GUARD} uint32_t n = length - 2; n = n - 6; memcpy(held, packet, n);",
        "4 - 8 = 4294967292",
    ),
    "in a callee's argument": (
        "uint32_t",
        f"{GUARD} uint32_t n = length; n -= 8; memcpy(held, packet, n);",
        "4 - 8 = 4294967292",
    ),
    "padding that is longer than nothing": (
        "uint32_t",
        "if (length < 14) return -1; memcpy(held + length, packet, 60 - length);",
        "60 - 61 = 4294967295",
    ),
}  # fmt: skip
SILENT = {
    "an allocation, which fails": (
        "uint32_t",
        f"{GUARD} uint8_t *n = malloc(length - 8); if (!n) return -1; memcpy(n, packet, length - 8);",
    ),
    "a check against something unknown": (
        "uint32_t",
        f"{GUARD} if (length < seen) return -1; {COPY}",
    ),
    "nobody says who makes the frames": ("uint32_t", COPY),
    "a check that is enough": ("uint32_t", f"if (length < 8) return -1; {COPY}"),
    "a check after the arithmetic": (
        "uint32_t",
        "uint32_t n = length - 8; if (length < 8) return -1; memcpy(held, packet, n);",
    ),
    "a difference below 0 refused": (
        "uint16_t",
        f"{GUARD} int n = length - 8; if (n < 0) return -1; memcpy(held, packet, n);",
    ),
    "a huge difference refused": (
        "uint32_t",
        f"{GUARD} uint32_t n = length - 8; if (n > sizeof held) return -1; memcpy(held, packet, n);",
    ),
    "a difference cut to what fits": (
        "uint32_t",
        f"{GUARD} uint32_t n = length - 8; if (n > 100) n = 100; memcpy(held, packet, n);",
    ),
    "a smaller of two": (
        "uint32_t",
        f"{GUARD} uint32_t n = length - 8 < 100 ? length - 8 : 100; memcpy(held, packet, n);",
    ),
    "added again": ("uint32_t", f"{GUARD} uint32_t n = length - 8; memcpy(held, packet, n + 8);"),
    "low bits on purpose": ("uint32_t", f"{GUARD} held[0] = (uint8_t)length; held[1] = length >> 8;"),
    "room left before the sum": (
        "uint16_t",
        f"{GUARD} if (UINT16_MAX - length < 8) return -1; uint16_t n = length + 8; memcpy(held, packet, n);",
    ),
    "padding up to a minimum": (
        "uint32_t",
        f"{GUARD} if (length < 60) memcpy(held + length, packet, 60 - length);",
    ),
    "the end of the data": ("uint32_t", f"{GUARD} const uint8_t *end = packet + length - 8; seen = !end;"),
    "a size that no header gives": (
        "uint32_t",
        "if (!length) return -1; memcpy(held, packet, length - sizeof(struct vendor_head));",
    ),
    "a loop that does not index": ("uint32_t", f"{GUARD} for (unsigned i = 0; i < length - 8; i++) seen++;"),
}  # fmt: skip


def found(folder, ctype, body):
    file = folder / "port.c"
    file.write_text(PLAIN % (ctype, body), encoding="utf-8")
    settings = Settings(paths=(file,), select=("length-arithmetic-wraps",), min_confidence=Confidence.LOW)
    report = scan(settings).report
    assert not [gap for gap in report.gaps if gap.level != "note"]
    return report.findings


@pytest.mark.parametrize(("ctype", "body", "numbers"), FOUND.values(), ids=FOUND)
def test_uses_that_are_reported(ctype, body, numbers, tmp_path):
    (finding,) = [f for f in found(tmp_path, ctype, body) if f.confidence is not Confidence.LOW]

    assert numbers in finding.arguments[2]
    assert finding.confidence is Confidence.MEDIUM


@pytest.mark.parametrize(("ctype", "body"), SILENT.values(), ids=SILENT)
def test_uses_that_are_not(ctype, body, tmp_path):
    assert [f for f in found(tmp_path, ctype, body) if f.confidence is not Confidence.LOW] == []


def test_a_comparison_alone_is_low(tmp_path):
    (finding,) = found(tmp_path, "uint32_t", f"{GUARD} if (length - 8 < 20) return -1;")

    assert finding.confidence is Confidence.LOW
    assert finding.arguments[4] == "compared: length - 8 < 20"


USB = """\
#include <linux/etherdevice.h>
#include <linux/netdevice.h>
#include <linux/usb.h>
#include <linux/usb/usbnet.h>

static int box_rx_fixup(struct usbnet *dev, struct sk_buff *skb)
{
	struct sk_buff *made;
	int len;

	if (skb->len < 64)
		return 0;
	len = (skb->data[1] | (skb->data[2] << 8)) - 4;
	if (%s)
		return 0;
	made = netdev_alloc_skb_ip_align(dev->net, len);
	if (!made)
		return 0;
	memcpy(made->data, skb->data + 3, len);
	usbnet_skb_return(dev, made);
	return 1;
}

static const struct driver_info box = { .rx_fixup = box_rx_fixup };
"""
CHECKS = {
    "an upper limit alone": ("len > ETH_FRAME_LEN", ["0 - 4 = -4"]),
    "its sign too": ("len > ETH_FRAME_LEN || len < 0", []),
    "a lower limit": ("len < ETH_HLEN", []),
    "a lower limit before it is taken off": ("(skb->data[1] | (skb->data[2] << 8)) < 4", []),
    "one that is too small": ("(skb->data[1] | (skb->data[2] << 8)) < 2", ["2 - 4 = -2"]),
    "against the frame's length, which has no sign": ("len > skb->len - 7", []),
    "an unknown function's verdict": ("box_bad(len)", []),
}


@pytest.mark.parametrize(("check", "numbers"), CHECKS.values(), ids=CHECKS)
def test_lengths_that_a_header_declares(check, numbers, tmp_path):
    file = tmp_path / "box.c"
    file.write_text("int box_bad(int len);\n" + USB % check, encoding="utf-8")
    report = scan(Settings(paths=(file,), select=("length-arithmetic-wraps",))).report

    assert [f.arguments[2] for f in report.findings] == numbers
    assert {f.at.line for f in report.findings} <= {14}


READ = """\
#include <stdint.h>
#include <string.h>

extern uint8_t *chip;

int chip_read_frame(void *room, uint16_t room_len)
{
    int length;

    if (chip[0] < %d)
        return 0;
    length = chip[0] - 8;
    if (length > room_len)
        return 0;
    memcpy(room, &chip[1], length);
    return length;
}
"""


@pytest.mark.parametrize(("least", "lines"), [(4, [10]), (7, [10]), (8, [])])
def test_a_function_that_fills_its_callers_buffer(least, lines, tmp_path):
    """The buffer's size is not the frame's length: that is what is copied into it."""
    file = tmp_path / "chip.c"
    file.write_text(READ % least, encoding="utf-8")
    report = scan(Settings(paths=(file,), select=("length-arithmetic-wraps",))).report

    assert [f.at.line for f in report.findings] == lines
