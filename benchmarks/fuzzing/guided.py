"""One reader in, faults and figures out: inputs made by atheris, which keeps what reaches new code.

Runs in a process of its own, because libFuzzer ends the process it runs in.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

import atheris

READ_BY = ["auditor", "dpkt", "shlex", "pathspec"]
"""Packages whose branches guide; msgspec, tomli, json and SQLite are compiled."""

SLOW = 5
"""Seconds after which one input of at most LONGEST bytes counts as a hang."""

LONGEST = 8192
MEMORY = 2048
"""MiB of this process after which an input counts as greedy."""


def main(number: int, corpus: Path, seconds: int, faults: Path) -> None:
    """Fuzz the reader of that number; never returns."""
    with atheris.instrument_imports(include=READ_BY):
        from benchmarks.fuzzing.readers import READERS
    reader = READERS[number]
    corpus.mkdir(parents=True, exist_ok=True)
    for index, seed in enumerate(reader.seeds()):
        (corpus / f"seed{index}").write_bytes(seed)
    counts = faults / "counts"
    tally = [0, 0]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        words = folder / "words"
        words.write_text("".join(f"{_quoted(word)}\n" for word in reader.words), encoding="utf-8")

        def once(data: bytes) -> None:
            tally[0] += 1
            try:
                reader.read(folder / "own", data)
            except reader.errors:
                tally[1] += 1
            if tally[0] & (tally[0] - 1) == 0 or tally[0] % 500 == 0:  # libFuzzer leaves without a goodbye
                counts.write_text(f"{tally[0]} {tally[1]}", encoding="utf-8")

        (folder / "own").mkdir()
        atheris.enabled_hooks.add("str")
        flags = [f"-max_total_time={seconds}", f"-timeout={SLOW}", f"-max_len={LONGEST}"]
        flags += [f"-dict={words}"] * bool(reader.words)  # an empty one is an error
        flags += [f"-rss_limit_mb={MEMORY}", f"-artifact_prefix={faults}/", "-print_final_stats=1"]
        atheris.Setup([sys.argv[0], *flags, str(corpus)], once)
        atheris.Fuzz()


def _quoted(word: str) -> str:
    return '"' + "".join(c if c.isalnum() else f"\\x{ord(c):02x}" for c in word) + '"'


if __name__ == "__main__":
    os.nice(10)
    main(int(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]), Path(sys.argv[4]))
