"""Runs in, comparisons of two lengths out of which one counts an Ethernet header that the other does not."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from auditor.ir import Expression
from auditor.ir import expressions as e
from auditor.model import ETHERNET_HEADER, Confidence, Term
from auditor.policy import Entry, Fork
from auditor.policy.answers.comparing import Lost, against_declared, decides
from auditor.policy.calls.run import Run
from auditor.policy.numbers.linear import Linear, linear
from auditor.policy.numbers.solving import FLIPPED
from auditor.policy.numbers.values import Bytes, mentions_length
from auditor.policy.paths.classes import ClassTable
from auditor.rules.context import RuleContext
from auditor.rules.exact import ethernet
from auditor.rules.leaving import leaving_side

HEADER_WORDS = 0x0F
"""Mask of an IPv4 header's length in its first byte, in units of 4 bytes (RFC 791 section 3.1)."""

SHORTEST_HEADER = 5
"""Units of 4 bytes in an IPv4 header without options (RFC 791 section 3.1)."""

L2, L3 = "from the Ethernet header on (L2)", "from the IP header on (L3)"


class Gap(msgspec.Struct, frozen=True, eq=False):
    """A comparison ``length op other`` whose sides start 14 bytes apart.

    ``bytes`` is how many the length counts more than the other side. ``length`` and ``other`` say what each
    side counts. ``least`` is the shortest frame (L2, IPv4 without options) that the comparison lets be no
    less than the other side, None when that depends on more than the header.
    """

    fork: Fork
    op: str
    bytes: int
    length: str
    other: str
    least: int | None


class Mismatch(msgspec.Struct, frozen=True, eq=False):
    """A gap that turns frames away: wrongly when ``strict``, else frames that are too short pass.

    ``loss`` is what becomes of them, None when all that is known is that they leave the function early.
    """

    entry: Entry
    run: Run
    gap: Gap
    strict: bool
    truth: bool
    loss: Lost | None
    confidence: Confidence


def mismatches(context: RuleContext) -> Iterator[Mismatch]:
    """Every ordering of an Ethernet frame's length and a length of another start that turns frames away."""
    table = ClassTable(context.knowledge.protocols)
    for analysed in context.analysis.entries:
        role = analysed.entry.role
        if not ethernet(analysed) or (role is not None and role.returns_frame):
            continue
        for run in (analysed.run, *([analysed.cut] if analysed.cut is not None else [])):
            for fork in run.forks:
                gap = _declared(run, fork) or _summed(context, fork)
                found = None if gap is None else _judged(context, analysed.entry, run, gap, table)
                if found is not None:
                    yield found


def _declared(run: Run, fork: Fork) -> Gap | None:
    """A frame's length against a length field of the IP header, one of them with the Ethernet header."""
    declared = None if fork.true else against_declared(run, fork)
    if declared is None or fork.op in ("==", "!="):
        return None
    gap = declared.constant + declared.starts
    if abs(gap) != ETHERNET_HEADER:
        return None
    op = FLIPPED[fork.op] if declared.reversed else fork.op
    unit = L2 if gap > 0 else "from behind the IP header's start"
    other = f"the {declared.field.title}, {declared.field.counts}"
    return Gap(fork, op, gap, f"the frame's length {unit}", other, None)


def _summed(context: RuleContext, fork: Fork) -> Gap | None:
    """A frame's length against a sum of headers, one of them with the Ethernet header."""
    if not isinstance(fork.expr, e.Binary) or fork.op not in FLIPPED or fork.op in ("==", "!="):
        return None
    left, right = linear(fork.left), linear(fork.right)
    sides = ((left, right, fork.op), (right, left, FLIPPED[fork.op]))
    for length, other, op in sides:
        if length.slope == 1 and not length.terms and not other.slope:
            expr = _other_operand(fork.expr, fork)
            return _against(context, fork, op, length.constant, other, expr) if expr is not None else None
    return None


def _other_operand(expr: e.Binary, fork: Fork) -> Expression | None:
    """The operand that does not hold the length; a comparison is kept with its length on the left."""
    turned = expr.op != fork.op
    if turned and FLIPPED.get(expr.op) != fork.op:
        return None
    swapped = turned != mentions_length(fork.right)
    return expr.left if swapped else expr.right


def _against(
    context: RuleContext, fork: Fork, op: str, shift: int, other: Linear, expr: Expression
) -> Gap | None:
    headers = [t for t in other.terms if isinstance(t, Bytes) and (t.width, t.mask) == (1, HEADER_WORDS)]
    term = context.provenance(expr)
    parts = [part for part in term.walk() if not part.parts]
    link = _link_headers(term) > 0
    above = bool(other.terms) or any(part.layer in ("L3", "L4") for part in parts)
    if any(part.status == "tainted" for part in parts) or not above or set(other.terms) - set(headers):
        known = False
    else:
        known = True
    least = other.constant + sum(4 * SHORTEST_HEADER for _ in headers) - shift if known else None
    if link and shift == -ETHERNET_HEADER and above:
        return Gap(fork, op, -ETHERNET_HEADER, f"the frame's length {L3}", f"{expr}, {L2}", least)
    in_frame = any(t.offset == ETHERNET_HEADER and other.terms[t] == 4 for t in headers)
    if not link and shift == 0 and in_frame and known and other.constant < ETHERNET_HEADER:
        return Gap(fork, op, ETHERNET_HEADER, f"the frame's length {L2}", f"{expr}, {L3}", least)
    return None


def _link_headers(term: Term) -> int:
    """How many Ethernet headers a sum counts: those it adds without those it takes away."""
    if not term.parts:
        return int(term.layer == "L2" and term.value == ETHERNET_HEADER)
    first, *rest = (_link_headers(part) for part in term.parts)
    return first - sum(rest) if term.operator == "-" else first + sum(rest)


def _judged(context: RuleContext, entry: Entry, run: Run, gap: Gap, table: ClassTable) -> Mismatch | None:
    """Whether a gap turns frames away, and which; None where nothing is lost on either side."""
    fork = gap.fork
    loss = decides(run, entry, fork, table.ip & run.reach[fork.number].classes)
    truth = leaving_side(context.program, fork) if loss is None else loss.truth
    if truth is None:
        return None
    loses_short = truth == (gap.op in ("<", "<="))
    strict = (gap.bytes > 0) != loses_short
    if not strict and not loses_short:
        return None  # a maximum that is too large by a header loses nothing
    return Mismatch(entry, run, gap, strict, truth, loss, _confidence(entry, run, fork, strict, loss))


def _confidence(entry: Entry, run: Run, fork: Fork, strict: bool, loss: Lost | None) -> Confidence:
    """High: the platform's own role or contract, a known drop of frames that are right. Low: in doubt."""
    if fork.guarded or entry.layer != "L2" or (loss is not None and not run.explored):
        return Confidence.LOW
    sure = loss is not None and loss.all_known and entry.strong and run.complete
    return Confidence.HIGH if strict and sure else Confidence.MEDIUM
