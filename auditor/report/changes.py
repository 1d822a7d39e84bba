"""Two trees' length policies in, what changed between them out: per entry point, mode, class and lengths."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

import msgspec

from auditor.model import ClassRow, LengthPolicy, Outcome, Span

Outcomes = frozenset[Outcome]
Key = tuple[str, ...]

LONGEST = 65535


class Difference(msgspec.Struct, frozen=True):
    """Lengths ``low..high`` (bytes, the policy's unit) of a class: what could and what can happen to them."""

    frame_class: str
    low: int
    high: int
    before: Outcomes
    after: Outcomes


class Change(msgspec.Struct, frozen=True):
    """One policy on both sides; None where a side has no such entry point or mode."""

    before: LengthPolicy | None
    after: LengthPolicy | None
    differences: tuple[Difference, ...] = ()

    @property
    def policy(self) -> LengthPolicy:
        """The policy as it is now, or was last."""
        found = self.after or self.before
        assert found is not None
        return found


def changes(before: Iterable[LengthPolicy], after: Iterable[LengthPolicy]) -> tuple[Change, ...]:
    """The policies that differ, in the order of ``after``, those that are gone at the end.

    A policy is the same one when entry point, file, platform, role, layer and mode agree; lines may move.
    """
    old, new = keyed(before), keyed(after)
    found = [_change(old.get(key), policy) for key, policy in new.items()]
    gone = [Change(policy, None) for key, policy in old.items() if key not in new]
    return (*(c for c in found if c is not None), *gone)


def keyed(policies: Iterable[LengthPolicy]) -> dict[Key, LengthPolicy]:
    """Policies by what they are; equal ones are told apart by their order."""
    seen: defaultdict[Key, int] = defaultdict(int)
    found = {}
    for policy in policies:
        key = (policy.entry, policy.at.file, policy.platform, policy.role, policy.layer, *policy.mode)
        found[*key, str(seen[key])] = policy
        seen[key] += 1
    return found


def _change(before: LengthPolicy | None, after: LengthPolicy) -> Change | None:
    if before is None:
        return Change(None, after)
    rows = {row.frame_class: row for row in before.rows}
    found = [d for row in after.rows for d in _differences(rows.get(row.frame_class), row)]
    return Change(before, after, tuple(found)) if found else None


def _differences(before: ClassRow | None, after: ClassRow) -> Iterator[Difference]:
    if before is None:
        return
    edges = sorted({span.low for row in (before, after) for span in row.spans})
    joined: Difference | None = None
    for low, high in zip(edges, [*(edge - 1 for edge in edges[1:]), LONGEST], strict=True):
        was, now = _at(before.spans, low), _at(after.spans, low)
        if joined is not None and (was, now, low) == (joined.before, joined.after, joined.high + 1):
            joined = msgspec.structs.replace(joined, high=high)
            continue
        if joined is not None:
            yield joined
        joined = Difference(after.frame_class, low, high, was, now) if was != now else None
    if joined is not None:
        yield joined


def _at(spans: tuple[Span, ...], length: int) -> Outcomes:
    return next((span.outcomes for span in spans if span.low <= length <= span.high), frozenset())
