"""Comparisons: they split a path's lengths, classes or facts."""

from __future__ import annotations

from auditor.ir import Expression
from auditor.policy.memory.frame_records import SEEN
from auditor.policy.memory.pointers import extent
from auditor.policy.numbers.intervals import INTEGERS, Intervals, intersect, satisfying, split, subtract
from auditor.policy.numbers.lengths import ANY_LENGTH, Length
from auditor.policy.numbers.solving import FLIPPED, holds, lengths_where
from auditor.policy.numbers.values import (
    ZERO,
    Bytes,
    Int,
    Op,
    Pointer,
    Sym,
    Value,
    counts_first_part,
    mentions_length,
    parts,
)
from auditor.policy.paths.classes import ETHERTYPE_AT, ClassTable
from auditor.policy.paths.fields import split_classes
from auditor.policy.paths.forks import Fork, Forks
from auditor.policy.paths.knowing import is_mode, lengths_of_first_part, vouches
from auditor.policy.paths.state import State

NEGATED = {"<": ">=", ">": "<=", "<=": ">", ">=": "<", "==": "!=", "!=": "=="}
HOLDS = {True: "holds", False: "does not hold"}
Outcomes = list[tuple[State, bool]]


class Brancher:
    """Decides comparisons of abstract values on a path."""

    def __init__(self, table: ClassTable, forks: Forks, layer: str) -> None:
        self.table, self.forks, self.layer = table, forks, layer
        self.stack: tuple[str, ...] = ()
        self.reads_ethertype = False
        self.reads_version = False

    def compare(self, state: State, op: str, left: Value, right: Value, expr: Expression) -> Outcomes:
        """The ways ``left op right`` can turn out, with the state narrowed to each."""
        if isinstance(left, (Int, Pointer)) and not isinstance(right, (Int, Pointer)):
            left, right, op = right, left, FLIPPED[op]
        if isinstance(right, Int) and isinstance(left, (Sym, Op)):  # most are
            fork = self._beside(state, op, left, right, expr)
            return self._fact(state, op, left, right.value, expr, fork)
        if isinstance(left, Int) and isinstance(right, Int):
            return [(state, bool(holds(op, left.value, right.value)))]
        if isinstance(left, (Length, Int)) and isinstance(right, (Length, Int)):
            return self._lengths(state, op, left, right, expr)
        if isinstance(left, Bytes) and isinstance(right, Int):
            return self._bytes(state, op, left, right.value, expr)
        if isinstance(left, Pointer) or isinstance(right, Pointer):
            return self._pointers(state, op, left, right, expr)
        fork = self._beside(state, op, left, right, expr)
        if isinstance(right, Int):
            return self._fact(state, op, left, right.value, expr, fork)
        true = "==" if op in (">=", "<=", "!=") else "!="  # the key of _ordered is then false or true
        found = self._fact(state, true, Op(*_ordered(op, left, right)), 0, expr, fork)
        for branch, truth in found:
            branch.lengths = intersect(branch.lengths, _as_long(branch, op, left, right, truth))
        return [(branch, truth) for branch, truth in found if branch.lengths]

    def _beside(self, state: State, op: str, left: Value, right: Value, expr: Expression) -> Fork | None:
        """The fork of a comparison of the frame's length with an unknown that is not the driver's own."""
        if not mentions_length(left) and not mentions_length(right):
            return None
        unknown = (p for p in (*parts(left), *parts(right)) if isinstance(p, (Bytes, Sym)))
        if all(is_mode(p) for p in unknown):
            return None
        return self.forks.at(state, expr, op, (), (left, right), self.stack)

    def _lengths(
        self, state: State, op: str, left: Length | Int, right: Length | Int, expr: Expression
    ) -> Outcomes:
        true = lengths_where(op, left, right)
        yes, no = intersect(state.lengths, true), subtract(state.lengths, true)
        if not yes or not no:
            return [(state, bool(yes))]
        fork = self.forks.at(state, expr, op, true, (left, right), self.stack)
        otherwise = state.copy()
        state.note("fork", expr.at, HOLDS[True], fork.function, fork.number)
        otherwise.note("fork", expr.at, HOLDS[False], fork.function, fork.number)
        state.lengths, otherwise.lengths = yes, no
        state.history |= {(fork.number, True)}
        otherwise.history |= {(fork.number, False)}
        return [(state, True), (otherwise, False)]

    def _bytes(self, state: State, op: str, left: Bytes, number: int, expr: Expression) -> Outcomes:
        split = split_classes(self.table, left, op, number, state.facts, self.layer)
        if split is None:
            return self._fact(state, op, left, number, expr)
        self.reads_ethertype |= left.offset == ETHERTYPE_AT
        self.reads_version |= left.offset == 0
        found: Outcomes = []
        for truth, classes in ((split.positive, split.possible), (not split.positive, ~split.certain)):
            branch = state.copy()
            branch.classes &= classes
            values = satisfying(op if truth else NEGATED[op], number)
            if branch.classes and (split.whole or _narrow(branch, left, values)):
                branch.note("branch", expr.at, HOLDS[truth], self._here(), expr=expr)
                found.append((branch, truth))
        return found

    def _pointers(self, state: State, op: str, left: Value, right: Value, expr: Expression) -> Outcomes:
        if isinstance(right, Pointer) and not isinstance(left, Pointer):
            left, right = right, left
        if isinstance(left, Pointer) and isinstance(right, Int):
            if left.region.kind in ("data", "frame", "heap", "local", "global") or right.value != 0:
                return [(state, op == "!=")]
            path = f"->{left.path}" if left.path else ""
            kind = "mode" if left.region.kind == "state" else "fresh"
            state.tested |= left.region.record == SEEN
            return self._fact(state, op, Sym(f"{left.region.name}{path}", kind), 0, expr)
        match left, right:
            case Pointer(region=a, offset=int()), Pointer(region=b, offset=int()) if a == b:
                return self._lengths(state, op, extent(left), extent(right), expr)
        found = self._fact(state, op, Op("-", left, right), 0, expr)
        for branch, _ in found:
            branch.tested |= _past_the_end(left) or _past_the_end(right)
        return found

    def _fact(
        self, state: State, op: str, key: Value, number: int, expr: Expression, fork: Fork | None = None
    ) -> Outcomes:
        """Split on an unknown value: it keeps what it was found to be along the path."""
        known = state.facts.get(key, INTEGERS)
        yes, no = split(known, op, number)
        found: Outcomes = []
        if yes and no:
            other = state.copy()
            state.facts[key], other.facts[key] = yes, no
            found = [(state, True), (other, False)]
        else:
            found = [(state, bool(yes))]
        for branch, truth in found:
            values = branch.facts.get(key, known)
            branch.tested |= vouches(key, values)
            if counts_first_part(key):
                branch.lengths = intersect(branch.lengths, lengths_of_first_part(key, values))
            if len(found) == 2 and fork is not None:
                branch.note("fork", expr.at, HOLDS[truth], fork.function, fork.number)
                branch.history |= {(fork.number, truth)}
            elif len(found) == 2:
                branch.note("branch", expr.at, HOLDS[truth], self._here(), expr=expr)
        return [(branch, truth) for branch, truth in found if branch.lengths]

    def _here(self) -> str:
        return self.stack[-1] if self.stack else ""

    def truth(self, state: State, value: Value, expr: Expression) -> Outcomes:
        """The ways ``value`` can be true or false as a condition."""
        return self.compare(state, "!=", value, ZERO, expr)


def _as_long(state: State, op: str, left: Value, right: Value, truth: bool) -> Intervals:
    """The lengths that are left when the frame is at least as long as an unknown of known least value."""
    op = op if truth else NEGATED[op]
    if isinstance(right, Length):
        left, right, op = right, left, FLIPPED[op]
    known = state.facts.get(right, ())
    least = known[0][0] if known else 0 if isinstance(right, Bytes) else INTEGERS[0][0]
    if not isinstance(left, Length) or op not in (">", ">=", "==") or least <= 0:
        return ANY_LENGTH
    return lengths_where(">" if op == ">" else ">=", left, Int(least))


def _past_the_end(value: Value) -> bool:
    """Whether a value is a pointer to somewhere behind the frame's last byte."""
    return isinstance(value, Pointer) and value.beyond is not None


def _narrow(state: State, key: Value, values: Intervals) -> bool:
    known = intersect(state.facts.get(key, INTEGERS), values)
    state.facts[key] = known
    return bool(known)


def _ordered(op: str, left: Value, right: Value) -> tuple[str, Value, Value]:
    """One spelling for the comparisons that mean the same: ``>=`` as not ``<``."""
    if op in (">=", "<"):
        return "<", left, right
    if op in ("<=", ">"):
        return "<", right, left
    return "==", left, right
