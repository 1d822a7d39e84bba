"""Small drivers out of thin air: strategies that write plain C with nested guards, casts and classes."""

from __future__ import annotations

from hypothesis import strategies as st

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

extern int lan_transmit(const uint8_t *frame, size_t len);
extern int wan_transmit(const uint8_t *frame, size_t len);

static uint16_t be16(const uint8_t *at) { return (uint16_t)(at[0] << 8 | at[1]); }
static bool below(size_t n, size_t bound) { return n < bound; }
static int judged(uint16_t n) { return n < BOTH_BYTES ? -1 : n > largest ? -2 : 0; }
static bool holds(int n, unsigned need) { if (n < 0) return false; return (unsigned)n >= need; }
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

constants = st.sampled_from(CONSTANTS)
operators = st.sampled_from(["<", "<=", ">", ">=", "==", "!="])
ethertype = st.sampled_from(TYPE_READS)


@st.composite
def lengths(draw: st.DrawFn, names: tuple[str, ...]) -> str:
    """An expression over the length, with C's integer rules at work."""
    name = draw(st.sampled_from(names))
    shape = draw(st.sampled_from(SHAPES))
    return shape.format(n=name, c=draw(constants), w=draw(st.sampled_from(WIDTHS)))


@st.composite
def conditions(draw: st.DrawFn, names: tuple[str, ...], depth: int = 2) -> str:
    """A condition on the length, the frame's type or the driver's mode."""
    kinds = [
        "length",
        "length",
        "length",
        "swapped",
        "type",
        "mode",
        "bits",
        "helper",
        "helper2",
        "judge",
        "address",
    ]
    kind = draw(st.sampled_from([*kinds, "not", "and", "or"] if depth else kinds))
    match kind:
        case "length":
            return f"{draw(lengths(names))} {draw(operators)} {draw(constants)}"
        case "swapped":
            return f"{draw(constants)} {draw(operators)} {draw(lengths(names))}"
        case "type":
            return f"type {draw(st.sampled_from(['==', '!=']))} {draw(st.sampled_from(ETHERTYPES))}"
        case "mode":
            return draw(st.sampled_from(["box->strict", "!box->strict"]))
        case "bits":
            return f"box->options & {draw(st.sampled_from([1, 4]))}"
        case "address":
            return "frame[0] & 1"
        case "helper":
            return f"below({draw(lengths(names))}, {draw(constants)})"
        case "helper2":
            return f"{draw(st.sampled_from(['', '!']))}holds({draw(lengths(names))}, {draw(constants)})"
        case "judge":
            return f"judged({draw(lengths(names))}){draw(st.sampled_from(['', ' < 0', ' == -1', ' == 0']))}"
        case "not":
            return f"!({draw(conditions(names, depth - 1))})"
        case _:
            joint = "&&" if kind == "and" else "||"
            return f"({draw(conditions(names, depth - 1))}) {joint} ({draw(conditions(names, depth - 1))})"


LEARN = "if (len < 14)\n    goto drop;\ntype = {};"
PAD = """\
if (len < WIRE_BYTES) {
    memcpy(room, frame, len);
    memset(room + len, 0, WIRE_BYTES - len);
    frame = room;
    len = WIRE_BYTES;
}"""


ONCE = """\
do {{
{inner}
    if ({out})
        break;
    return lan_transmit(frame, len);
}} while (0);"""


@st.composite
def statements(draw: st.DrawFn, names: tuple[str, ...], depth: int = 2) -> str:
    """One statement, or a few that belong together."""
    kinds = ["guard", "guard", "guard", "learn", "count", "set", "choose", "pad", "trim", "pull", "send"]
    kind = draw(st.sampled_from([*kinds, "branch", "branch", "switch", "once"] if depth else kinds))
    match kind:
        case "guard":
            way = draw(st.sampled_from(["goto drop;", "return -1;", "return -2;"]))
            return f"if ({draw(conditions(names))})\n    {way}"
        case "learn":
            return LEARN.format(draw(ethertype))
        case "count":
            return f"if ({draw(conditions(names, 0))})\n    box->seen++;"
        case "set":
            return f"n = {draw(lengths(names))};"
        case "choose":
            return f"n = {draw(conditions(names, 1))} ? {draw(lengths(names))} : {draw(constants)};"
        case "pad":
            return PAD
        case "pull":
            return "if (len < 4)\n    return -1;\nframe += 4;\nlen -= 4;"
        case "trim":
            return "if (len < 4)\n    return -1;\nlen -= 4;"
        case "send":
            return f"if ({draw(conditions(names, 1))})\n    return wan_transmit(frame, len);"
        case "branch":
            yes, no = (draw(blocks(names, depth - 1)) for _ in "12")
            return f"if ({draw(conditions(names))}) {{\n{indented(yes)}\n}} else {{\n{indented(no)}\n}}"
        case "switch":
            return draw(switches(names, depth - 1))
        case _:
            inner, out = draw(blocks(names, depth - 1)), draw(conditions(names))
            return ONCE.format(inner=indented(inner), out=out)


@st.composite
def switches(draw: st.DrawFn, names: tuple[str, ...], depth: int) -> str:
    """A switch over the ethertype; an arm may fall through into the next one."""
    arms = []
    for label in draw(st.lists(st.sampled_from(ETHERTYPES), min_size=1, max_size=3, unique=True)):
        body = draw(blocks(names, depth))
        end = draw(st.sampled_from(["break;", "break;", "/* falls through */", "goto drop;"]))
        arms.append(f"case {label}:\n{indented(body)}\n    {end}")
    if draw(st.booleans()):
        arms.append(f"default:\n{indented(draw(blocks(names, depth)))}\n    break;")
    return "switch (type) {\n" + "\n".join(arms) + "\n}"


@st.composite
def blocks(draw: st.DrawFn, names: tuple[str, ...], depth: int) -> str:
    """Up to three statements."""
    found = draw(st.lists(statements(names, depth), max_size=3 if depth else 2))
    return "\n".join([*found, ";"]) if found else ";"


FINISH = (
    "send:",
    "    return lan_transmit(frame, len);",
    "drop:",
    "    box->seen++;",
    "    return -1;",
)


@st.composite
def drivers(draw: st.DrawFn) -> str:
    """One entry point, with ``NAME`` for its name."""
    width, local = draw(st.sampled_from(WIDTHS[:5])), draw(st.sampled_from(WIDTHS))
    names = ("len", "len", "n")
    start = draw(lengths(("len",)))
    body = draw(st.lists(statements(names), min_size=1, max_size=4))
    end = draw(st.sampled_from(["return lan_transmit(frame, len);", "goto send;"]))
    start = ["unsigned type = 0;", "uint8_t room[WIRE_BYTES];", f"{local} n = {start};"]
    lines = [*start, "(void)room, (void)type, (void)n;", "", *body, end, *FINISH]
    head = f"int NAME_frame_input(struct box *box, const uint8_t *frame, {width} len)"
    return f"{head}\n{{\n{indented(chr(10).join(lines))}\n}}\n"


def indented(text: str) -> str:
    """``text``, four columns to the right."""
    return "\n".join(f"    {line}" if line else "" for line in text.split("\n"))


def source(made: list[str]) -> str:
    """A C file with these drivers, numbered."""
    return PREAMBLE + "\n" + "\n".join(text.replace("NAME", f"made{i}") for i, text in enumerate(made))
