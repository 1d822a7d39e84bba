"""Arithmetic that wraps in, its finding out: the numbers, where the result goes, the way there."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.model import Finding, Related, Rule, Step
from auditor.rules.story import way_to
from auditor.rules.wraps import Wrap

MOST_RELATED = 8
"""Further uses that a finding lists."""


def wrap_finding(rule_id: str, rule: Rule, found: tuple[Wrap, ...]) -> Finding:
    """The finding for one expression that wraps, with the place; ``found`` are its uses, the surest first."""
    first = found[0]
    entry, made = first.analysed.entry, first.source
    checked = "no check prevents it" if first.guard is None else f"{first.guard.expr} does not prevent it"
    arguments = (str(made.made), made.frame, made.numbers, entry.function.name, first.use, checked)
    return Finding(
        rule=rule_id,
        at=first.place,
        message=rule.say(*arguments),
        arguments=arguments,
        confidence=first.confidence,
        severity=rule.severity,
        function=first.seen.function.rpartition("::")[2],
        evidence=tuple(_evidence(first)),
        path=tuple(_path(first)),
        related=tuple(_further(found)),
    )


def _evidence(first: Wrap) -> Iterator[str]:
    yield from first.analysed.entry.evidence
    yield f"it wraps for frames with {first.source.frames}: {first.source.numbers}"
    if first.guard is not None:
        holds = "holds" if first.holds else "does not hold"
        yield f"the path's check lets them pass: {first.guard.expr} {holds} at {first.guard.at}"
    elif first.guaranteed is not None:
        least = f"frames from the {first.origin} have {first.guaranteed} bytes at least"
        yield f"nothing on the path stops them; {least}"
    else:
        yield "nothing on the path stops them"
    if first.analysed.run.complete:
        yield "every path was explored"
    else:
        yield "some paths were explored without all that was known on them"


def _path(first: Wrap) -> Iterator[Step]:
    seen, made = first.seen, first.source.made
    yield from way_to(first.analysed.entry, seen.trail, first.guard, first.holds)
    where = seen.function.rpartition("::")[2]
    if made is not seen.expr:
        text = f"{made} wraps for a frame with {first.source.frame}: {first.source.numbers}"
        yield Step(made.at, text, where, "essential")
    yield Step(seen.expr.at, f"It is {first.use}", where, "essential")


def _further(found: tuple[Wrap, ...]) -> Iterator[Related]:
    first = found[0]
    places = {first.seen.expr.at}
    if first.guard is not None and first.guard.at != first.place:
        yield Related(first.guard.at, f"This check lets frames with {first.source.frame} pass")
    for other in found[1:]:
        if other.seen.expr.at not in places and len(places) <= MOST_RELATED:
            places.add(other.seen.expr.at)
            yield Related(other.seen.expr.at, f"Here it is {other.use}")
