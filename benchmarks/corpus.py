"""Checkouts of real drivers in, a table out: known faults found at their line, right checks left unnamed.

    python benchmarks/corpus.py DIR [--case ID ...]

``benchmarks/corpus.toml`` says which checkouts belong into DIR. A case whose checkout is not there is listed
as such. Every scan is a process of its own, at low confidence, so that what is less sure is seen as well.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import msgspec

ROOT = Path(__file__).resolve().parents[1]
CASES = Path(__file__).with_suffix(".toml")
NEAR = 12
"""Lines to either side of a known line within which a finding is of the same few statements."""


class Case(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One known check; see ``corpus.toml``. ``rule`` is empty for a check that is right.

    ``scan`` names the paths to scan, with spaces between.
    """

    id: str
    repository: str
    before: str
    scan: str
    file: str
    line: int
    what: str
    after: str = ""
    rule: str = ""


class Named(msgspec.Struct, frozen=True):
    """A finding, as far as the table needs it."""

    rule: str
    line: int
    confidence: str

    def __str__(self) -> str:
        return f"{self.line} {self.rule}, {self.confidence}"


def main() -> int:
    """Print the table and the totals. Returns 0 when every case that could be tried is as it should be."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path, metavar="DIR")
    parser.add_argument("--case", action="append", default=[], metavar="ID")
    options = parser.parse_args()
    listed = msgspec.convert(tomllib.loads(CASES.read_text(encoding="utf-8"))["case"], tuple[Case, ...])
    verdicts = []
    print("| case | line | before | after its fix |\n| --- | --- | --- | --- |")
    for case in listed:
        if not options.case or case.id in options.case:
            verdict, row = judged(case, options.folder / case.id)
            verdicts.append((case, verdict))
            print(row, flush=True)
    print("\n" + "\n".join(totals(verdicts)))
    return 0 if all(verdict is not False for _, verdict in verdicts) else 1


def judged(case: Case, folder: Path) -> tuple[bool | None, str]:
    """Whether a case is as it should be (None: no checkout), and its row."""
    if not (folder / "before").is_dir():
        return None, row(case, "no checkout", "")
    found = findings(case, folder / "before")
    at_line = [one for one in found if one.line == case.line and one.confidence != "low"]
    if not case.rule:
        right = not at_line
        return right, row(case, "silent" if right else told(case, found), "")
    hit = any(one.line == case.line and one.rule == case.rule for one in found)
    if not (folder / "after").is_dir():
        return hit, row(case, told(case, found), "no fix known" if not case.after else "no checkout")
    left = [one for one in findings(case, folder / "after") if abs(one.line - case.line) <= NEAR]
    gone = not any(one.rule == case.rule for one in left)
    return hit and gone, row(case, told(case, found), "silent" if not left else "; ".join(map(str, left)))


def findings(case: Case, checkout: Path) -> list[Named]:
    """What lenaudit finds in the case's file. Raises CalledProcessError when the scan fails."""
    scan = [sys.executable, "-m", "auditor", "scan", "-q", "--confidence", "low", "-f", "json"]
    command = [*scan, *(str(checkout / part) for part in case.scan.split())]
    done = subprocess.run(command, cwd=ROOT, check=False, capture_output=True, text=True)
    if done.returncode not in (0, 1):
        raise subprocess.CalledProcessError(done.returncode, command, done.stdout, done.stderr)
    report = json.loads(done.stdout)
    wanted = (checkout / case.file).resolve()
    return [
        Named(one["rule"], one["at"]["line"], one["confidence"])
        for one in report["findings"]
        if (Path(report["base"]) / one["at"]["file"]).resolve() == wanted
    ]


def told(case: Case, found: list[Named]) -> str:
    """The findings at the line of a case, else those close to it, else that there is none."""
    here = [one for one in found if one.line == case.line]
    if here:
        return "; ".join(f"**{one.rule}, {one.confidence}**" for one in here)
    near = [one for one in found if abs(one.line - case.line) <= NEAR]
    return f"not at the line; near: {'; '.join(map(str, near))}" if near else "not found"


def row(case: Case, before: str, after: str) -> str:
    """One line of the table."""
    return f"| {case.id} | {case.file}:{case.line} | {before} | {after} |"


def totals(verdicts: list[tuple[Case, bool | None]]) -> Iterator[str]:
    """How many faults are found and gone after their fix, how many right checks stay unnamed."""
    for title, wrong in (
        ("faults found at their line, and gone after their fix", True),
        ("right checks unnamed", False),
    ):
        tried = [verdict for case, verdict in verdicts if bool(case.rule) == wrong]
        missing = tried.count(None)
        rest = f" ({missing} without a checkout)" if missing else ""
        yield f"{title}: {tried.count(True)} of {len(tried)}{rest}"


if __name__ == "__main__":
    sys.exit(main())
