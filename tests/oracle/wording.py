"""The C that generated drivers are put together from: what stands before them, and their phrases."""

from __future__ import annotations

PREAMBLE = """\
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#define ETHER_BYTES 14
#define TAG_BYTES   4u
#define WIRE_BYTES  60
#define BOTH_BYTES  (ETHER_BYTES + INET_BYTES)
enum sizes { INET_BYTES = 20, INET6_BYTES = 40 };
struct ether { uint8_t to[6]; uint8_t from[6]; uint16_t type; };
static const size_t smallest = 14 + 20;
static const int largest = 1518;
struct box { bool strict; unsigned options; unsigned long seen; };
struct part { const uint8_t *at; size_t bytes; struct part *next; };
#define SHORTER(n, than) ((n) < (than))

extern int lan_transmit(const uint8_t *frame, size_t len);
extern int wan_transmit(const uint8_t *frame, size_t len);

static uint16_t be16(const uint8_t *at) { return (uint16_t)(at[0] << 8 | at[1]); }
static bool below(size_t n, size_t bound) { return n < bound; }
static int judged(uint16_t n) { return n < BOTH_BYTES ? -1 : n > largest ? -2 : 0; }
static bool holds(int n, unsigned need) { if (n < 0) return false; return (unsigned)n >= need; }
static bool is_type(const uint8_t *at, size_t n, uint16_t type) { return n >= 14 && be16(at + 12) == type; }
static void shrink(size_t *n, unsigned by) { if (*n >= by) *n -= by; }
static bool measured(const uint8_t *frame, size_t n, unsigned *header)
{
    *header = ETHER_BYTES;
    if (n < ETHER_BYTES + TAG_BYTES)
        return n >= ETHER_BYTES;
    if (be16(frame + 12) == 0x8100)
        *header += TAG_BYTES;
    return true;
}
static int whole(const struct part *list, size_t least)
{
    const struct part *p;
    for (p = list; p != NULL; p = p->next)
        if (p->bytes < least)
            return -1;
    return 0;
}
"""

WIDTHS = ("size_t", "uint32_t", "uint16_t", "int", "unsigned", "long", "short", "uint8_t")
ETHERTYPES = ("0x0800", "0x86dd", "0x0806", "0x8864", "0x8100", "0x888e", "0x9000")

SHAPES = (
    "{n}", "{n}", "{n}", "{n} - {c}", "{n} + {c}", "({w}){n}", "({w})({n} - {c})", "({w}){n} - {c}",
    "({n} >> 1)", "({n} & ~3)", "({n} % 8)", "2 * {n}", "{c} - {n}", "({n} / 2)", "-(int){n}", "~{n}",
)  # fmt: skip
CONSTANTS = (
    "0", "1", "4", "13", "14", "18", "20", "22", "34", "42", "54", "60", "100", "1500", "1514", "1518",
    "14u", "34u", "-1", "(size_t)34", "smallest", "largest", "ETHER_BYTES", "TAG_BYTES", "WIRE_BYTES",
    "BOTH_BYTES", "INET_BYTES", "ETHER_BYTES + INET6_BYTES", "ETHER_BYTES + TAG_BYTES",
    "sizeof(struct ether)", "(int)sizeof(struct ether) + 20",
)  # fmt: skip
TYPE_READS = ("frame[12] << 8 | frame[13]", "be16(frame + 12)", "(frame[12] << 8) + frame[13]")

LEARN = "if (len < 14)\n    goto drop;\ntype = {};"
PAD = """\
if (len < WIRE_BYTES) {
    memcpy(room, frame, len);
    memset(room + len, 0, WIRE_BYTES - len);
    frame = room;
    len = WIRE_BYTES;
}"""


LIST = """\
{{
    struct part first = {{frame, len, NULL}}, *p = &first;
    while (p) {{
        if ({test})
            goto drop;
        if (p->bytes < {least})
            return -3;
        p = p->next;
    }}
}}"""
STATEMENTS = (
    "guard", "guard", "guard", "learn", "count", "set", "choose", "pad", "trim", "pull", "send", "grow",
    "shrink", "header", "ladder", "list",
)  # fmt: skip
NESTING = (*STATEMENTS, "branch", "branch", "switch", "once")


ONCE = """\
do {{
{inner}
    if ({out})
        break;
    return lan_transmit(frame, len);
}} while (0);"""

FINISH = (
    "send:",
    "    return lan_transmit(frame, len);",
    "drop:",
    "    box->seen++;",
    "    return -1;",
)
