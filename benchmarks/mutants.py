"""C drivers in, a table out: right length guards are broken, and are the faults found at their line?

    python benchmarks/mutants.py PATH... [--minutes N] [--jobs N] [--seconds N] [--json FILE]

One mutant at a time, in memory: no file is written to. A folder of folders of drivers (``fixtures/``) is
taken by its entries; a larger tree (over ``MANY`` files) by those of its files that spell a guard, in an
order that is as good as random and always the same. Unix only, for ``resource``.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import multiprocessing
import re
import resource
import signal
import time
from concurrent.futures import ThreadPoolExecutor
from multiprocessing.connection import Connection
from pathlib import Path

import msgspec
from mutant_moves import MOVED, moved
from mutant_reading import Read, loses_legal, read
from mutant_sites import REMOVED, UNIT, Site, Skipped, mutants, mutated, sites, text_sites
from mutant_table import show

from auditor.model import NothingAnalysed, decode

MANY = 400
MEMORY = 3 * 1024**3
"""Bytes of address space per driver."""

WORDS = re.compile(rb"[<>]=?\s*\(?(?:ETH_HLEN|ETH_ZLEN|ETH_FRAME_LEN|VLAN_ETH_(?:HLEN|FRAME_LEN)|151[48]|14|"
                   rb"sizeof\s*\(\s*struct\s+(?:vlan_)?ethhdr)\b")  # fmt: skip
"""What a file of a large tree must spell to be taken: an ordering with the size of a frame or its header."""

EXPECTED = {
    "maximum": "maximum-ignores-vlan-tag",
    "minimum": "l3-minimum-on-l2-path",
    "text": "l3-minimum-on-l2-path",
}

OF_OPERATOR = {
    UNIT: "length-unit-mismatch",
    REMOVED: "header-read-past-check",
    MOVED: "header-read-past-check",
}
"""Rules that name an operator's fault where its source's does not."""

AT_USE = dict.fromkeys((REMOVED, MOVED), ("header-read-past-check", "length-arithmetic-wraps"))
"""Rules that find a guard's fault where its bytes are read, or where its length is subtracted from."""

SURER = ("low", "medium", "high")


class Mutant(msgspec.Struct, frozen=True):
    """One mutant and what became of it; ``confidence`` is empty when no finding stands at its line.

    ``loses`` tells whether a legal frame of 17 bytes or more got through before and does not now.
    ``beside`` are other rules' findings at the line, ``elsewhere`` new findings on other lines.
    """

    at: str
    source: str
    operator: str
    before: str
    after: str
    narrowed: bool
    changed: bool = False
    loses: bool = False
    confidence: str = ""
    beside: tuple[str, ...] = ()
    elsewhere: tuple[str, ...] = ()
    failed: str = ""


class Outcomes(msgspec.Struct, frozen=True):
    """All mutants of one driver, the right guards that were not mutated, and why it ended early, if so."""

    driver: str
    mutants: tuple[Mutant, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    sites: int = 0
    failed: str = ""


def examined(path: Path, seconds: float, deadline: float) -> Outcomes:
    """All mutants of one driver. Raises TimeoutError or NothingAnalysed when it cannot be read as it is."""
    before = read(path, seconds)
    base = Path(before.base)
    found, skipped = sites(before.analysis, before.base, {(file, line) for _, file, line in before.findings})
    known = {(b.fork.at.file, b.fork.at.line) for b in before.analysis.bounds}
    for file in [path] if path.is_file() else sorted(path.glob("*.c")):
        found += text_sites(str(file.resolve().relative_to(base)), decode(file.read_bytes()), known)
    results: list[Mutant] = []
    for site in found:
        tried: dict[str, Mutant] = {}
        text = decode((base / site.file).read_bytes())
        behind = moved(text, site, before.program, before.reads)
        for operator, guard in (*mutants(site), *([(MOVED, behind)] if behind else [])):
            if time.monotonic() > deadline:
                return Outcomes(str(path), tuple(results), tuple(skipped), len(found), "out of time")
            made = tried.get(guard) or _tried(path, seconds, before, site, guard, operator)
            tried[guard] = made
            results.append(msgspec.structs.replace(made, operator=operator))
    return Outcomes(str(path), tuple(results), tuple(skipped), len(found))


def _tried(path: Path, seconds: float, before: Read, site: Site, guard: str, operator: str) -> Mutant:
    file = Path(before.base) / site.file
    text = guard if operator == MOVED else mutated(decode(file.read_bytes()), site, guard)
    guard = "behind the next read" if operator == MOVED else guard
    old = site.spelled(site.constant)
    mutant = Mutant(f"{site.file}:{site.line}", site.source, "", old, guard, site.narrowed)
    try:
        after = read(path, seconds, (str(file), text))
    except (TimeoutError, MemoryError, NothingAnalysed) as error:
        return msgspec.structs.replace(mutant, failed=type(error).__name__)
    new = {key: sure for key, sure in after.findings.items() if key not in before.findings}
    expected = OF_OPERATOR.get(operator, EXPECTED[site.source])
    named = {key for key in new if key[1:] == (site.file, site.line)}
    own = {key for key in new if key[0] in AT_USE.get(operator, ())}
    known = {key for key in new if key in before.beside}  # a fault that was named, at another of its lines
    here = {key[0]: new[key] for key in sorted(named | own, key=lambda key: SURER.index(new[key]))}
    sure = [here.pop(rule) for rule in (expected, *AT_USE.get(operator, ())) if rule in here]
    return msgspec.structs.replace(
        mutant,
        changed=not after.same_policy(before),
        loses=loses_legal(before.policies, after.policies, site.shift),
        confidence=max(sure, key=SURER.index, default=""),
        beside=tuple(f"{rule} ({sure})" for rule, sure in here.items()),
        elsewhere=tuple(
            f"{rule} ({how}) {at}:{line}" for (rule, at, line), how in new.items()
            if (rule, at, line) not in named | own | known
        ),
    )  # fmt: skip


def drivers(path: Path) -> list[Path]:
    """The drivers to take from a path: itself, a folder's entries, or a sample's order of a large tree."""
    if path.is_file():
        return [path]
    files = sorted(path.rglob("*.c"))
    if len(files) > MANY:
        spelled = [f for f in files if WORDS.search(f.read_bytes())]
        return sorted(spelled, key=lambda f: hashlib.sha256(str(f.relative_to(path)).encode()).digest())
    inner = sorted(d for d in path.iterdir() if d.is_dir())
    if not inner:
        return [path] if len(files) != len(list(path.glob("*.c"))) else files
    return [d for folder in inner for d in _entries(folder)]


def _entries(folder: Path) -> list[Path]:
    """Each file of a folder of drivers, or the folder itself where it holds headers or a single driver."""
    if any(folder.glob("*.h")):
        return [folder]
    return [e for e in sorted(folder.iterdir()) if e.is_dir() or e.suffix == ".c"]


def supervised(path: Path, seconds: float, deadline: float) -> Outcomes:
    """``examined`` in a process of its own, so that neither memory nor a crash takes the others along."""
    if time.monotonic() > deadline:
        return Outcomes(str(path), failed="out of time")
    here, there = multiprocessing.get_context("fork").Pipe(duplex=False)
    child = multiprocessing.get_context("fork").Process(target=_child, args=(there, path, seconds, deadline))
    child.start()
    there.close()
    try:
        data = here.recv_bytes() if here.poll(max(1.0, deadline - time.monotonic()) + seconds) else b""
    except EOFError:
        data = b""
    child.kill() if not data else child.join()
    return msgspec.msgpack.decode(data, type=Outcomes) if data else Outcomes(str(path), failed="crashed")


def _child(out: Connection, path: Path, seconds: float, deadline: float) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    signal.signal(signal.SIGALRM, _late)
    try:
        result = examined(path, seconds, deadline)
    except (TimeoutError, MemoryError, NothingAnalysed) as error:
        result = Outcomes(str(path), failed=type(error).__name__)
    out.send_bytes(msgspec.msgpack.encode(result))


def _late(number: int, frame: object) -> None:
    raise TimeoutError


def main() -> None:
    """Mutate, scan, print."""
    options = argparse.ArgumentParser(description="Mutants of right length guards, and which are found.")
    options.add_argument("paths", type=Path, nargs="+")
    options.add_argument("--minutes", type=float, default=8, help="stop after this long (default 8)")
    options.add_argument("--seconds", type=float, default=30, help="limit of one scan (default 30)")
    options.add_argument("--jobs", type=int, default=2, help="drivers at a time (default 2)")
    options.add_argument("--json", type=Path, help="write every mutant to this file")
    given = options.parse_args()
    deadline = time.monotonic() + 60 * given.minutes
    listed = [driver for path in given.paths for driver in drivers(path)]
    with ThreadPoolExecutor(given.jobs) as pool:
        done = list(pool.map(lambda d: supervised(d, given.seconds, deadline), listed))
    if given.json:
        given.json.write_text(json.dumps(msgspec.to_builtins(done), indent=1), encoding="utf-8")
    print(show(msgspec.to_builtins(done)))


if __name__ == "__main__":
    main()
