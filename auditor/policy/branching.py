"""Comparisons: they split a path's lengths, classes or facts."""

from __future__ import annotations

from auditor.ir import Expression
from auditor.policy.arithmetic import swap_bytes
from auditor.policy.classes import ETHERTYPE_AT, ClassTable
from auditor.policy.forks import Forks
from auditor.policy.intervals import INTEGERS, Intervals, intersect, satisfying, subtract
from auditor.policy.solving import FLIPPED, holds, lengths_where
from auditor.policy.state import State
from auditor.policy.values import ZERO, Bytes, Int, Length, Op, Pointer, Sym, Value

NEGATED = {"<": ">=", ">": "<=", "<=": ">", ">=": "<", "==": "!=", "!=": "=="}
Outcomes = list[tuple[State, bool]]


class Brancher:
    """Decides comparisons of abstract values on a path."""

    def __init__(self, table: ClassTable, forks: Forks, layer: str) -> None:
        self.table, self.forks, self.layer = table, forks, layer
        self.stack: tuple[str, ...] = ()

    def compare(self, state: State, op: str, left: Value, right: Value, expr: Expression) -> Outcomes:
        """The ways ``left op right`` can turn out, with the state narrowed to each."""
        if isinstance(left, (Int, Pointer)) and not isinstance(right, (Int, Pointer)):
            left, right, op = right, left, FLIPPED[op]
        if isinstance(left, Int) and isinstance(right, Int):
            return [(state, bool(holds(op, left.value, right.value)))]
        if isinstance(left, (Length, Int)) and isinstance(right, (Length, Int)):
            return self._lengths(state, op, left, right, expr)
        if isinstance(left, Bytes) and isinstance(right, Int):
            return self._bytes(state, op, left, right.value, expr)
        if isinstance(left, Pointer) or isinstance(right, Pointer):
            return self._pointers(state, op, left, right, expr)
        if isinstance(right, Int):
            return self._fact(state, op, left, right.value, expr)
        true = "==" if op in (">=", "<=", "!=") else "!="  # the key of _ordered is then false or true
        return self._fact(state, true, Op(*_ordered(op, left, right)), 0, expr)

    def _lengths(
        self, state: State, op: str, left: Length | Int, right: Length | Int, expr: Expression
    ) -> Outcomes:
        true = lengths_where(op, left, right)
        yes, no = intersect(state.lengths, true), subtract(state.lengths, true)
        if not yes or not no:
            return [(state, bool(yes))]
        constant = right if isinstance(right, Int) else None
        fork = self.forks.at(state, expr, op, true, constant, self.stack)
        text = str(fork.number)
        otherwise = state.copy()
        state.note("fork", expr.at, text + " true", fork.function)
        otherwise.note("fork", expr.at, text + " false", fork.function)
        state.lengths, otherwise.lengths = yes, no
        state.history |= {(fork.number, True)}
        otherwise.history |= {(fork.number, False)}
        return [(state, True), (otherwise, False)]

    def _bytes(self, state: State, op: str, left: Bytes, number: int, expr: Expression) -> Outcomes:
        split = self._classes(left, op, number)
        if split is None:
            return self._fact(state, op, left, number, expr)
        yes, whole, positive = split
        no = state.classes & ~yes
        yes &= state.classes
        found: Outcomes = []
        if yes:
            held = state.copy()
            held.classes = yes
            if not whole and not _narrow(held, left, satisfying("==" if positive else op, number)):
                held.classes = 0
            found += [(held, positive)] if held.classes else []
        if no or (yes and not whole):
            missed = state.copy()
            missed.classes = no if whole else no | yes
            if not whole and not _narrow(missed, left, satisfying("!=" if positive else NEGATED[op], number)):
                missed.classes = 0
            found += [(missed, not positive)] if missed.classes else []
        for branch, truth in found:
            branch.note("branch", expr.at, "holds" if truth else "does not hold", self._here())
        return found

    def _classes(self, field: Bytes, op: str, number: int) -> tuple[int, bool, bool] | None:
        """(classes for which it matches, whether that is all of it, whether a match makes ``op`` true)."""
        if field.offset == ETHERTYPE_AT and field.width == 2 and field.mask == -1 and not field.shift:
            if self.layer == "L3":
                return None
            swapped = swap_bytes(Int(number), 2)
            host = number if field.host else swapped.value if isinstance(swapped, Int) else number
            if op in ("==", "!="):
                classes, whole = self.table.of_ethertype(host & 0xFFFF)
                return classes, whole, op == "=="
            if field.host and (below := self.table.below(number)) is not None:
                return below, True, op in ("<", "<=")
            return None
        version = _version(field, number)
        if version is not None and self.layer != "L2" and op in ("==", "!="):
            return self.table.of_version(version), True, op == "=="
        return None

    def _pointers(self, state: State, op: str, left: Value, right: Value, expr: Expression) -> Outcomes:
        if isinstance(right, Pointer) and not isinstance(left, Pointer):
            left, right = right, left
        if isinstance(left, Pointer) and isinstance(right, Int):
            if left.region.kind in ("data", "frame", "heap", "local", "global") or right.value != 0:
                return [(state, op == "!=")]
            path = f"->{left.path}" if left.path else ""
            kind = "mode" if left.region.kind == "state" else "fresh"
            return self._fact(state, op, Sym(f"{left.region.name}{path}", kind), 0, expr)
        match left, right:
            case Pointer(region=a, offset=int(x)), Pointer(region=b, offset=int(y)) if a == b:
                return [(state, holds(op, x, y))]
        return self._fact(state, op, Op("-", left, right), 0, expr)

    def _fact(self, state: State, op: str, key: Value, number: int, expr: Expression) -> Outcomes:
        """Split on an unknown value: it keeps what it was found to be along the path."""
        known = state.facts.get(key, INTEGERS)
        yes, no = intersect(known, satisfying(op, number)), subtract(known, satisfying(op, number))
        found: Outcomes = []
        if yes and no:
            other = state.copy()
            state.facts[key], other.facts[key] = yes, no
            found = [(state, True), (other, False)]
        else:
            found = [(state, bool(yes))]
        for branch, truth in found:
            if len(found) == 2:
                branch.note("branch", expr.at, "holds" if truth else "does not hold", self._here())
        return found

    def _here(self) -> str:
        return self.stack[-1] if self.stack else ""

    def truth(self, state: State, value: Value, expr: Expression) -> Outcomes:
        """The ways ``value`` can be true or false as a condition."""
        return self.compare(state, "!=", value, ZERO, expr)


def _narrow(state: State, key: Value, values: Intervals) -> bool:
    known = intersect(state.facts.get(key, INTEGERS), values)
    state.facts[key] = known
    return bool(known)


def _version(field: Bytes, number: int) -> int | None:
    """The IP version a comparison of the first byte tests for, else None (RFC 791: the high nibble)."""
    if field.offset != 0 or field.width != 1:
        return None
    if field.shift == 4:
        return number
    if field.mask == 0xF0:
        return number >> 4
    return number >> 4 if field.mask == -1 and number in range(0x45, 0x50) else None


def _ordered(op: str, left: Value, right: Value) -> tuple[str, Value, Value]:
    """One spelling for the comparisons that mean the same: ``>=`` as not ``<``."""
    if op in (">=", "<"):
        return "<", left, right
    if op in ("<=", ">"):
        return "<", right, left
    return "==", left, right
