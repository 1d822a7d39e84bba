"""Random C functions with their meaning: each is C text and whether it sends a frame."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

import msgspec

from tests.policy.c_integers import I32, I64, NAMES, U8, U16, U32, U64, wrapped
from tests.policy.made_expressions import COMPARED, SHIFTED
from tests.policy.made_statements import Returned, StatementMaker

LONGEST = 65535


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
    maker = StatementMaker(Random(seed), seed, wide, modes)
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
