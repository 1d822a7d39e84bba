"""A driver's sources in, what really became of every frame out: compiles the harness and runs it."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from auditor.ir import Program
from auditor.knowledge import Protocols
from auditor.policy import Analysis, EntryAnalysis
from tests.oracle.executed import Executed, read
from tests.oracle.harness import write
from tests.oracle.sides import SIDES, Side
from tests.oracle.spelling import DECLARED, INCLUDED, Spelling, arguments
from tests.oracle.variants import Variant, variants

HERE = Path(__file__).parent / "runtime"
FLAGS = ("-std=gnu11", "-O1", "-w", "-fno-strict-aliasing")
SANITIZED = ("-fsanitize=address", "-fsanitize-recover=address")
LONGEST_RUN = 120
"""Seconds; the longest takes five."""

WRAPPED = ("write", "send", "sendto", "malloc", "calloc", "free")


class NotCompiled(Exception):
    """The system's compiler or linker refused the harness; the text is what it said."""


def compiler() -> str | None:
    """The C compiler to use, None when there is none."""
    named = os.environ.get("CC")
    found = (shutil.which(name) for name in (named, "gcc", "clang", "cc") if name)
    return next((path for path in found if path), None)


def execute(
    program: Program, analysis: Analysis, protocols: Protocols, folder: Path, extra: tuple[Variant, ...] = (),
    lengths: tuple[tuple[int, int], ...] = ((0, 1600),), kinds: tuple[Variant, ...] = (),
) -> Executed:  # fmt: skip
    """Build the harness in ``folder`` and run it with frames of ``lengths``. Raises NotCompiled.

    ``kinds`` are the variants, those of all classes unless given; ``extra`` come at the end.
    """
    entries = analysis.entries
    layers = frozenset({2, 3} if any(_maybe_packets(e) for e in entries) else {2})
    kinds = (*(kinds or variants(protocols, layers)), *extra)
    side = SIDES[program.modules[0].platform]
    objects, tables, whole = [], [], _texts(program)
    for number, module in enumerate(program.modules):
        own = [(i, e) for i, e in enumerate(entries) if e.policies and e.entry.function.file == module.file]
        file = Path(program.base) / module.file
        spelling = Spelling(program, module, file.read_text(encoding="utf-8"), whole)
        made = folder / f"unit{number}.c"
        made.write_text(write(spelling, own, file, f"oracle_entries_{number}"), encoding="utf-8")
        objects.append(_compile(made, side, whole, file.parent))
        tables.append((f"oracle_entries_{number}", len(own)))
    (folder / "table.c").write_text(_table(kinds, tables), encoding="utf-8")
    (folder / "calls.c").write_text(_calls(objects, side, whole), encoding="utf-8")
    objects += [_compile(folder / name, side, "", folder) for name in ("table.c", "calls.c")]
    binary = folder / "harness"
    wraps = [f"-Wl,--wrap={name}" for name in WRAPPED]
    _call([_cc(), *SANITIZED, *wraps, *map(str, objects), *_runtime(side), "-o", str(binary)])
    asked = [str(n) for pair in lengths for n in pair]
    command, quiet = [str(binary), *asked], subprocess.DEVNULL
    try:
        ran = subprocess.run(
            command, stdout=subprocess.PIPE, stderr=quiet, text=True, check=False, timeout=LONGEST_RUN
        )
    except subprocess.TimeoutExpired as error:
        raise NotCompiled(f"the harness ran for more than {LONGEST_RUN} s") from error
    if ran.returncode:
        raise NotCompiled(f"the harness ended with {ran.returncode}")
    return read(ran.stdout, entries, kinds, lengths)


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


def _compile(file: Path, side: Side, whole: str, beside: Path) -> Path:
    own = HERE / side.folder
    for name in INCLUDED.findall(whole):
        stand_in = side.header(name)
        if stand_in and not (beside / name).exists() and not (own / name).exists():
            header = file.parent / "headers" / name
            header.parent.mkdir(parents=True, exist_ok=True)
            header.write_text(f'#include "{stand_in}"\n', encoding="utf-8")
    folders = (file.parent / "headers", own, HERE, beside)
    made = file.with_suffix(".o")
    _call([_cc(), *FLAGS, *SANITIZED, *(f"-I{f}" for f in folders), "-c", str(file), "-o", str(made)])
    return made


@cache
def _kept() -> TemporaryDirectory[str]:
    """A folder that lives as long as the process."""
    return TemporaryDirectory(prefix="oracle-runtime-")


@cache
def _runtime(side: Side) -> tuple[str, ...]:
    """The compiled runtime of a platform, once per process; it is trusted and not sanitized."""
    folder = Path(_kept().name) / side.folder
    folder.mkdir()
    made = []
    own = sorted((HERE / side.folder).glob("*.c"))
    for file in dict.fromkeys((HERE / "oracle.c", HERE / "plain" / "plain.c", *own)):
        target = folder / f"{file.stem}.o"
        folders = (f"-I{HERE}", f"-I{HERE / side.folder}")
        _call([_cc(), *FLAGS, *folders, "-c", str(file), "-o", str(target)])
        made.append(str(target))
    return tuple(made)


def _table(kinds: tuple[Variant, ...], tables: list[tuple[str, int]]) -> str:
    rows = []
    for number, v in enumerate(kinds):
        head = "".join(f"\\x{byte:02x}" for byte in v.head)
        patches = ", ".join(f"{{{at}, {less}, {most}}}" for at, less, most in v.patches)
        size = f"{len(v.head)}, {v.ethertype}, {len(v.patches)}, {{{patches}}}"
        rows.append(f'{{{number}, {v.layer}, (const unsigned char *)"{head}", {size}}},')
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


def _calls(objects: list[Path], side: Side, whole: str) -> str:
    """Functions that the driver declares and nobody defines: each may take the frame."""
    everything = ["nm", *map(str, objects), *_runtime(side)]
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
