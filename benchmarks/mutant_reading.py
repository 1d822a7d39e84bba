"""A driver in, what one scan of it says out: as it stands, or with the text of one file changed in memory."""

from __future__ import annotations

import gc
import signal
from pathlib import Path
from unittest import mock

import msgspec

from auditor.ir import Expression, Program
from auditor.jobs import judging
from auditor.knowledge import Knowledge
from auditor.model import Confidence, Finding, LengthPolicy, Location, Outcome
from auditor.pipeline import scan
from auditor.policy import Analysis
from auditor.policy.expressions.reading import Reader
from auditor.policy.numbers.values import Int, Pointer, Value
from auditor.policy.paths.state import State
from auditor.rules.losses import SMALLEST_REAL
from auditor.settings import Settings

THROUGH = frozenset({Outcome.HANDED_ON, Outcome.PADDED})


class Read(msgspec.Struct, frozen=True):
    """What one scan says: findings by (rule, file, line) with their confidence, bounds and policies.

    ``beside`` are the lines that findings name as related, ``reads`` the expressions that read frame bytes
    of a known number (no copy of the whole frame), whether frames may lack them or not.
    """

    base: str
    findings: dict[tuple[str, str, int], str]
    bounds: frozenset[object]
    policies: tuple[LengthPolicy, ...]
    analysis: Analysis
    program: Program
    reads: frozenset[Location]
    beside: frozenset[tuple[str, str, int]]

    def same_policy(self, other: Read) -> bool:
        """Whether two scans agree on every bound and on what becomes of every frame."""
        rows = [[(p.entry, p.mode, p.rows) for p in found.policies] for found in (self, other)]
        return self.bounds == other.bounds and rows[0] == rows[1]


def read(path: Path, seconds: float, changed: tuple[str, str] | None = None) -> Read:
    """Scan ``path``, with the text of one absolute file ``changed``. Raises TimeoutError when late."""
    kept: list[tuple[Analysis, Program]] = []
    reads: set[Location] = set()
    observed = Reader.read_bytes
    analyse = judging.analyse

    def noted(program: Program, knowledge: Knowledge, settings: Settings) -> Analysis:
        kept.append((analyse(program, knowledge, settings), program))
        return kept[-1][0]

    def seen(reader: Reader, state: State, pointer: Pointer, size: Value, expr: Expression) -> None:
        if isinstance(size, Int) and reader.memory.as_long_as_the_frame(state, pointer) is not None:
            reads.add(expr.at)
        observed(reader, state, pointer, size, expr)

    patched = ((changed[0], changed[1].encode()),) if changed else ()

    gc.unfreeze()  # a scan freezes what it made: fine for a process that makes one
    gc.collect()
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        with mock.patch.object(judging, "analyse", noted), mock.patch.object(Reader, "read_bytes", seen):
            settings = Settings(paths=(path,), min_confidence=Confidence.LOW, patched=patched)
            report = scan(settings).report
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
    ((analysis, program),) = kept  # a driver of one folder
    beside = frozenset((f.rule, r.at.file, r.at.line) for f in report.findings for r in f.related)
    return Read(
        report.base, _spots(report.findings), _bounds(analysis), report.policies, analysis, program,
        frozenset(reads), beside,
    )  # fmt: skip


def _spots(findings: tuple[Finding, ...]) -> dict[tuple[str, str, int], str]:
    """The surest confidence of each rule at each line."""
    order = list(Confidence)
    found: dict[tuple[str, str, int], str] = {}
    for f in sorted(findings, key=lambda f: order.index(f.confidence)):
        found.setdefault((f.rule, f.at.file, f.at.line), f.confidence.value)
    return found


def _bounds(analysis: Analysis) -> frozenset[object]:
    return frozenset(
        (b.kind, b.fork.at.file, b.fork.at.line, b.entry.function.name, b.frame_class.id, b.threshold,
         b.low, b.high, b.shift, b.layer)
        for b in analysis.bounds
    )  # fmt: skip


def loses_legal(before: tuple[LengthPolicy, ...], after: tuple[LengthPolicy, ...], shift: int) -> bool:
    """Whether a legal frame (17 bytes or more) could get through before and cannot now, in some mode.

    ``shift`` turns the bytes of the policies into those of the frame. Where the modes are others than
    before, all modes of an entry point are taken together.
    """
    same = {(p.entry, p.mode) for p in before} == {(p.entry, p.mode) for p in after}
    then, now = (_passing(policies, shift, by_mode=same) for policies in (before, after))
    return any(bits & ~now.get(key, 0) for key, bits in then.items())


def _passing(policies: tuple[LengthPolicy, ...], shift: int, *, by_mode: bool) -> dict[object, int]:
    """By entry point, mode and class: a bit for each legal length that can get through."""
    found: dict[object, int] = {}
    for policy in policies:
        for row in policy.rows:
            low = max(SMALLEST_REAL, row.legal_minimum or 0) - shift
            high = (65535 if row.legal_maximum is None else row.legal_maximum) - shift
            bits = 0
            for span in row.spans:
                first, last = max(span.low, low), min(span.high, high)
                if span.outcomes & THROUGH and first <= last:
                    bits |= (1 << (last + 1)) - (1 << first)
            key = (policy.entry, policy.mode if by_mode else (), row.frame_class)
            found[key] = found.get(key, 0) | bits
    return found
