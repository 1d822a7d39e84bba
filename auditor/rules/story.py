"""The proof's path: how a lost frame gets from the entry point to its end, and what stands beside it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from auditor.ir import RELATIONAL, Expression, Function, Program, walk
from auditor.ir import expressions as e
from auditor.model import Related, Step
from auditor.policy import Bound, Entry, Fork, mode_text
from auditor.policy.expressions.branching import HOLDS
from auditor.policy.numbers.intervals import contains
from auditor.policy.paths.trail import Mark, Wanted, told
from auditor.policy.statements.walker import Leaf

ASSERT = "__lenaudit_assert"


def story(bound: Bound) -> Iterator[Step]:
    """Entry, the calls that lead to the comparison, the comparison, and everything after it."""
    lost = f"{bound.low}..{bound.high}" if bound.low < bound.high else str(bound.low)
    truth = contains(bound.fork.true, bound.low)
    yield from loss(bound.entry, bound.fork, truth, f" for lengths {lost}", bound.lost, bound.lost_fate.why)


def loss(entry: Entry, fork: Fork, truth: bool, when: str, lost: Leaf, why: str) -> Iterator[Step]:
    """How a frame is lost on the side ``truth`` of a comparison; ``when`` says which frames take it."""
    name = entry.function.name
    yield Step(entry.function.at, f"Frames enter at {name}", name, "essential")
    before, after = _around(lost.state.trail, Wanted(fork.number, HOLDS[truth]))
    for mark in open_calls(before):
        yield Step(mark.at, f"Calls {mark.text}", plain(mark.function), "important")
    yield Step(fork.at, f"{fork.expr} {HOLDS[truth]}{when}", plain(fork.function), "essential")
    after = _relevant(after)
    for mark in after:
        yield _step(mark)
    if not any(mark.kind == "event" for mark in after):
        yield Step(lost.at, f"The frame goes no further: {why}", name, "essential")


def way_to(
    entry: Entry, trail: Mark | None, guard: Fork | None, holds: bool, compared: Expression | None = None
) -> Iterator[Step]:
    """Entry, the calls that lead to where ``trail`` ends, and how the comparison ``guard`` turned out.

    ``compared`` is a comparison that is no fork.
    """
    yield Step(entry.function.at, f"Frames enter at {entry.function.name}", entry.function.name, "essential")
    marks = told(trail, None if guard is None else Wanted(guard.number, HOLDS[holds]))
    number = -1 if guard is None else guard.number
    passed = [
        mark
        for mark in marks
        if mark.text == HOLDS[holds]
        and (
            (mark.kind == "fork" and mark.fork == number) or (compared is not None and mark.expr is compared)
        )
    ]
    opened, expr = open_calls(marks), compared if guard is None else guard.expr
    for mark in marks:
        if mark in opened:
            yield Step(mark.at, f"Calls {mark.text}", plain(mark.function), "important")
        elif mark in passed[-1:]:
            yield Step(mark.at, f"{expr} {mark.text}", plain(mark.function), "essential")


def evidence(bounds: Iterable[Bound], first: Bound) -> Iterator[str]:
    """Why the finding is believed, clause by clause: the path, the drop, the hand-on, the exploration."""
    yield from first.entry.evidence
    yield f"lost: {first.lost_fate.why}"
    others = "longer" if first.kind == "minimum" else "shorter"
    yield f"{others} frames are {first.kept_fate.why}"
    for mode in dict.fromkeys(mode_text(b) for b in bounds):
        if mode:
            yield f"only when {mode}"
    if first.fork.guarded:
        yield "frame bytes were read in an unrecognised way: the check may be meant for one protocol"
    if first.complete:
        yield "every path was explored"
    elif first.explored:
        yield "every path was explored, some without all that was known on it"
    else:
        yield "incomplete: some paths were not explored"


def twins(program: Program, bound: Bound) -> Iterator[Related]:
    """Assertions with the same bound, in the same function."""
    for inner in assertions(program, bound):
        yield Related(inner.at, f"An assertion with the same bound: {inner}")


def assertions(program: Program, bound: Bound) -> Iterator[e.Binary]:
    """The comparisons inside those assertions."""
    for function in program.functions():
        if function.symbol == bound.fork.function:
            yield from _asserts(function, bound)


def _asserts(function: Function, bound: Bound) -> Iterator[e.Binary]:
    number = bound.fork.constant.value if bound.fork.constant is not None else None
    for node in walk(function.body):
        if isinstance(node, e.Call) and isinstance(node.callee, e.Name) and node.callee.name == ASSERT:
            for inner in walk(node):
                if (
                    isinstance(inner, e.Binary)
                    and inner.op in RELATIONAL
                    and number in (inner.left.value, inner.right.value)
                ):
                    yield inner


def _around(trail: Mark | None, wanted: Wanted) -> tuple[list[Mark], list[Mark]]:
    """The story of the lost path before and after the deciding comparison."""
    marks = told(trail, wanted)
    for i, mark in enumerate(marks):
        if mark.kind == "fork" and mark.fork == wanted.fork and mark.text == wanted.text:
            return marks[:i], marks[i + 1 :]
    return marks, []


def open_calls(marks: list[Mark]) -> list[Mark]:
    """The calls that have not returned yet."""
    found: list[Mark] = []
    for mark in marks:
        if mark.kind == "enter":
            found.append(mark)
        elif mark.kind == "leave" and found:
            found.pop()
    return found


def _relevant(marks: list[Mark]) -> list[Mark]:
    """What leads to the frame's end: up to its last event, without calls in which nothing happens."""
    last = max((i for i, mark in enumerate(marks) if mark.kind == "event"), default=len(marks))
    kept: list[Mark] = []
    opened: list[int] = []
    for mark in marks[: last + 1]:
        if mark.kind == "enter":
            opened.append(len(kept))
        elif mark.kind == "leave" and opened:
            start = opened.pop()
            if not any(inner.kind == "event" for inner in kept[start:]):
                del kept[start:]
                continue
        if mark.kind != "fork":
            kept.append(mark)
    return kept


def _step(mark: Mark) -> Step:
    where = plain(mark.function)
    match mark.kind:
        case "enter":
            return Step(mark.at, f"Calls {mark.text}", where, "important")
        case "leave":
            return Step(mark.at, mark.text, where, "important")
        case "branch":
            return Step(mark.at, f"{mark.expr} {mark.text}", where, "unimportant")
        case _:
            return Step(mark.at, f"The frame ends in {mark.text}", where, "essential")


def plain(symbol: str) -> str:
    """A function's name without the file that a static one belongs to."""
    return symbol.rpartition("::")[2]
