"""A driver's sources in, what really became of every frame out: compiles the harness, runs it, reads its lines."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

import msgspec

from auditor.ir import Program
from auditor.knowledge import Protocols
from auditor.policy import Analysis, EntryAnalysis
from tests.oracle.harness import Source, arguments
from tests.oracle.variants import Variant, variants

HERE = Path(__file__).parent / "runtime"
FOLDER = {"windows": "ndis", "linux": "linux", "generic": "plain"}
FLAGS = ("-std=gnu11", "-O1", "-w", "-fno-strict-aliasing")
SANITIZED = ("-fsanitize=address", "-fsanitize-recover=address")
WRAPPED = ("write", "send", "sendto", "malloc", "calloc", "free")
INCLUDE = re.compile(r'#\s*include\s+<((?:linux|net|asm)/[\w/.]+)>')
DECLARED = re.compile(r"^([A-Za-z_][\w ]*?[ *]+)(\w+)\s*\(([^;{}]*)\)\s*;", re.MULTILINE)


class Seen(msgspec.Struct, frozen=True):
    """Lengths ``low..high`` (bytes that the handler is given) of a variant, and what became of such frames.

    ``what`` is H handed on, P handed on with bytes behind it, K kept in a queue, A another frame was sent,
    - nothing; ``change`` is bytes sent - bytes given; ``returned`` n, z or p (negative, zero, positive).
    """

    entry: int
    configuration: int
    variant: int
    low: int
    high: int
    what: str
    change: int
    freed: bool
    completed: str
    returned: str
    fault: bool


class Executed(msgspec.Struct, frozen=True, eq=False):
    """All that one driver did. ``modes`` are the facts that held, by (entry, configuration)."""

    entries: tuple[EntryAnalysis, ...]
    variants: tuple[Variant, ...]
    seen: tuple[Seen, ...]
    modes: dict[tuple[int, int], frozenset[str]]


class NotCompiled(Exception):
    """The system's compiler or linker refused the harness; the text is what it said."""


def compiler() -> str | None:
    """The C compiler to use, None when there is none."""
    named = os.environ.get("CC")
    return next((found for name in (named, "gcc", "clang", "cc") if name and (found := shutil.which(name))), None)


def execute(
    program: Program, analysis: Analysis, protocols: Protocols, folder: Path, extra: tuple[Variant, ...] = ()
) -> Executed:
    """Build the harness in ``folder`` and run it, with ``extra`` kinds of frames at the end. Raises NotCompiled."""
    entries = analysis.entries
    layers = frozenset({2, 3} if any(_maybe_packets(e) for e in entries) else {2})
    kinds = (*variants(protocols, layers), *extra)
    platform = program.modules[0].platform
    objects, tables, whole = [], [], _texts(program)
    for number, module in enumerate(program.modules):
        own = [(i, e) for i, e in enumerate(entries) if e.entry.function.file == module.file]
        file = Path(program.base) / module.file
        source = Source(program, module, file.read_text(encoding="utf-8"), own)
        source.whole = lambda: whole  # type: ignore[method-assign]
        made = folder / f"unit{number}.c"
        made.write_text(source.write(file, f"oracle_entries_{number}"), encoding="utf-8")
        objects.append(_compile(made, platform, whole, file.parent))
        tables.append((f"oracle_entries_{number}", len(own)))
    (folder / "table.c").write_text(_table(kinds, tables), encoding="utf-8")
    (folder / "calls.c").write_text(_calls(objects, platform, whole), encoding="utf-8")
    objects += [_compile(folder / name, platform, "", folder) for name in ("table.c", "calls.c")]
    binary = folder / "harness"
    wraps = [f"-Wl,--wrap={name}" for name in WRAPPED]
    _call([_cc(), *SANITIZED, *wraps, *map(str, objects), *_runtime(platform), "-o", str(binary)])
    ran = subprocess.run([str(binary)], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, check=False)
    if ran.returncode:
        raise NotCompiled(f"the harness ended with {ran.returncode}")
    return _read(ran.stdout, entries, kinds)


def _maybe_packets(analysis: EntryAnalysis) -> bool:
    return analysis.entry.layer != "L2" or any(p.layer == "L3" for p in analysis.policies)


def _texts(program: Program) -> str:
    files = {Path(program.base) / m.file for m in program.modules}
    headers = {h for f in files for h in f.parent.glob("*.h") if len(program.modules) > 1}
    return "\n".join(f.read_text(encoding="utf-8") for f in sorted(files | headers))


def _cc() -> str:
    found = compiler()
    if found is None:
        raise NotCompiled("no C compiler")
    return found


def _call(command: list[str]) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise NotCompiled(done.stderr)


def _compile(file: Path, platform: str, whole: str, beside: Path) -> Path:
    if platform == "linux":
        for name in INCLUDE.findall(whole):
            header = file.parent / "headers" / name
            header.parent.mkdir(parents=True, exist_ok=True)
            header.write_text('#include "oracle_linux.h"\n', encoding="utf-8")
    folders = (file.parent / "headers", HERE / FOLDER[platform], HERE, beside)
    made = file.with_suffix(".o")
    _call([_cc(), *FLAGS, *SANITIZED, *(f"-I{f}" for f in folders), "-c", str(file), "-o", str(made)])
    return made


@cache
def _runtime(platform: str) -> tuple[str, ...]:
    """The compiled runtime of a platform, once per process; it is trusted and not sanitized."""
    folder = Path(mkdtemp(prefix="oracle-"))
    made = []
    own = sorted((HERE / FOLDER[platform]).glob("*.c"))
    for file in dict.fromkeys((HERE / "oracle.c", HERE / "plain" / "plain.c", *own)):
        target = folder / f"{file.stem}.o"
        _call([_cc(), *FLAGS, f"-I{HERE}", f"-I{HERE / FOLDER[platform]}", "-c", str(file), "-o", str(target)])
        made.append(str(target))
    return tuple(made)


def _table(kinds: tuple[Variant, ...], tables: list[tuple[str, int]]) -> str:
    rows = []
    for number, v in enumerate(kinds):
        head = "".join(f"\\x{byte:02x}" for byte in v.head)
        patches = ", ".join(f"{{{at}, {less}, {most}}}" for at, less, most in v.patches)
        rows.append(
            f'{{{number}, {v.layer}, (const unsigned char *)"{head}", {len(v.head)}, {v.ethertype}, {len(v.patches)}, {{{patches}}}}},'
        )
    named = [name for name, _ in tables]
    return "\n".join(
        [
            '#include "oracle.h"',
            "const oracle_variant oracle_variants[] = {", *rows, "};",
            f"const int oracle_variant_count = {len(kinds)};",
            *(f"extern const oracle_entry {name}[];" for name in named),
            f"const oracle_entry *const oracle_tables[] = {{{', '.join(named)}}};",
            f"const int oracle_table_sizes[] = {{{', '.join(str(size) for _, size in tables)}}};",
            f"const int oracle_table_count = {len(tables)};",
        ]
    )  # fmt: skip


def _calls(objects: list[Path], platform: str, whole: str) -> str:
    """Functions that the driver declares and nobody defines: each may take the frame."""
    everything = ["nm", *map(str, objects), *_runtime(platform)]
    out = subprocess.run(everything, capture_output=True, text=True, check=True).stdout.split("\n")
    undefined = {line.split()[-1] for line in out if " U " in line}
    defined = {line.split()[-1] for line in out if re.search(r" [TDBRtdbr] ", line)}
    lines = ['#include "oracle.h"']
    for returns, name, params in DECLARED.findall(whole):
        if name in undefined - defined:
            given = f"{int('*' in returns)}, {arguments(params)}"
            lines.append(
                f"long {name}(long a, long b, long c, long d, long e, long f)"
                f"{{ return oracle_call({given}, a, b, c, d, e, f); }}"
            )
    return "\n".join(dict.fromkeys(lines)) + "\n"


def _read(text: str, entries: tuple[EntryAnalysis, ...], kinds: tuple[Variant, ...]) -> Executed:
    seen, modes = [], {}
    for line in text.splitlines():
        words = line.split()
        if words[0] == "modes":
            entry, configuration, bits = int(words[1]), int(words[2]), int(words[3], 16)
            facts = dict.fromkeys(f for p in entries[entry].policies for f in p.mode)
            modes[entry, configuration] = frozenset(f for i, f in enumerate(facts) if bits >> i & 1)
            continue
        numbers = [int(word) for word in words[:5]]
        flags = words[7]
        seen.append(
            Seen(
                *numbers, words[5], int(words[6]), "f" in flags,
                "failure" if "c" in flags else "success" if "s" in flags else "",
                next(c for c in flags if c in "nzp"), "!" in flags,
            )
        )  # fmt: skip
    return Executed(entries, kinds, tuple(seen), modes)
