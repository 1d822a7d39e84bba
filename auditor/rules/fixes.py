"""An enforced bound in, the smallest change to its comparison out, as edits of the text as it is spelled."""

from __future__ import annotations

import re
from collections.abc import Iterator

from auditor.ir import Expression
from auditor.ir import expressions as e
from auditor.model import ETHERNET_HEADER, TAGGED_MAXIMUM, Edit, Fix, Location, Loss, Related, Term
from auditor.policy import Bound
from auditor.policy.numbers.intervals import contains
from auditor.rules.context import RuleContext
from auditor.rules.story import assertions

TAG = "vlan"
"""The header of ``protocols.toml`` that a longer maximum makes room for."""

TURNED = {"<": "<=", "<=": "<", ">": ">=", ">=": ">"}
BEFORE_BRACKET = re.compile(r"[<>=!&|,?:(]\s*$")  # what stands before a bracket that only groups
ONE_TERM = re.compile(r"\w+(\([^()]*\))?")
COMMENT = re.compile(r"\s*(//|/\*|\*).*|.*\*/\s*$")


def replacement(
    context: RuleContext, bound: Bound, term: Term | None, losses: tuple[Loss, ...]
) -> Iterator[Fix]:
    """The fewest tokens: ask only for the header that every lost frame has, or leave room for the tag.

    Nothing where the comparison is not of a form whose change is known to be enough. An assertion with the
    same bound is changed with it; comments above them are named, since only a reader can mend them.
    """
    expr = bound.fork.expr
    if not isinstance(expr, e.Binary) or expr.op not in TURNED or expr.macro is not None:
        return
    if bound.kind == "minimum":
        change = _minimum(context, bound, expr, term, losses)
    else:
        change = _maximum(context, bound, expr)
    if change is None:
        return
    what, says, turn, freed = change
    number = None if bound.fork.constant is None else bound.fork.constant.value
    asserts = [a for a in assertions(context.program, bound) if a.macro is None]
    edits = [
        edit
        for one in (expr, *asserts)
        if (operand := _limit(bound, expr) if one is expr else _equal(one, number)) is not None
        for edit in _edits(context, one, operand, says, turn and one is expr)
    ]
    comments = dict.fromkeys(r for one in (expr, *asserts) for r in _comment(context, one.at, asserts))
    if edits:
        low, high = freed
        yield Fix(what, tuple(edits), see=tuple(comments), low=low, high=high)


Change = tuple[str, str, bool, tuple[int, int]]
"""What it does, in words; the limit's new text, with ``{}`` for the old one; whether the operator turns; the
lengths that it lets through, as the driver counts them."""


def _minimum(
    context: RuleContext, bound: Bound, expr: e.Binary, term: Term | None, losses: tuple[Loss, ...]
) -> Change | None:
    operand, other = _limit(bound, expr), _length(bound, expr)
    if bound.fork.constant is None or bound.shift or isinstance(_bare(other), e.Binary):
        return None
    if operand.value is None and not (isinstance(_bare(operand), e.Name)):
        return None  # a limit that somebody else sets
    value = bound.fork.constant.value
    classes = {loss.frame_class for loss in losses}
    lost = [c for c in context.knowledge.protocols.classes if c.id in classes]
    wanted = lost[0].minimum if len(lost) == 1 else ETHERNET_HEADER
    turn = not _keeps_limit(bound, expr)
    freed = (wanted, bound.threshold - 1)
    if turn and value == wanted:
        return f"let frames of {wanted} bytes pass", "{}", True, freed
    text = _name(context, term, wanted, operand)
    header = "the Ethernet header" if wanted == ETHERNET_HEADER else f"what {lost[0].title} needs"
    return f"ask only for {header}: {text}", text, turn, freed


def _maximum(context: RuleContext, bound: Bound, expr: e.Binary) -> Change | None:
    missing = TAGGED_MAXIMUM - (bound.threshold + bound.shift - 1)
    tag = next((h for h in context.knowledge.protocols.headers if h.id == TAG), None)
    freed = (bound.threshold, bound.threshold + missing - 1)
    if missing == 1 and not _keeps_limit(bound, expr):
        return f"let frames of {TAGGED_MAXIMUM} bytes pass", "{}", True, freed
    if tag is None or missing != tag.size:
        return None
    text = "\n".join(context.lines(expr.at.file))
    name = next((m for m in tag.macros if re.search(rf"\b{m}\b", text)), str(tag.size))
    return f"leave room for the {tag.title}: + {name}", f"{{}} + {name}", False, freed


def _long_is_left(bound: Bound, expr: e.Binary) -> bool:
    """Whether the left side is what grows with the frame."""
    return contains(bound.fork.true, bound.threshold) == (expr.op in (">", ">="))


def _limit(bound: Bound, expr: e.Binary) -> Expression:
    return expr.right if _long_is_left(bound, expr) else expr.left


def _length(bound: Bound, expr: e.Binary) -> Expression:
    return expr.left if _long_is_left(bound, expr) else expr.right


def _keeps_limit(bound: Bound, expr: e.Binary) -> bool:
    """Whether a frame of exactly the limit's length is on the side that is not lost."""
    return contains(bound.fork.true, bound.low) != ("=" in expr.op)


def _equal(assertion: e.Binary, number: int | None) -> Expression | None:
    sides = (assertion.right, assertion.left)
    return next((side for side in sides if number is not None and side.value == number), None)


def _bare(expr: Expression) -> Expression:
    while isinstance(expr, e.Cast):
        expr = expr.operand
    return expr


def _name(context: RuleContext, term: Term | None, wanted: int, operand: Expression) -> str:
    """The name of what the constant is made of that has the wanted size, else the figure.

    A size is written as the operand spells it (``sizeof(struct ethhdr)``), as a figure where a macro does.
    """
    spelled = _spelled(context.lines(operand.at.file), operand.at)
    for leaf in term.walk() if term is not None else ():
        if leaf.value != wanted or leaf.layer != "L2" or leaf.kind == "operator":
            continue
        if leaf.kind != "sizeof":
            return leaf.text
        inner = re.escape(leaf.text.removeprefix("sizeof(").removesuffix(")"))
        written = re.search(rf"sizeof\s*\(\s*(struct\s+|union\s+)?{inner}\s*\)", spelled)
        if written:
            return written[0]
    return str(wanted)


def _edits(
    context: RuleContext, expr: e.Binary, operand: Expression, says: str, turn: bool
) -> Iterator[Edit]:
    lines = context.lines(operand.at.file)
    if operand.at.end_line != operand.at.line:
        return
    if turn and (operator := _operator(lines, expr)) is not None:
        yield Edit(operator, TURNED[expr.op])
    if says == "{}":
        return
    text = says.format(_spelled(lines, operand.at) or str(operand))
    yield Edit(_unbracketed(lines, operand.at) if ONE_TERM.fullmatch(text) else operand.at, text)


def _operator(lines: tuple[str, ...], expr: e.Binary) -> Location | None:
    """Where the operator stands, between its sides; None when they are not on one line."""
    left, right = expr.left.at, expr.right.at
    if not left.end_line == right.line == left.line or not 0 < left.line <= len(lines):
        return None
    at = lines[left.line - 1].find(expr.op, left.end_column - 1, right.column - 1)
    return None if at < 0 else Location(left.file, left.line, at + 1, left.line, at + 1 + len(expr.op))


def _spelled(lines: tuple[str, ...], at: Location) -> str:
    """The text of a span within one line; empty for others."""
    if at.end_line != at.line or not 0 < at.line <= len(lines):
        return ""
    return lines[at.line - 1][at.column - 1 : at.end_column - 1]


def _unbracketed(lines: tuple[str, ...], at: Location) -> Location:
    """The span with the brackets around it that only group, and that one term does not need."""
    while _spelled(lines, at):
        line = lines[at.line - 1]
        before, after = line[: at.column - 1].rstrip(), line[at.end_column - 1 :]
        closing = len(after) - len(after.lstrip())
        groups = before.endswith("(") and after[closing:].startswith(")")
        if not groups or not BEFORE_BRACKET.search(before[:-1]):
            break
        at = Location(at.file, at.line, len(before), at.line, at.end_column + closing + 1)
    return at


def _comment(context: RuleContext, at: Location, skipped: list[e.Binary]) -> Iterator[Related]:
    """The comment directly above a line, blank lines and the assertions between them aside."""
    lines, number = context.lines(at.file), at.line - 1
    passed = {one.at.line for one in skipped}
    while 0 < number <= len(lines) and (number in passed or not lines[number - 1].strip()):
        number -= 1
    if not 0 < number <= len(lines) or not COMMENT.fullmatch(lines[number - 1]):
        return
    text = lines[number - 1]
    start = len(text) - len(text.lstrip()) + 1
    place = Location(at.file, number, start, number, len(text.rstrip()) + 1)
    yield Related(place, f"The comment may speak of the old limit: {text.strip()}")
