"""A length field that is taken for a number in the wire's order in, its finding out: the numbers, the way."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.model import Confidence, Edit, Finding, Fix, Rule, Step
from auditor.rules.byteorder import Unswapped
from auditor.rules.context import RuleContext
from auditor.rules.declaring import DeclaringFrame, declaring_frame
from auditor.rules.story import way_to
from auditor.rules.swaps import swap_name
from auditor.rules.unswapped import UnswappedBytes


def unswapped_finding(context: RuleContext, rule_id: str, rule: Rule, found: Unswapped) -> Finding:
    """The finding for one use of a header's member, with the swap that mends it."""
    shown = declaring_frame(context, found.field)
    arguments = (str(found.member), found.field.title, str(found.use), *_numbers(shown))
    return Finding(
        rule=rule_id,
        at=found.use.at,
        message=rule.say(*arguments),
        arguments=arguments,
        confidence=Confidence.HIGH if found.ordered else Confidence.MEDIUM,
        severity=rule.severity,
        function=found.function.name,
        evidence=tuple(_evidence(found)),
        witnesses=shown.witnesses,
        path=tuple(_path(found)),
        fixes=tuple(_fixes(context, found)),
    )


def bytes_finding(context: RuleContext, rule_id: str, rule: Rule, raw: UnswappedBytes) -> Finding:
    """The finding for bytes of a frame that are a length field by their place, with the way there."""
    shown = declaring_frame(context, raw.field)
    first, last = raw.read.offset, raw.read.offset + raw.read.width - 1
    arguments = (f"bytes {first}..{last}", raw.field.title, str(raw.seen.expr), *_numbers(shown))
    function = raw.seen.function.rpartition("::")[2]
    taken = Step(raw.seen.expr.at, f"Takes bytes {first}..{last} for a number", function, "essential")
    alone = f"medium: the only class that comes here has its {raw.field.title} there"
    return Finding(
        rule=rule_id,
        at=raw.seen.expr.at,
        message=rule.say(*arguments),
        arguments=arguments,
        confidence=Confidence.MEDIUM,
        severity=rule.severity,
        function=function,
        evidence=(*raw.entry.evidence, alone),
        witnesses=shown.witnesses,
        path=(*way_to(raw.entry, raw.seen.trail, None, True), taken),
    )


def _numbers(shown: DeclaringFrame) -> tuple[str, str, str]:
    """What a field says, how it stands in the frame, and what is read without a swap."""
    number = shown.number
    return str(number), f"0x{number:04x}", str(int.from_bytes(number.to_bytes(2, "big"), "little"))


def _evidence(found: Unswapped) -> Iterator[str]:
    yield f"{found.operand}: {found.field.title}, big-endian ({found.field.source})"
    yield f"strong: {found.member.record}.{found.member.field} is that field by its header's name or layout"
    if not found.ordered:
        yield "strong: the other operand is a length in host byte order"


def _path(found: Unswapped) -> Iterator[Step]:
    name = found.function.name
    yield Step(found.member.at, f"Reads {found.member}, big-endian", name, "essential")
    for copy in found.copies:
        yield Step(copy.at, f"Keeps it unswapped: {copy}", name, "important")
    yield Step(found.use.at, f"Takes it for a number: {found.use}", name, "essential")


def _fixes(context: RuleContext, found: Unswapped) -> Iterator[Fix]:
    """A swap around the operand; none where it is written to, or where the result is swapped as well."""
    if not found.fixed_by_swap:
        return
    text = f"{swap_name(context, found.function)}({found.operand})"
    yield Fix(f"swap the bytes first: {text}", (Edit(found.operand.at, text),))
