"""Enforced maxima in, those that hold a whole Ethernet frame against the MTU, its data alone, out."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from auditor.constants import Vocabulary
from auditor.ir import Expression
from auditor.ir import expressions as e
from auditor.model import Confidence, Term
from auditor.rules.context import RuleContext
from auditor.rules.losses import Decision, decisions
from auditor.rules.surroundings import around

MTU = 1500
"""Bytes of data in an Ethernet frame, its header not counted (RFC 894; RFC 2464 section 2)."""


class BareMtu(msgspec.Struct, frozen=True, eq=False):
    """One comparison that asks a whole frame to be no longer than its data may be."""

    decision: Decision
    limit: Expression
    confidence: Confidence


def against_bare_mtu(context: RuleContext) -> Iterator[BareMtu]:
    """Every maximum of 1500 bytes on a path of Ethernet frames that is the MTU and nothing else."""
    words = Vocabulary(context.knowledge.protocols)
    for found in decisions(context, "maximum"):
        first = found.first
        if first.layer != "L2" or first.shift or first.threshold != MTU + 1:
            continue
        limit = _limit(first.fork.expr)
        if limit is None or not _is_mtu(context.provenance(limit), words) or _moved(context, found):
            continue
        yield BareMtu(found, limit, _confidence(found))


def _limit(expr: Expression) -> Expression | None:
    """The side of a comparison with one name, the other being the length."""
    if not isinstance(expr, e.Binary):
        return None
    for side in (expr.right, expr.left):
        bare = side
        while isinstance(bare, e.Cast):
            bare = bare.operand
        if isinstance(bare, (e.Member, e.Name)) or (isinstance(bare, e.Literal) and bare.macro):
            return bare
    return None


def _is_mtu(term: Term, words: Vocabulary) -> bool:
    """Whether a limit is an MTU by its name: no sum, and not a number that only happens to be 1500."""
    leaves = [part for part in term.walk() if not part.parts]
    return len(leaves) == 1 and any(_names_mtu(part.text, words) for part in term.walk())


def _names_mtu(text: str, words: Vocabulary) -> bool:
    name = text.rpartition(">")[2].rpartition(".")[2]
    for meaning in (words.of_member(name), words.of_name(name, MTU)):
        if meaning is not None and meaning.kind == "mtu":
            return True
    return False


def _moved(context: RuleContext, found: Decision) -> bool:
    """Whether the driver gives its device another MTU: it may count the header in."""
    names = around(context.program, found.first.entry.function)
    return any(name.partition("=")[0].endswith(".mtu") and "=" in name for name in names.names)


def _confidence(found: Decision) -> Confidence:
    """High: the platform's own role on an Ethernet path, a known drop, everything explored."""
    first = found.first
    if any(b.fork.guarded for b in found.bounds) or not first.explored or first.entry.layer != "L2":
        return Confidence.LOW
    sure = first.entry.strong and first.complete and all(b.all_known for b in found.bounds)
    return Confidence.HIGH if sure and first.mode is None else Confidence.MEDIUM
