"""Runs in, comparisons out that drop a frame unless it is exactly as long as a header in it says."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.model import WIRE_MINIMUM, Confidence
from auditor.policy import EntryAnalysis
from auditor.policy.answers.comparing import Lost, against_declared, beside, decides
from auditor.policy.entry_points.entry import Entry
from auditor.policy.numbers.intervals import intersect
from auditor.policy.paths.classes import ClassTable
from auditor.rules.comparison_findings import Compared
from auditor.rules.context import RuleContext


def exact_lengths(context: RuleContext) -> Iterator[Compared]:
    """Every ``==`` or ``!=`` of an Ethernet frame's length and headers plus a declared length that drops it.

    Only where frames come by that can be padded: shorter than the wire's minimum without their padding.
    """
    table = ClassTable(context.knowledge.protocols)
    for analysed in context.analysis.entries:
        run, entry = analysed.run, analysed.entry
        for fork in beside(run) if ethernet(analysed) else ():
            declared = against_declared(run, fork) if fork.op in ("==", "!=") else None
            if declared is None or declared.constant != -declared.starts:
                continue
            shortest = (declared.field.counted_from, WIRE_MINIMUM)
            if fork.narrowed or not intersect(run.reach[fork.number].lengths, (shortest,)):
                continue
            loss = decides(run, entry, fork, table.bit(declared.field.frame_class))
            if loss is not None and loss.truth == (fork.op == "!="):
                yield Compared(analysed, declared, loss, _confidence(entry, loss))


def ethernet(analysed: EntryAnalysis) -> bool:
    """Whether a run's L counts from the Ethernet header on, and to the end of the buffer."""
    entry = analysed.entry
    if entry.introduced:
        return False
    return entry.layer == "L2" or (entry.layer == "unknown" and analysed.run.reads_ethertype)


def _confidence(entry: Entry, loss: Lost) -> Confidence:
    """Medium; low where the stack sends, which pads nothing, and where the drop is only guessed at."""
    sure = entry.origin != "stack" and loss.all_known and entry.layer == "L2"
    return Confidence.MEDIUM if sure else Confidence.LOW
