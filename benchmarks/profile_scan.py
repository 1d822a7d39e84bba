"""A path in, where the time of a cold scan of it goes out: seconds by stage, then the costliest functions.

    python benchmarks/profile_scan.py PATH [--functions N]

Everything runs in this process, first by the clock alone and then under cProfile, whose own cost makes small
functions look worse than they are.
"""

from __future__ import annotations

import cProfile
import pstats
import sys
import time
from argparse import ArgumentParser
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")


def main() -> None:
    """Measure and print."""
    options = ArgumentParser(description="Where a cold scan's time goes.")
    options.add_argument("path", type=Path)
    options.add_argument("--functions", type=int, default=25, help="functions to list (default 25)")
    given = options.parse_args()
    clock: dict[str, float] = {}
    scan = staged(given.path, clock)
    print(f"{'stage':28}  seconds  share")
    total = sum(clock.values())
    for name, seconds in clock.items():
        print(f"{name:28} {seconds:8.3f} {seconds / total:6.1%}")
    print(f"{'all':28} {total:8.3f}\n")
    profile = cProfile.Profile()
    profile.runcall(scan)
    pstats.Stats(profile, stream=sys.stdout).sort_stats("tottime").print_stats(given.functions)


def staged(path: Path, clock: dict[str, float]) -> Callable[[], object]:
    """Run every stage once, note its seconds in ``clock``, and give a function that scans again."""

    def timed(name: str, stage: Callable[[], T]) -> T:
        begun = time.perf_counter()
        result = stage()
        clock[name] = time.perf_counter() - begun
        return result

    timed("import", lambda: __import__("auditor.pipeline"))
    timed("import of the renderer", lambda: __import__("auditor.report.sarif"))
    from auditor.constants import build_graph
    from auditor.frontend import Setup, find
    from auditor.frontend.file import FrontEnd
    from auditor.ir import Program
    from auditor.jobs.judging import ruled
    from auditor.jobs.results import result_bytes, result_of
    from auditor.knowledge import load_knowledge, rules_folder
    from auditor.pipeline import scan
    from auditor.policy import analyse
    from auditor.rules import load_rules
    from auditor.settings import Settings

    settings = Settings(paths=(path,))
    knowledge = timed("knowledge", load_knowledge)
    rules = timed("rules", lambda: load_rules((rules_folder(),)))
    found = timed("discover", lambda: find(settings))
    front = FrontEnd(Setup(found.base, found.headers, knowledge))
    results = timed("parse and lower", lambda: [front.lower_file(source) for source in found.sources])
    packed = timed("pack", lambda: [result_bytes(result) for result in results])
    again = timed("unpack", lambda: [result_of(data) for data in packed])
    program = Program(found.base, tuple(r.module for r in again if r.module is not None))
    constants = timed("constants", lambda: build_graph(program, knowledge.protocols))
    analysis = timed("length policies", lambda: analyse(program, knowledge, settings))
    timed("rules run", lambda: ruled(program, knowledge, constants, analysis, settings, rules))
    return lambda: scan(settings)


if __name__ == "__main__":
    main()
