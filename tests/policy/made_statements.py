"""Random C statements with their meaning: each is C text and a Python function that does the same."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from random import Random

import msgspec

from tests.policy.c_integers import NAMES, U64, common, wrapped
from tests.policy.made_expressions import ETHERTYPES, SHIFTED, Env, ExpressionMaker


class Returned(Exception):
    """The function returned."""


class Left(Exception):
    """A ``break`` out of the nearest ``do { } while (0)``."""


class Step(msgspec.Struct, frozen=True):
    """A statement: its C text, and what it does to an environment."""

    text: str
    run: Callable[[Env], None]


class StatementMaker(ExpressionMaker):
    """Makes statements; ``loops`` is how many loops and switches the one being made stands in."""

    def __init__(self, random: Random, number: int, wide: bool, modes: bool) -> None:
        super().__init__(random, number, wide, modes)
        self.loops = 0

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
