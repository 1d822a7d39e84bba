"""Small drivers out of thin air: strategies that write plain C with nested guards, casts and classes."""

from __future__ import annotations

from hypothesis import strategies as st

from tests.oracle.wording import (
    CONSTANTS,
    ETHERTYPES,
    FINISH,
    LEARN,
    LIST,
    NESTING,
    ONCE,
    PAD,
    PREAMBLE,
    SHAPES,
    STATEMENTS,
    TYPE_READS,
    WIDTHS,
)  # fmt: skip

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
        "macro",
        "typed",
        "parts",
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
        case "macro":
            return f"SHORTER({draw(lengths(names))}, {draw(constants)})"
        case "typed":
            return f"is_type(frame, len, {draw(st.sampled_from(ETHERTYPES))})"
        case "parts":
            return f"whole(&(struct part){{frame, {draw(lengths(names))}, NULL}}, {draw(constants)}) != 0"
        case "not":
            return f"!({draw(conditions(names, depth - 1))})"
        case _:
            joint = "&&" if kind == "and" else "||"
            return f"({draw(conditions(names, depth - 1))}) {joint} ({draw(conditions(names, depth - 1))})"


@st.composite
def statements(draw: st.DrawFn, names: tuple[str, ...], depth: int = 2) -> str:
    """One statement, or a few that belong together."""
    kind = draw(st.sampled_from(NESTING if depth else STATEMENTS))
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
        case "grow":
            sign = draw(st.sampled_from("+-"))
            return f"if ({draw(conditions(names, 0))})\n    n {sign}= {draw(constants)};"
        case "shrink":
            return "{\n    size_t left = len;\n    shrink(&left, 4);\n    n = left;\n}"
        case "header":
            bound = draw(st.sampled_from(["", " + INET_BYTES", " + 8"]))
            way = draw(st.sampled_from(["goto drop;", "return -1;"]))
            return f"if (!measured(frame, len, &head) || len < head{bound})\n    {way}"
        case "ladder":
            return draw(ladders(names))
        case "list":
            return LIST.format(test=draw(conditions(names, 1)), least=draw(constants))
        case "branch":
            yes, no = (draw(blocks(names, depth - 1)) for _ in "12")
            return f"if ({draw(conditions(names))}) {{\n{indented(yes)}\n}} else {{\n{indented(no)}\n}}"
        case "switch":
            return draw(switches(names, depth - 1))
        case _:
            inner, out = draw(blocks(names, depth - 1)), draw(conditions(names))
            return ONCE.format(inner=indented(inner), out=out)


@st.composite
def ladders(draw: st.DrawFn, names: tuple[str, ...]) -> str:
    """A status that several tests set, asked once at the end."""
    tests = draw(st.lists(conditions(names, 1), min_size=1, max_size=3))
    rungs = " else ".join(f"if ({test})\n    status = -{i};" for i, test in enumerate(tests, 1))
    asked = draw(st.sampled_from(["status", "status < 0", "status == -1", "status != 0 && !box->strict"]))
    return f"status = 0;\n{rungs}\nif ({asked})\n    return status;"


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


@st.composite
def drivers(draw: st.DrawFn) -> str:
    """One entry point, with ``NAME`` for its name."""
    width, local = draw(st.sampled_from(WIDTHS[:5])), draw(st.sampled_from(WIDTHS))
    names = ("len", "len", "n")
    start = draw(lengths(("len",)))
    body = draw(st.lists(statements(names), min_size=1, max_size=4))
    end = draw(st.sampled_from(["return lan_transmit(frame, len);", "goto send;"]))
    declared = "unsigned type = 0, head = 0;\nint status = 0;\nuint8_t room[WIRE_BYTES];"
    start = [declared, f"{local} n = {start};"]
    lines = [*start, "(void)room, (void)type, (void)n, (void)head, (void)status;", "", *body, end, *FINISH]
    head = f"int NAME_frame_input(struct box *box, const uint8_t *frame, {width} len)"
    return f"{head}\n{{\n{indented(chr(10).join(lines))}\n}}\n"


def indented(text: str) -> str:
    """``text``, four columns to the right."""
    return "\n".join(f"    {line}" if line else "" for line in text.split("\n"))


def source(made: list[str]) -> str:
    """A C file with these drivers, numbered."""
    return PREAMBLE + "\n" + "\n".join(text.replace("NAME", f"made{i}") for i, text in enumerate(made))
