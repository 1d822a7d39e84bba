"""Runs the oracle with every length and prints its figures: ``python -m tests.oracle.report [PATH...]``."""

from __future__ import annotations

import sys
import time
from collections import Counter
from pathlib import Path

from auditor.model import Confidence
from tests.oracle.build import NotCompiled
from tests.oracle.compare import Disagreement
from tests.oracle.confirm import false_claims, unconfirmed
from tests.oracle.drivers import DRIVERS, FIXTURES, Driver, driver, figures
from tests.oracle.exceptions import NOT_RUN
from tests.oracle.overreads import unexplained
from tests.oracle.totals import lines

MOST_LINES = 5
WRONG = ("disagreements", "markers not borne out", "reads not borne out", "high, handed on")


def main(paths: list[Path]) -> int:
    """Print one line per driver with something to say, then the totals; 1 when there is something to mend."""
    start, totals, broken = time.perf_counter(), Counter[str](), 0
    for path in paths:
        try:
            ran = driver(path)
        except NotCompiled as error:
            broken += 1
            say(f"{name(path)}: did not run: {str(error).strip().splitlines()[0]}")
            continue
        totals.update(figures(ran))
        for line in complaints(ran):
            say(f"{name(path)}: {line}")
    for fixture, reason in NOT_RUN.items():
        say(f"{fixture}: left out: {reason}")
    say("")
    for line in (*lines(totals), f"{broken:>12,}  fixtures that could not be compiled"):
        say(line)
    say(f"{time.perf_counter() - start:>12.1f}  seconds, one process")
    return int(bool(broken or any(totals[key] for key in WRONG)))


def complaints(ran: Driver) -> list[str]:
    """What is wrong with one driver."""
    claims = false_claims(ran.executed, ran.findings, Confidence.HIGH)
    unmet = unconfirmed(ran.executed, ran.markers, ran.spared)
    reads = unexplained(ran.executed, ran.markers)
    return [*table(ran.comparison.disagreements), *claims, *unmet[:MOST_LINES], *reads[:MOST_LINES]]


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
