"""Random C expressions with their meaning: each is C text and a Python function that does the same.

The meaning follows C's integer rules. What overflows a signed type is not made.
"""

from __future__ import annotations

from collections.abc import Callable
from random import Random

import msgspec

from tests.policy.c_integers import I32, NAMES, RELATIONS, U16, U32, U64, CType, common, wrapped

Env = dict[str, int]
COMPARED = (0, 1, 4, 14, 20, 28, 33, 34, 42, 54, 60, 64, 100, 255, 256, 300, 1500, 1514, 1518, 4000, 65521)
SHIFTED = (1, 2, 4, 14, 18, 20, 40, 60)
MASKS = (0xFF, 0xFFF, 0x3FFF, 0xFFFF)
ETHERTYPES = {"ipv4": 0x0800, "ipv6": 0x86DD, "arp": 0x0806, "other": 0x9999}


class Made(msgspec.Struct, frozen=True):
    """An expression: its C text, what it evaluates to, its C type."""

    text: str
    value: Callable[[Env], int]
    ctype: CType


class ExpressionMaker:
    """Makes expressions over ``variables``; ``before`` collects helper functions that they call."""

    def __init__(self, random: Random, number: int, wide: bool, modes: bool) -> None:
        self.random, self.number, self.wide, self.modes = random, number, wide, modes
        self.variables: dict[str, CType] = {"length": U64}
        self.before: list[str] = []

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
        argument, inner = self.amount(), ExpressionMaker(self.random, self.number, self.wide, self.modes)
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
