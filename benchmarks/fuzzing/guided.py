"""One reader in, faults and figures out: inputs made by atheris, which keeps what reaches new code.

They are the bytes that the reader gets, or the choices by which hypothesis makes a file of the right shape.

Runs in a process of its own, because libFuzzer ends the process it runs in.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

import atheris
from hypothesis import given, settings

READ_BY = ["auditor", "dpkt", "shlex"]
"""Packages whose branches guide; msgspec, tomli, json and SQLite are compiled."""

SLOW = 5
"""Seconds after which one input of at most LONGEST bytes counts as a hang."""

LONGEST = 8192
MEMORY = 2048
"""MiB of this process after which an input counts as greedy."""


def main(how: str, number: int, corpus: Path, seconds: int, faults: Path) -> None:
    """Fuzz the reader of that number with bytes, or where ``how`` is "shaped" with files; never returns."""
    with atheris.instrument_imports(include=READ_BY):
        from benchmarks.fuzzing.readers import READERS
        from benchmarks.fuzzing.shaped import SHAPES
    reader = READERS[number]
    corpus.mkdir(parents=True, exist_ok=True)
    for index, seed in enumerate(reader.seeds() if how == "bytes" else ()):
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
        fuzzed = once
        if how == "shaped":
            fuzzed = settings(deadline=None)(given(SHAPES[reader.name]())(once)).hypothesis.fuzz_one_input
        flags = [f"-max_total_time={seconds}", f"-timeout={SLOW}", f"-max_len={LONGEST}"]
        flags += [f"-dict={words}"] * bool(reader.words and how == "bytes")  # an empty one is an error
        flags += [f"-rss_limit_mb={MEMORY}", f"-artifact_prefix={faults}/", "-print_final_stats=1"]
        atheris.Setup([sys.argv[0], *flags, str(corpus)], fuzzed)
        atheris.Fuzz()


def _quoted(word: str) -> str:
    return '"' + "".join(c if c.isalnum() else f"\\x{ord(c):02x}" for c in word) + '"'


if __name__ == "__main__":
    os.nice(10)
    main(sys.argv[1], int(sys.argv[2]), Path(sys.argv[3]), int(sys.argv[4]), Path(sys.argv[5]))
