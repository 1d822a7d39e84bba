"""Folders and files in, their findings and explanations out; each is computed anew after a file was saved."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import msgspec

from auditor.frontend import drivers, find
from auditor.model import Finding, Sources
from auditor.pipeline import Scan, Tree, judged, read_policies, scan
from auditor.policy import Analysis
from auditor.repair import verified
from auditor.report.wording import shown
from auditor.settings import Settings

Explain = Callable[[str, int, Tree, Analysis, Scan], str]
"""A file's absolute path, a line from 1, and what was read, to the explanation of the comparisons there."""


class Audit(msgspec.Struct, frozen=True):
    """A folder's findings that are shown, with the source text they speak of."""

    findings: tuple[Finding, ...]
    sources: Sources

    def of(self, file: Path) -> tuple[Finding, ...]:
        """The findings that stand in ``file``."""
        return tuple(f for f in self.findings if self.place(f.at.file) == file)

    def place(self, file: str) -> Path:
        """Where a file of the report lies."""
        return (self.sources.root / file).resolve()


class Audits:
    """The last audit of every folder; one thread works at a time, the others wait for what it found."""

    def __init__(self, explain: Explain, settings: Callable[[Path], Settings]) -> None:
        self._explain, self._settings = explain, settings
        self._lock = threading.Lock()
        self._scans: dict[Path, tuple[Settings, Scan]] = {}
        self._proved: dict[tuple[Path, str], Finding] = {}
        self._read: dict[tuple[Path, ...], tuple[Tree, Analysis, Scan]] = {}

    def again(self, root: Path) -> Audit:
        """Scan ``root`` with the settings that hold there. Raises LenauditError."""
        with self._lock:
            self._proved.clear()
            self._read.clear()
            settings = self._settings(root)
            result = scan(settings)
            self._scans[root] = settings, result
            return _audit(result)

    def last(self, root: Path) -> Audit | None:
        """The last audit of ``root``, None when there was none."""
        known = self._scans.get(root)
        return _audit(known[1]) if known else None

    def proved(self, root: Path, finding: Finding) -> Finding:
        """``finding`` with each fix verified, or with the doubt about it. Raises LenauditError."""
        with self._lock:
            key = root, finding.fingerprint
            if key not in self._proved:
                settings, result = self._scans[root]
                report = msgspec.structs.replace(result.report, findings=(finding,))
                tried = verified(msgspec.structs.replace(result, report=report), settings)
                self._proved[key] = tried.report.findings[0]
            return self._proved[key]

    def explained(self, root: Path, file: Path, line: int) -> str:
        """Why the comparisons on ``line`` (from 1) are, or are not, findings. Raises LenauditError."""
        with self._lock:
            settings = self._settings(root)
            paths = _driver_of(file, settings)
            if paths not in self._read:
                own = msgspec.structs.replace(settings, paths=paths)
                tree, analysis = read_policies(own)
                self._read[paths] = tree, analysis, judged(tree, analysis, own)
            return self._explain(str(file), line, *self._read[paths])


def _driver_of(file: Path, settings: Settings) -> tuple[Path, ...]:
    """The sources that a scan takes together with ``file``; for a header those nearest to it."""
    every = drivers(find(settings))
    for driver in every:
        if str(file) in driver.sources:
            return tuple(map(Path, driver.sources))
    near = [d for d in every if any(Path(source).parent == file.parent for source in d.sources)]
    return tuple(map(Path, near[0].sources)) if near else settings.paths


def _audit(result: Scan) -> Audit:
    return Audit(shown(result.report.findings), result.sources)
