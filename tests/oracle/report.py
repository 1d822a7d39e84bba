"""Runs the oracle over all fixtures and prints its figures: ``python -m tests.oracle.report [PATH...]``."""

from __future__ import annotations

import sys
import time
from collections import Counter
from pathlib import Path

from auditor.model import Confidence
from tests.oracle.build import NotCompiled
from tests.oracle.compare import Disagreement
from tests.oracle.confirm import false_claims, unconfirmed
from tests.oracle.drivers import DRIVERS, FIXTURES, driver

MOST_LINES = 5


def main(paths: list[Path]) -> int:
    """Print one line per driver with something to say, then the totals; 1 when there is something to mend."""
    start, kinds, totals = time.perf_counter(), Counter[str](), Counter[str]()
    for path in paths:
        try:
            ran = driver(path)
        except NotCompiled as error:
            totals["drivers that did not run"] += 1
            say(f"{name(path)}: did not run: {str(error).strip().splitlines()[0]}")
            continue
        compared = ran.comparison
        claims = false_claims(ran.executed, ran.findings, Confidence.HIGH)
        unmet = unconfirmed(ran.executed, ran.markers)
        for line in (*table(compared.disagreements), *claims, *unmet[:MOST_LINES]):
            say(f"{name(path)}: {line}")
        kinds.update(kind for kind, _ in {(d.kind, d.frame_class) for d in compared.disagreements})
        totals.update(
            {
                "drivers": 1, "entry points": len(ran.executed.entries),
                "cells": compared.cells, "cells with one claimed outcome": compared.exact,
                "cells with an over-read": compared.over_reads,
                "settings in which nothing gets through": compared.closed, "markers": len(ran.markers),
                "markers not borne out": len(unmet),
                "findings of high confidence": sum(f.confidence is Confidence.HIGH for f in ran.findings),
                "findings of high confidence whose witness gets through": len(claims),
                "drivers with a disagreement": bool(compared.disagreements),
            }
        )  # fmt: skip
    say("")
    for what, number in totals.items():
        say(f"{number:>10,}  {what}")
    for kind in ("claim", "outcome", "padding", "undefined"):
        say(f"{kinds[kind]:>10,}  (driver, class) pairs with a disagreement of kind {kind}")
    say(f"{time.perf_counter() - start:>10.1f}  seconds, one process")
    return int(bool(kinds or totals["markers not borne out"]))


def table(disagreements: tuple[Disagreement, ...]) -> list[str]:
    """Disagreements that differ in nothing but the variant, as one line."""
    grouped: dict[str, dict[str, None]] = {}
    for one in disagreements:
        shown = str(one).replace(f"{one.frame_class} ({one.variant})", "*")
        grouped.setdefault(shown, {})[one.frame_class] = None
    return [f"{text} [* = {', '.join(classes)}]" for text, classes in grouped.items()]


def name(path: Path) -> str:
    """The fixture's short name."""
    return path.relative_to(FIXTURES).as_posix() if path.is_relative_to(FIXTURES) else str(path)


def say(text: str) -> None:
    """One line of output."""
    sys.stdout.write(text + "\n")


if __name__ == "__main__":
    sys.exit(main([Path(a).resolve() for a in sys.argv[1:]] or list(DRIVERS)))
