"""Minutes in; how many made-up inputs each reader was given, and which of them it fell over, out.

    python benchmarks/fuzz.py [--minutes N] [--seed N]

The readers of compilation databases, SARIF logs to merge, settings, platform packs, protocols, packed
results, cache files and C (in a worker) get bytes that are right ones cut, repeated, spliced and flipped. A
reader may refuse what it gets, with an error of lenaudit's own; anything else is a fault and is printed.
"""

from __future__ import annotations

import os
import random
import tempfile
import time
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from auditor.cache import FILE, Cache
from auditor.frontend import Setup, find
from auditor.frontend.compile_db import known_flags
from auditor.frontend.file import FrontEnd, Result
from auditor.jobs.packing import pack, unpack
from auditor.knowledge import load_knowledge, rules_folder
from auditor.model import LenauditError
from auditor.pipeline import scan
from auditor.report.merging import merged
from auditor.settings import Settings
from auditor.settings_file import settings_file

ROOT = Path(__file__).resolve().parent.parent
DRIVER = ROOT / "fixtures/linux/bare_34.c"
DATABASE = (
    b'[{"directory": "/tmp", "file": "a.c", "arguments": ["cc", "-DA=1", "-I", "x", "-include", "y", "@z"]},'
    b' {"directory": ".", "file": "b.c", "command": "cc -std=gnu99 \'-DB=\\"c\\"\' -c b.c"}]'
)
LOG = (
    b'{"version": "2.1.0", "runs": [{"tool": {"driver": {"name": "lenaudit", "version": "0.1.0", "rules": []'
    b'}}, "invocations": [{"executionSuccessful": true,'
    b' "toolExecutionNotifications": [{"message": {"text": "x"}}]}],'
    b' "results": [{"ruleId": "a-b", "level": "note", "rank": 3.0, "message": {"text": "y"}, "locations": ['
    b'{"physicalLocation": {"artifactLocation": {"uri": "a.c"}, "region": {"startLine": 3}}}]}]}]}'
)  # fmt: skip
SETTINGS = (
    b"select = ['a-b']\nplatform = 'linux'\n[severity]\n'a-b' = 'note'\n[entry-points]\nf = 'netdev-send'\n"
)

Reader = Callable[[Path, bytes], object]


def main() -> None:
    """Feed every reader in turns until the time is up."""
    options = ArgumentParser(description="Made-up input for every reader.")
    options.add_argument("--minutes", type=float, default=1.0)
    options.add_argument("--seed", type=int, default=1)
    given = options.parse_args()
    dice, tried, refused, faults = random.Random(given.seed), Counter[str](), Counter[str](), Counter[str]()
    until = time.monotonic() + given.minutes * 60
    with tempfile.TemporaryDirectory() as folder:
        while time.monotonic() < until:
            for name, (seed, reader) in READERS.items():
                data = changed(seed(), dice)
                tried[name] += 1
                try:
                    reader(Path(folder), data)
                except (LenauditError, ValueError) as error:
                    refused[name] += isinstance(error, LenauditError) or name == "packed results"
                    if not (isinstance(error, LenauditError) or name == "packed results"):
                        faults[f"{name}: {type(error).__name__}: {error} for {data[:200]!r}"] += 1
                except Exception as error:
                    faults[f"{name}: {type(error).__name__}: {error} for {data[:200]!r}"] += 1
    print(f"{'reader':24} {'inputs':>8} {'refused':>8}")
    for name, count in tried.items():
        print(f"{name:24} {count:8} {refused[name]:8}")
    print(f"{sum(tried.values())} inputs, {sum(faults.values())} faults")
    for fault in faults:
        print(fault)


def changed(data: bytes, dice: random.Random) -> bytes:
    """``data`` after a few random changes."""
    made = bytearray(data)
    for _ in range(dice.randint(1, 6)):
        at, end = sorted(dice.randrange(len(made) + 1) for _ in range(2))
        match dice.randrange(6):
            case 0:
                del made[at : min(end, at + 40)]
            case 1:
                made[at:at] = bytes(dice.randrange(256) for _ in range(dice.randint(1, 8)))
            case 2:
                made[at:at] = made[at : min(end, at + 60)] * dice.randint(1, 30)
            case 3 if made:
                made[dice.randrange(len(made))] ^= 1 << dice.randrange(8)
            case 4:
                del made[at:]
            case _:
                made[at:at] = dice.choice(
                    (b"[", b"{", b'"', b"\\0", b"\0", b"-1", b"1e999", b"null", b"../", b"\xff")
                )
    return bytes(made)


def written(folder: Path, name: str, data: bytes) -> Path:
    """A file with these bytes."""
    file = folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(data)
    return file


def read_database(folder: Path, data: bytes) -> object:
    """A compilation database that the user chose."""
    return known_flags(os.path.realpath(folder), written(folder, "compile_commands.json", data))


def read_settings(folder: Path, data: bytes) -> object:
    """A settings file."""
    return settings_file((folder,), written(folder, "lenaudit.toml", data))


def read_pack(folder: Path, data: bytes) -> object:
    """A platform pack of the user's."""
    written(folder, "pack/platforms/linux.toml", data)
    return load_knowledge((folder / "pack",))


def read_protocols(folder: Path, data: bytes) -> object:
    """Protocols of the user's."""
    written(folder, "own/protocols.toml", data)
    return load_knowledge((folder / "own",))


def read_cache(folder: Path, data: bytes) -> object:
    """A cache file."""
    with Cache(written(folder, f"cache/{FILE}", data).parent) as cache:
        cache.get(b"key")
        cache.put(b"key", b"value")
        return cache.info()


def read_driver(folder: Path, data: bytes) -> object:
    """A driver, in a worker."""
    written(folder, "tree/a.c", data)
    return scan(Settings(paths=(folder / "tree",), jobs=1, seconds=20))


def packed_result() -> bytes:
    """A right one, small enough to be hit everywhere."""
    found = find(Settings(paths=(DRIVER,)))
    return pack(FrontEnd(Setup(found.base, found.headers, load_knowledge())).lower_file(found.sources[0]))


def cache_file() -> bytes:
    """A cache with one entry."""
    with tempfile.TemporaryDirectory() as folder:
        with Cache(Path(folder)) as cache:
            cache.put(b"key", b"value" * 100)
        return Path(folder, FILE).read_bytes()


def once(make: Callable[[], bytes]) -> Callable[[], bytes]:
    """``make``, whose work is done when it is first asked for."""
    made: list[bytes] = []
    return lambda: made[0] if made else made.append(make()) or made[0]


READERS: dict[str, tuple[Callable[[], bytes], Reader]] = {
    "compilation databases": (lambda: DATABASE, read_database),
    "SARIF logs": (lambda: LOG, lambda folder, data: merged([(Path("log"), data), (Path("other"), LOG)])),
    "settings": (lambda: SETTINGS, read_settings),
    "platform packs": (once((rules_folder() / "platforms/linux.toml").read_bytes), read_pack),
    "protocols": (once((rules_folder() / "protocols.toml").read_bytes), read_protocols),
    "packed results": (once(packed_result), lambda folder, data: unpack(data, Result)),
    "cache files": (once(cache_file), read_cache),
    "drivers": (once(DRIVER.read_bytes), read_driver),
}

if __name__ == "__main__":
    main()
