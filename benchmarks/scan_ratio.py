"""A path in, two lines out: what a cold scan costs beside a bare libclang parse of the same files.

    python benchmarks/scan_ratio.py PATH [--runs N]

Whole processes, started in turns (scan, parse, scan, parse ...), nothing cached between them; medians of wall
clock and of CPU time, and the largest peak of resident memory. Unix only, for ``os.wait4``.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from unittest import mock

from measuring import measured, median

from auditor.frontend import file as stage
from auditor.frontend import find
from auditor.frontend.headers import STUBS
from auditor.frontend.load import load
from auditor.knowledge import load_knowledge
from auditor.settings import Settings

HERE = Path(__file__).resolve().parent


def jobs(path: Path) -> dict[str, object]:
    """The parses of a scan of ``path``, noted during one: file, arguments, in-memory files without stubs.

    Equal texts are kept once.
    """
    texts: dict[bytes, int] = {}
    listed: list[dict[str, object]] = []
    parsed = stage.parsed

    def noted(source: str, flags: Sequence[str], served: Mapping[str, bytes], *more: object) -> object:
        files = {**served, STUBS: b""}
        names = [(name, texts.setdefault(text, len(texts))) for name, text in files.items()]
        listed.append({"path": source, "arguments": list(flags), "served": names})
        return parsed(source, flags, served, *more)

    with mock.patch.object(stage, "parsed", noted):
        settings = Settings(paths=(path,))
        load(find(settings), settings, load_knowledge())
    return {"jobs": listed, "texts": [text.decode("utf-8", "replace") for text in texts]}


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description="Scan time over bare libclang parse time, and peak memory.")
    options.add_argument("path", type=Path)
    options.add_argument("--runs", type=int, default=7, help="processes of each kind (default 7)")
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        listed = jobs(given.path)
        Path(folder, "jobs.json").write_text(json.dumps(listed), encoding="utf-8")
        scan = [sys.executable, "-m", "auditor", "scan", "-q", "--format", "sarif", "-o", os.devnull]
        scan += ["--no-cache", "--fail-on", "never", str(given.path.resolve())]
        bare = [sys.executable, str(HERE / "bare_parse.py"), str(Path(folder, "jobs.json"))]
        for command in (scan, bare):
            measured(command)  # byte code and the file system's cache, once for both
        pairs = [(measured(scan), measured(bare)) for _ in range(given.runs)]
    scanned, parsed = (median([pair[side] for pair in pairs]) for side in (0, 1))
    print(f"{len(listed['jobs'])} files, medians of {given.runs} runs in turns")
    for name, cost in (("lenaudit scan", scanned), ("bare parse", parsed)):
        peak = max(cost.peak, cost.workers)
        print(f"{name:14} {cost.wall:7.3f} s wall {cost.cpu:7.3f} s CPU {peak:6.0f} MiB peak")
    print(f"{'ratio':14} {scanned.wall / parsed.wall:7.2f}   wall {scanned.cpu / parsed.cpu:7.2f}   CPU")


if __name__ == "__main__":
    main()
