"""What the user asked for, as one frozen value."""

from __future__ import annotations

from pathlib import Path

import msgspec

from auditor.model import Confidence, Severity


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """Settings of one run; defaults are those of ``lenaudit scan`` without options."""

    paths: tuple[Path, ...]
    only: tuple[Path, ...] = ()  # report what concerns these; empty: everything
    since: str = ""  # report what was not there at this git revision
    rules_folders: tuple[Path, ...] = ()
    platform: str = ""  # empty: recognised per file
    defines: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()  # gitignore patterns, from the top of the tree ...
    excluded: tuple[tuple[Path, tuple[str, ...]], ...] = ()  # ... and from other folders
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    severities: dict[str, Severity] = {}  # rule id -> instead of the rule's own
    entry_points: dict[str, str] = {}  # function name -> id of the role it has on its platform
    min_confidence: Confidence = Confidence.MEDIUM
    fail_on: str = "note"  # exit 1 for findings of this level or above; or "never"
    baseline: Path | None = None
    patched: tuple[tuple[str, bytes], ...] = ()  # absolute path, bytes that stand for those on disk
    cache: Path | None = None  # folder of what earlier scans worked out; None: nothing is remembered
    compile_db: Path | None = None  # a compilation database; None: the one found in the tree
    dask: str = ""  # address of a cluster that does the work; empty: this machine
    shard: tuple[int, int] = (1, 1)  # which part of the tree's drivers, of how many
    prune: bool = True  # leave out what no answer depends on
    seconds: float = 600.0  # that a worker may take for one file, or for one driver
    jobs: int = 0  # worker processes; 0: everything in this process
    step_budget: int = 400_000  # interpreter steps per entry point, fewer where they find nothing
