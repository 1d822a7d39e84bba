"""Random C functions with their meaning: each piece is C text and a Python function that does the same.

The meaning follows C's integer rules (C17 6.3.1): promotion to int, the usual arithmetic conversions on an
LP64 machine, wrap-around of unsigned types. What overflows a signed type is not made.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from random import Random

import msgspec

Env = dict[str, int]
CType = tuple[int, bool]
U8, U16, U32, U64 = (8, False), (16, False), (32, False), (64, False)
I16, I32, I64 = (16, True), (32, True), (64, True)
NAMES = {
    U8: "uint8_t", U16: "uint16_t", U32: "uint32_t", U64: "size_t",
    I16: "int16_t", I32: "int", I64: "int64_t",
}  # fmt: skip
LONGEST = 65535
COMPARED = (0, 1, 4, 14, 20, 28, 33, 34, 42, 54, 60, 64, 100, 255, 256, 300, 1500, 1514, 1518, 4000, 65521)
SHIFTED = (1, 2, 4, 14, 18, 20, 40, 60)
MASKS = (0xFF, 0xFFF, 0x3FFF, 0xFFFF)
ETHERTYPES = {"ipv4": 0x0800, "ipv6": 0x86DD, "arp": 0x0806, "other": 0x9999}
RELATIONS: dict[str, Callable[[int, int], bool]] = {
    "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b,
    ">": lambda a, b: a > b,
    ">=": lambda a, b: a >= b,
    "==": lambda a, b: a == b,
    "!=": lambda a, b: a != b,
}


def wrapped(number: int, ctype: CType) -> int:
    """``number`` as a C integer of that type holds it."""
    bits, signed = ctype
    number %= 1 << bits
    return number - (1 << bits) if signed and number >= 1 << (bits - 1) else number


def promoted(ctype: CType) -> CType:
    """C17 6.3.1.1: types narrower than int become int."""
    return I32 if ctype[0] < 32 else ctype


def common(left: CType, right: CType) -> CType:
    """C17 6.3.1.8 for LP64: the wider type; of two as wide, the unsigned one."""
    a, b = promoted(left), promoted(right)
    if a[0] != b[0]:
        return max(a, b)
    return (a[0], a[1] and b[1])


class Made(msgspec.Struct, frozen=True):
    """An expression: its C text, what it evaluates to, its C type."""

    text: str
    value: Callable[[Env], int]
    ctype: CType


class Returned(Exception):
    """The function returned."""


class Left(Exception):
    """A ``break`` out of the nearest ``do { } while (0)``."""


class Step(msgspec.Struct, frozen=True):
    """A statement: its C text, and what it does to an environment."""

    text: str
    run: Callable[[Env], None]


class Maker:
    """Makes one function's body; ``before`` collects helper functions that it calls."""

    def __init__(self, random: Random, number: int, wide: bool, modes: bool) -> None:
        self.random, self.number, self.wide, self.modes = random, number, wide, modes
        self.variables: dict[str, CType] = {"length": U64}
        self.before: list[str] = []
        self.loops = 0

    # --- expressions -----------------------------------------------------------------------------

    def name(self) -> Made:
        name = self.random.choice(list(self.variables))
        return Made(name, lambda env: env[name], self.variables[name])

    def amount(self) -> Made:
        """``length``, a local, or one of them after a step of arithmetic."""
        found = self.name()
        for _ in range(self.random.choice((0, 0, 1, 1, 2))):
            found = self.random.choice(
                (self.plus, self.plus, self.minus, self.cast, self.masked, self.least)
            )(found)
        return found

    def plus(self, inner: Made) -> Made:
        return self._with(inner, self.random.choice(SHIFTED), 1)

    def minus(self, inner: Made) -> Made:
        return self._with(inner, self.random.choice(SHIFTED), -1)

    def _with(self, inner: Made, number: int, sign: int) -> Made:
        suffix, other = self.random.choice((("", I32), ("", I32), ("u", U32)))
        ctype = common(inner.ctype, other)
        text = f"({inner.text} {'+' if sign > 0 else '-'} {number}{suffix})"
        return Made(text, lambda env: wrapped(wrapped(inner.value(env), ctype) + sign * number, ctype), ctype)

    def cast(self, inner: Made) -> Made:
        ctype = self.random.choice([t for t in NAMES if not self.wide or t[0] > 8])
        return Made(f"({NAMES[ctype]})({inner.text})", lambda env: wrapped(inner.value(env), ctype), ctype)

    def masked(self, inner: Made) -> Made:
        mask = self.random.choice(MASKS[2:] if self.wide else MASKS)
        ctype = common(inner.ctype, I32)
        text = f"({inner.text} & 0x{mask:x})"
        return Made(text, lambda env: wrapped(wrapped(inner.value(env), ctype) & mask, ctype), ctype)

    def least(self, inner: Made) -> Made:
        """``(x < 60 ? 60 : x)`` or the like: padded, or cut."""
        number, op = self.random.choice(SHIFTED), self.random.choice("<>")
        ctype = common(inner.ctype, I32)
        text = f"({inner.text} {op} {number} ? {number} : {inner.text})"

        def value(env: Env) -> int:
            held = wrapped(inner.value(env), ctype)
            return number if RELATIONS[op](held, number) else held

        return Made(text, value, ctype)

    def compared(self) -> Made:
        """A comparison of an amount with a constant, or of two amounts."""
        op = self.random.choice(("<", "<", "<=", ">", ">=", "==", "!="))
        left = self.amount()
        right = self.amount() if self.random.random() < 0.15 else self.constant()
        if self.random.random() < 0.3:
            left, right = right, left
        ctype = common(left.ctype, right.ctype)

        def value(env: Env) -> int:
            return RELATIONS[op](wrapped(left.value(env), ctype), wrapped(right.value(env), ctype))

        return Made(f"{left.text} {op} {right.text}", value, I32)

    def constant(self) -> Made:
        number = self.random.choice(COMPARED)
        suffix, ctype = self.random.choice((("", I32), ("", I32), ("u", U32)))
        return Made(f"{number}{suffix}", lambda env: number, ctype)

    def asked(self) -> Made:
        """A condition on something else: the ethertype, or a mode of the driver."""
        modes = (("mode", 0), ("mode", 1)) if self.modes else ()
        name, number = self.random.choice((*ETHERTYPES.items(), *modes))
        op = self.random.choice(("==", "!="))
        if name == "mode":
            field = self.random.choice(("a", "b"))
            return Made(f"port->{field} {op} {number}", lambda env: RELATIONS[op](env[field], number), I32)
        text = self.random.choice(
            (
                "(packet[12] << 8 | packet[13])",
                "ntohs(((const struct ether_header *)packet)->ether_type)",
                "kind",
            )
        )
        return Made(f"{text} {op} 0x{number:04x}", lambda env: RELATIONS[op](env["kind"], number), I32)

    def condition(self, depth: int = 2) -> Made:
        chance = self.random.random()
        if depth and chance < 0.2:
            left, right = self.condition(depth - 1), self.condition(depth - 1)
            op = self.random.choice(("&&", "||"))
            wanted = op == "||"
            return Made(
                f"({left.text} {op} {right.text})",
                lambda env: wanted if bool(left.value(env)) == wanted else bool(right.value(env)),
                I32,
            )
        if depth and chance < 0.28:
            inner = self.condition(depth - 1)
            return Made(f"!({inner.text})", lambda env: not inner.value(env), I32)
        if chance < 0.45:
            return self.asked()
        if chance < 0.55:
            return self.helper()
        return self.compared()

    def helper(self) -> Made:
        """A call of a function of its own that judges an amount."""
        argument, inner = self.amount(), Maker(self.random, self.number, self.wide, self.modes)
        ctype = self.random.choice((U64, U32, U16, I32))
        inner.variables = {"size": ctype}
        test = inner.compared()
        name = f"judge_{self.number}_{len(self.before)}"
        good, bad, truth = self.random.choice(((0, -1, " < 0"), (1, 0, " == 0"), (1, 0, "")))
        self.before.append(
            f"static int {name}({NAMES[ctype]} size)\n{{\n    if ({test.text})\n        return {bad};\n"
            f"    return {good};\n}}\n"
        )

        def value(env: Env) -> int:
            answer = bad if test.value({"size": wrapped(argument.value(env), ctype)}) else good
            return {" < 0": answer < 0, " == 0": answer == 0, "": answer != 0}[truth]

        return Made(f"({name}({argument.text}){truth})", value, I32)

    # --- statements ------------------------------------------------------------------------------

    def block(self, depth: int) -> Step:
        steps = [self.statement(depth) for _ in range(self.random.randint(1, 3))]

        def run(env: Env) -> None:
            for step in steps:
                step.run(env)

        return Step("{\n" + "".join(step.text for step in steps) + "}\n", run)

    def statement(self, depth: int) -> Step:
        makers = [self.assign, self.assign, self.change, self.flag, self.end]
        if self.loops:
            makers.append(self.leave)
        if depth:
            makers += [self.branch] * 6 + [self.once, self.select, self.choice]
        return self.random.choice(makers)(depth)

    def assign(self, depth: int) -> Step:
        target, source = self.random.choice(["n", "m"]), self.amount()
        ctype = self.variables.get(target, U64)
        if target not in self.variables:
            return Step("", lambda env: None)

        def run(env: Env) -> None:
            env[target] = wrapped(source.value(env), ctype)

        return Step(f"{target} = {source.text};\n", run)

    def change(self, depth: int) -> Step:
        target = self.random.choice([v for v in self.variables if v != "length"])
        ctype, number, op = self.variables[target], self.random.choice(SHIFTED), self.random.choice("+-")
        sign = 1 if op == "+" else -1

        def run(env: Env) -> None:
            env[target] = wrapped(env[target] + sign * number, ctype)

        how = self.random.randint(0, 2)
        if how == 0:
            name = f"change_{self.number}_{len(self.before)}"
            self.before.append(
                f"static int {name}({NAMES[ctype]} *at)\n{{\n    *at {op}= {number};\n    return 0;\n}}\n"
            )
            return Step(f"ok = {name}(&{target});\n", run)
        return Step(f"{target} {op}= {number};\n", run)

    def flag(self, depth: int) -> Step:
        test = self.condition(1)

        def run(env: Env) -> None:
            if test.value(env):
                raise Returned

        return Step(f"ok = {test.text};\nif (ok)\nreturn -1;\n", run)

    def end(self, depth: int) -> Step:
        if self.random.random() < 0.5:

            def refuse(env: Env) -> None:
                raise Returned

            return Step("return -1;\n", refuse)

        def send(env: Env) -> None:
            env["sent"] = 1
            raise Returned

        return Step("return send(port->fd, packet, length, 0);\n", send)

    def leave(self, depth: int) -> Step:
        def run(env: Env) -> None:
            raise Left

        return Step("break;\n", run)

    def branch(self, depth: int) -> Step:
        test, then = self.condition(), self.block(depth - 1)
        other = self.block(depth - 1) if self.random.random() < 0.5 else None

        def run(env: Env) -> None:
            if test.value(env):
                then.run(env)
            elif other is not None:
                other.run(env)

        return Step(f"if ({test.text})\n{then.text}" + (f"else\n{other.text}" if other else ""), run)

    def once(self, depth: int) -> Step:
        self.loops += 1
        inner = self.block(depth - 1)
        self.loops -= 1

        def run(env: Env) -> None:
            with suppress(Left):
                inner.run(env)

        return Step(f"do {inner.text}while (0);\n", run)

    def choice(self, depth: int) -> Step:
        """A local set by a conditional expression with a test of any kind."""
        target = self.random.choice([v for v in self.variables if v != "length"])
        test, then, other = self.condition(1), self.amount(), self.amount()
        ctype, both = self.variables[target], common(then.ctype, other.ctype)

        def run(env: Env) -> None:
            chosen = then if test.value(env) else other
            env[target] = wrapped(wrapped(chosen.value(env), both), ctype)

        return Step(f"{target} = {test.text} ? {then.text} : {other.text};\n", run)

    def select(self, depth: int) -> Step:
        """A switch over the ethertype: arms that break or fall through, default anywhere or missing."""
        numbers = self.random.sample(list(ETHERTYPES.values()), 2)
        labels: list[int | None] = [*numbers, None] if self.random.random() < 0.7 else [*numbers]
        self.random.shuffle(labels)
        self.loops += 1
        arms = [(label, self.block(depth - 1), self.random.random() < 0.6) for label in labels]
        self.loops -= 1
        text = "switch (kind) {\n"
        for label, body, breaks in arms:
            text += "default:\n" if label is None else f"case 0x{label:04x}:\n"
            text += body.text + ("break;\n" if breaks else "")

        def run(env: Env) -> None:
            known = [label for label, _, _ in arms]
            at = env["kind"] if env["kind"] in known else None
            if at not in known:
                return
            try:
                for _, body, breaks in arms[known.index(at) :]:
                    body.run(env)
                    if breaks:
                        return
            except Left:
                pass

        return Step(text + "}\n", run)


class Written(msgspec.Struct, frozen=True):
    """A function ``name``, its C text, and whether it sends a frame of (length, kind, mode a, mode b)."""

    name: str
    text: str
    sends: Callable[[int, int, int, int], bool]


HEAD = """\
#include <stddef.h>
#include <stdint.h>
#include <arpa/inet.h>
#include <net/ethernet.h>
#include <sys/socket.h>

struct port { int fd; int a; int b; };
"""


def function(seed: int, depth: int = 3, wide: bool = False, modes: bool = True) -> Written:
    """The function of that seed; equal seeds give equal functions.

    ``depth`` is how deep blocks nest, ``wide`` leaves out types and masks of a byte or so, ``modes`` lets
    conditions ask the driver's own state.
    """
    maker = Maker(Random(seed), seed, wide, modes)
    maker.variables |= {
        "n": maker.random.choice((U64, U32, U16, I32) if wide else (U64, U32, U16, I32, U8)),
        "m": maker.random.choice((U32, I64)),
    }
    n, m = maker.variables["n"], maker.variables["m"]
    body, name = maker.block(depth), f"packet_out_{seed}"
    text = (
        "".join(maker.before)
        + f"int {name}(struct port *port, const uint8_t *packet, size_t length)\n{{\n"
        + f"{NAMES[n]} n = length;\n{NAMES[m]} m = length;\nint ok = 0;\n"
        + "uint16_t kind = (uint16_t)(packet[12] << 8 | packet[13]);\n"
        + body.text
        + "(void)n; (void)m; (void)ok; (void)kind;\n"
        + "return send(port->fd, packet, length, 0);\n}\n"
    )

    def sends(length: int, kind: int, a: int, b: int) -> bool:
        env = {
            "length": length, "n": wrapped(length, n), "m": wrapped(length, m),
            "kind": kind, "a": a, "b": b, "sent": 0,
        }  # fmt: skip
        try:
            body.run(env)
        except Returned:
            return bool(env["sent"])
        return True

    return Written(name, text, sends)


def file_of(functions: list[Written]) -> str:
    """A C file with those functions."""
    return HEAD + "".join(f.text for f in functions)


def telling_lengths(random: Random) -> list[int]:
    """Lengths where made functions can change their mind, and some between."""
    near = {base + k for base in (*COMPARED, 0, 128, 32768, 65535) for k in (-1, 0, 1)}
    shifted = {base + sign * by for base in COMPARED for by in SHIFTED for sign in (-1, 1)}
    drawn = {random.randint(0, LONGEST) for _ in range(40)} | set(random.sample(sorted(shifted), 60))
    return sorted(n for n in near | drawn if 0 <= n <= LONGEST)
