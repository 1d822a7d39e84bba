"""Strategies for files of the right shape with hostile content: what a format allows, and a little beyond."""

from __future__ import annotations

import json
import string
import struct
from collections.abc import Callable
from typing import Any

from hypothesis import strategies as some

HOSTILE = (
    "", "\0", "\ud800", "\u202e", "\x1b]0;x\x07", "../../etc/passwd", "/etc/passwd", "-include",
    "-fplugin=x.so",
    "-Xclang", "-load", "@response", "-MF", "-Wp,-MD,x", "-D", "-I/etc", "-I..", "-isystem", "-std=../x",
    "-x", "--target=a b", "-target", "-ivfsoverlay", "-o", "a" * 5000, "a/" * 3000, "\n", "a.c", "'", '"',
    "\\",
)  # fmt: skip
TEXTS = some.sampled_from(HOSTILE) | some.text(max_size=12)
NUMBERS = some.integers() | some.sampled_from([2**31, 2**63, 2**64, -(2**63) - 1, 10**400]) | some.floats()
ANY = some.recursive(
    TEXTS | NUMBERS | some.none() | some.booleans(),
    lambda inner: some.lists(inner, max_size=3) | some.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=8,
)


def mostly(right: some.SearchStrategy[object]) -> some.SearchStrategy[object]:
    """What is right seven times out of eight, else anything."""
    return some.integers(0, 7).flatmap(lambda n: ANY if n == 0 else right)


def table(**keys: some.SearchStrategy[object]) -> some.SearchStrategy[object]:
    """An object of which each key may be missing, and which may have others."""
    return some.tuples(
        some.fixed_dictionaries({}, optional={name.replace("_", "-"): value for name, value in keys.items()}),
        some.just({}) | some.dictionaries(TEXTS, ANY, max_size=1),
    ).map(lambda pair: pair[0] | pair[1])


def full(**keys: some.SearchStrategy[object]) -> some.SearchStrategy[object]:
    """An object that has each key."""
    return some.fixed_dictionaries(dict(keys))


def as_json(value: object) -> bytes:
    """A value as JSON."""
    return json.dumps(value).encode("utf-8", "surrogatepass")


def deep(data: bytes) -> some.SearchStrategy[bytes]:
    """``data``, or nested far too deep."""
    return some.sampled_from([data] * 30 + [b"[" * 20_000 + data, b'{"x":' * 20_000 + data])


def as_toml(value: object) -> str:
    """A value as TOML has it; what TOML has no word for becomes a word that it does not know."""
    match value:
        case bool():
            return str(value).lower()
        case int() | float():
            return repr(value)
        case str():
            return json.dumps(value)
        case list():
            return "[" + ", ".join(map(as_toml, value)) + "]"
        case dict():
            return "{" + ", ".join(f"{_key(k)} = {as_toml(v)}" for k, v in value.items()) + "}"
    return "null"


def document(value: dict[str, object]) -> bytes:
    """A table as a TOML file."""
    return "".join(f"{_key(k)} = {as_toml(v)}\n" for k, v in value.items()).encode("utf-8", "surrogatepass")


def _key(name: str) -> str:
    bare = set(string.ascii_letters + string.digits + "_-")
    return name if name and set(name) <= bare else json.dumps(name)


ARGUMENTS = some.lists(TEXTS, max_size=6)
DATABASES = some.lists(
    some.one_of(
        full(directory=some.just(".") | TEXTS, file=some.just("a.c") | TEXTS,
             arguments=ARGUMENTS.map(lambda a: ["cc", *a])),
        full(directory=some.just("."), file=some.just("a.c"), command=ARGUMENTS.map(" ".join) | TEXTS),
        mostly(full(directory=TEXTS, file=TEXTS, arguments=mostly(ARGUMENTS), command=mostly(TEXTS))),
    ),
    max_size=4,
).map(as_json).flatmap(deep)  # fmt: skip

LEVELS = some.sampled_from(["low", "medium", "high"])
ENTRY = full(
    fingerprint=mostly(some.just("0a") | TEXTS), rule=mostly(some.just("a-b") | TEXTS),
    file=mostly(some.just("a.c") | TEXTS),
    function=mostly(TEXTS), confidence=mostly(LEVELS), message=mostly(TEXTS),
)  # fmt: skip
BASELINES = (
    full(findings=mostly(some.lists(ENTRY, max_size=5)), format=mostly(some.just(1)), version=mostly(TEXTS))
    .map(as_json)
    .flatmap(deep)
)

REGION = table(startLine=mostly(some.integers(1, 99)), startColumn=mostly(some.integers(1, 99)))
PLACE = full(
    physicalLocation=mostly(full(artifactLocation=mostly(table(uri=mostly(TEXTS))), region=mostly(REGION)))
)
RESULT = table(
    ruleId=mostly(TEXTS), level=mostly(some.sampled_from(["note", "error"])),
    rank=mostly(some.floats(0, 100)),
    message=mostly(table(text=mostly(TEXTS))), locations=mostly(some.lists(PLACE, max_size=2)),
)  # fmt: skip
LOGS = full(
    version=mostly(some.just("2.1.0")),
    runs=mostly(some.lists(full(
        tool=mostly(full(driver=mostly(full(
            name=mostly(some.just("lenaudit")), version=some.just("0.1.0"), rules=mostly(some.just([])),
            notifications=mostly(some.lists(table(id=mostly(TEXTS)), max_size=2)))))),
        invocations=mostly(some.lists(full(
            executionSuccessful=mostly(some.booleans()),
            toolExecutionNotifications=mostly(some.lists(RESULT, max_size=3))), min_size=1, max_size=2)),
        results=mostly(some.lists(mostly(RESULT), max_size=4))), min_size=1, max_size=1)),
).map(as_json).flatmap(deep)  # fmt: skip

PATTERNS = some.lists(TEXTS | some.text("*?[]!/\\ab-^", max_size=20), max_size=5)
SETTINGS = table(
    select=mostly(some.lists(TEXTS, max_size=2)), ignore=mostly(some.lists(TEXTS, max_size=2)),
    severity=mostly(some.dictionaries(TEXTS, some.sampled_from(["note", "error"]), max_size=2)),
    confidence=mostly(LEVELS), exclude=mostly(PATTERNS), platform=mostly(TEXTS),
    define=mostly(some.lists(TEXTS, max_size=2)),
    entry_points=mostly(some.dictionaries(TEXTS, some.just("ndo-start-xmit"), max_size=2)),
    rules=mostly(some.lists(TEXTS, max_size=2)), baseline=mostly(TEXTS), compile_db=mostly(TEXTS),
    fail_on=mostly(some.sampled_from(["note", "never"])),
).map(document)  # fmt: skip

INDEX = mostly(some.integers(-1, 5))
CALL = full(names=mostly(some.lists(TEXTS, max_size=2)),
            effect=mostly(some.sampled_from(["hand-on", "free", "copy"])),
            frame=INDEX, size=INDEX)  # fmt: skip
PACKS = full(
    name=mostly(some.just("generic")), title=mostly(TEXTS), target=mostly(TEXTS), includes=mostly(PATTERNS),
    identifiers=mostly(some.lists(TEXTS, max_size=3)), calls=mostly(some.lists(CALL, max_size=2)),
    headers=mostly(some.dictionaries(TEXTS, PATTERNS, max_size=2)),
    defines=mostly(some.lists(TEXTS, max_size=2)),
).map(document)  # fmt: skip

CLASS = full(
    id=mostly(TEXTS), title=mostly(TEXTS), minimum=mostly(some.integers(0, 99)),
    maximum=mostly(some.integers(0, 2000)), source=mostly(TEXTS),
    ethertypes=mostly(some.lists(some.integers(0, 70000), max_size=2)),
)  # fmt: skip


def protocols(right: dict[str, object]) -> some.SearchStrategy[bytes]:
    """``right`` with some more classes, some keys replaced, and some left out."""
    classes = some.lists(mostly(CLASS), max_size=2).map(lambda more: [*right["classes"], *more])  # type: ignore[misc]
    keys = {name: mostly(some.just(value)) for name, value in right.items() if name != "classes"}
    return some.fixed_dictionaries({"classes": mostly(classes)}, optional=keys).map(document)


SIZES = some.integers(0, 80) | some.sampled_from([2**16, 2**18, 2**18 + 1, 2**31, 2**32 - 1])
FRAMES = some.binary(max_size=70) | some.just(bytes.fromhex("02bb0000000202bb0000000188b5") + bytes(50))
ORDERS = some.sampled_from("<>")


LINKS = some.sampled_from([1, 1, 101, 0, 0x24000001, 2**32 - 1])
MAGICS = some.sampled_from([0xA1B2C3D4, 0xA1B23C4D, 0xA1B2CD34])
KINDS = some.lists(some.sampled_from([6, 3, 2, 1, 0x0A0D0D0A, 5, 9]), max_size=6)
CODES = some.sampled_from([9, 13, 14, 0, 1, 2])


@some.composite
def classic(draw: Callable[..., Any]) -> bytes:
    """A pcap whose lengths, order and end need not be right."""
    order = draw(ORDERS)
    made = struct.pack(f"{order}IHHiIII", draw(MAGICS), 2, 4, 0, 0, draw(SIZES), draw(LINKS))
    for frame in draw(some.lists(FRAMES, max_size=4)):
        kept, whole = (draw(some.just(len(frame)) | SIZES) for _ in range(2))
        made += struct.pack(f"{order}IIII", draw(SIZES), draw(SIZES), kept, whole) + frame
    return made[: draw(some.just(len(made)) | some.integers(0, len(made)))]


@some.composite
def newer(draw: Callable[..., Any]) -> bytes:
    """A pcapng of blocks, some of the wrong length, order, kind or place."""
    made = b""
    order = draw(ORDERS)
    for kind in (0x0A0D0D0A, 1, *draw(KINDS)):
        order = draw(some.sampled_from([order] * 7 + ["<", ">"]))
        body = draw(_body(kind, order))
        body += bytes(-len(body) % 4)
        total = draw(some.sampled_from([len(body) + 12] * 9) | SIZES)
        last = draw(some.sampled_from([total] * 9) | SIZES)
        made += struct.pack(f"{order}II", kind, total) + body + struct.pack(f"{order}I", last)
    return made[: draw(some.just(len(made)) | some.integers(0, len(made)))]


@some.composite
def _body(draw: Callable[..., Any], kind: int, order: str) -> bytes:
    frame, number = draw(FRAMES), draw(some.integers(0, 1))
    own = draw(some.just(len(frame)) | SIZES)
    match kind:
        case 0x0A0D0D0A:
            return struct.pack(f"{order}IHHq", 0x1A2B3C4D, 1, 0, -1)
        case 1:
            option = struct.pack(f"{order}HH", draw(CODES), draw(some.integers(0, 12)))
            rest = draw(some.just(b"") | some.binary(max_size=12).map(option.__add__))
            return struct.pack(f"{order}HHI", draw(LINKS) & 0xFFFF, 0, draw(some.just(0) | SIZES)) + rest
        case 6:
            return struct.pack(f"{order}IIIII", number, 0, 7, own, own) + frame
        case 2:
            return struct.pack(f"{order}HHIIII", number, 0, 0, 7, own, own) + frame
        case 3:
            return struct.pack(f"{order}I", own) + frame
    return bytes(frame)


IGNORES = PATTERNS.map(lambda lines: "\n".join(lines).encode("utf-8", "surrogatepass"))
WORDS = (
    "/*",
    "*/",
    "//",
    " ",
    "lenaudit:",
    "ignore[",
    "a-b",
    ",",
    "]",
    "--",
    "why",
    "\n",
    "\r",
    "\0",
    "int x;",
)
COMMENTS = some.lists(some.sampled_from(WORDS), max_size=30).map(lambda parts: "".join(parts).encode())

HEADS = some.sampled_from(["ref: refs/heads/main", "ref: ", "0" * 40])
HOSTS = some.sampled_from(["git@", "https://", "ssh://[", ""])


@some.composite
def repositories(draw: Callable[..., Any]) -> bytes:
    """HEAD, configuration and references, of which the names may be anything."""
    head, name, remote, host = draw(HEADS), draw(TEXTS), draw(TEXTS), draw(HOSTS)
    config = f'[remote "{remote}"]\n\turl = {host}{name}'
    packed = f"{'0' * 40} {head[5:]}{name}\n"
    return f"{head}{name}\n\n{config}\n\n{packed}".encode("utf-8", "surrogatepass")
