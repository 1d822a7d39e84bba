"""A scan in, the same scan out with every suggested change tried: proved, or with the reason why it is not.

All changes that touch different entry points are tried together, so that one more scan mostly does.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

import msgspec

from auditor.findings import STRENGTH
from auditor.model import (
    Confidence,
    Edit,
    Finding,
    Fix,
    LenauditError,
    LengthPolicy,
    Loss,
    Outcome,
    Report,
    Sources,
)
from auditor.pipeline import Progress, Scan, scan
from auditor.repair.edits import applied
from auditor.report.changes import Change, Difference, changes, keyed
from auditor.report.fates import GETS_THROUGH
from auditor.report.wording import mode_of, span_text
from auditor.settings import Settings

STOPPED = "the second analysis was ended early"
DROPPED = frozenset({Outcome.DROPPED})
Patch = dict[str, tuple[bytes, bytes]]
"""By file, relative to the report's base: its bytes before and after."""


def verified(
    result: Scan, settings: Settings, progress: Progress | None = None,
    minimum: Confidence = Confidence.LOW,
) -> Scan:  # fmt: skip
    """``result`` with ``Fix.verified`` or ``Fix.doubt``, and ``policies_after``, where a finding has a fix.

    ``settings`` are those of the scan; findings below ``minimum`` are left as they are. A change is proved
    when the finding goes, no policy changes but by the lengths that were lost, no other finding appears, and
    the text is understood as well as before.
    """
    findings = list(result.report.findings)
    for batch in _batches(findings, STRENGTH[minimum]):
        for number, judged in _tried(result, settings, {i: findings[i] for i in batch}, progress):
            findings[number] = judged
    return msgspec.structs.replace(
        result, report=msgspec.structs.replace(result.report, findings=tuple(findings))
    )


def patch_of(findings: Iterable[Finding], sources: Sources) -> Patch:
    """The files that the first fixes of ``findings`` change. Raises NotWritable."""
    by_file: dict[str, list[Edit]] = defaultdict(list)
    for finding in findings:
        for edit in finding.fixes[0].edits:
            by_file[edit.at.file].append(edit)
    return {file: ((old := sources.data(file)), applied(old, edits)) for file, edits in by_file.items()}


def _batches(findings: list[Finding], least: int) -> Iterator[list[int]]:
    """Findings with a fix, by number, in groups that share neither an entry point nor a line they change."""
    batches: list[tuple[set[object], list[int]]] = []
    for number, finding in enumerate(findings):
        hidden = finding.suppressed or finding.known or STRENGTH[finding.confidence] < least
        if hidden or not finding.fixes:
            continue
        touches: set[object] = {(policy.entry, policy.at.file) for policy in finding.policies}
        touches |= {(edit.at.file, edit.at.line) for edit in finding.fixes[0].edits}
        free = next((batch for batch in batches if not batch[0] & touches), None)
        if free is None:
            free = (set(), [])
            batches.append(free)
        free[0].update(touches)
        free[1].append(number)
    yield from (numbers for _, numbers in batches)


def _tried(
    result: Scan, settings: Settings, batch: dict[int, Finding], progress: Progress | None
) -> Iterator[tuple[int, Finding]]:
    """Each finding of the batch judged; where several fail together, each half is tried alone."""
    after: Report | None = None
    try:
        patch = patch_of(batch.values(), result.sources)
        again = _scanned(result, settings, patch, progress)
    except LenauditError as error:
        doubts = dict.fromkeys(batch, f"the changed source could not be analysed: {error.message}")
    else:
        after = again.report
        doubts = _doubts(result.report, after, batch)
        if again.stopped:
            doubts = dict.fromkeys(batch, STOPPED)
    if STOPPED not in doubts.values() and any(doubts.values()) and len(batch) > 1:
        numbers = list(batch)
        for half in (numbers[: len(numbers) // 2], numbers[len(numbers) // 2 :]):
            yield from _tried(result, settings, {number: batch[number] for number in half}, progress)
        return
    for number, finding in batch.items():
        policies = () if after is None else _policies_after(finding, result.report, after)
        yield number, _judged(finding, doubts[number], policies)


def _scanned(result: Scan, settings: Settings, patch: Patch, progress: Progress | None) -> Scan:
    root = result.sources.root
    patched = tuple((str(root / file), after) for file, (_, after) in patch.items())
    return scan(msgspec.structs.replace(settings, patched=patched), progress)


def _judged(finding: Finding, doubt: str, after: tuple[LengthPolicy, ...]) -> Finding:
    first, *others = finding.fixes
    fix = msgspec.structs.replace(first, verified=not doubt, doubt=doubt)
    fixes: tuple[Fix, ...] = (fix, *others)
    return msgspec.structs.replace(finding, fixes=fixes, policies_after=() if doubt else after)


def _policies_after(finding: Finding, before: Report, after: Report) -> tuple[LengthPolicy, ...]:
    """What the finding's policies have become."""
    now, own = keyed(after.policies), set(finding.policies)
    was = keyed(before.policies)
    return tuple(now[key] for key, policy in was.items() if policy in own and key in now)


def _doubts(before: Report, after: Report, batch: dict[int, Finding]) -> dict[int, str]:
    """Why each finding's change is not proved, empty where it is; what cannot be told apart doubts all."""
    known = {_place(finding) for finding in before.findings}
    left = {_place(finding) for finding in after.findings}
    common = _understood_less(before, after) or _appeared(after, known)
    moved = changes(before.policies, after.policies)
    doubts = {}
    for number, finding in batch.items():
        own = "the finding stays" if _place(finding) in left else ""
        doubts[number] = own or common or _still_lost(finding, moved)
    for change in moved:
        why = next((f"{_named(change)} {what}" for what in _unasked(change, batch.values())), "")
        for number in batch:
            doubts[number] = doubts[number] or why
    return doubts


def _still_lost(finding: Finding, moved: Iterable[Change]) -> str:
    """A finding may go although its frames do not get through: something behind it drops them too.

    What is lost in another way than by a drop (cut short, sent back) shows in no policy.
    """
    if not any(_is_dropped(policy, loss) for policy in finding.policies for loss in finding.losses):
        return ""
    own = {(policy.entry, policy.at.file) for policy in finding.policies}
    helped = any((change.policy.entry, change.policy.at.file) in own for change in moved)
    return "" if helped else "the frames would still be lost, by a check behind this one"


def _is_dropped(policy: LengthPolicy, loss: Loss) -> bool:
    """Whether some lengths that the finding lost never get through, as its policy counts them."""
    rows = (row for row in policy.rows if row.frame_class == loss.frame_class)
    return any(
        span.outcomes == DROPPED and span.low <= loss.high and loss.low <= span.high
        for row in rows
        for span in row.spans
    )


def _place(finding: Finding) -> tuple[str, str, int]:
    """What a finding is known by after a change within its line."""
    return finding.rule, finding.at.file, finding.at.line


def _understood_less(before: Report, after: Report) -> str:
    shares = {c.file: c.understood for c in before.coverage}
    for now in after.coverage:
        if now.understood < shares.get(now.file, 0):
            return f"less of {now.file} would be understood"
    known = {(gap.kind, gap.message) for gap in before.gaps if gap.level != "note"}
    new = next((g for g in after.gaps if g.level != "note" and (g.kind, g.message) not in known), None)
    return f"something would not be understood: {new.message}" if new else ""


def _appeared(after: Report, known: set[tuple[str, str, int]]) -> str:
    new = next((f for f in after.findings if _place(f) not in known and not (f.suppressed or f.known)), None)
    return f"another finding would appear: {new.rule} at {new.at}" if new else ""


def _unasked(change: Change, fixed: Iterable[Finding]) -> Iterator[str]:
    """What else happens to a policy than that frames of the lost lengths get through."""
    if change.before is None or change.after is None:
        yield "would appear" if change.before is None else "would go"
        return
    spans = [(finding.fixes[0].low, finding.fixes[0].high) for finding in fixed]
    for difference in change.differences:
        if not any(_within(difference, low, high) for low, high in spans) or change.policy.layer == "L3":
            lengths = span_text(difference.low, difference.high)
            yield f"would change for {difference.frame_class} at {lengths} bytes"


def _within(difference: Difference, low: int, high: int) -> bool:
    """Whether only frames change that never got through and should, and now they do."""
    now_through = not difference.before & GETS_THROUGH and difference.after & GETS_THROUGH
    return low <= difference.low and difference.high <= high and bool(now_through)


def _named(change: Change) -> str:
    policy = change.policy
    return f"the policy of {policy.entry} ({mode_of(policy)})"
