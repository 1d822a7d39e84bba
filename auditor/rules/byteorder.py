"""Functions in, uses of a big-endian length field as a number out, also of locals that hold it unswapped."""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from auditor.constants import DeclaredLengths
from auditor.ir import Expression, Function, IntType, walk
from auditor.ir import expressions as e
from auditor.ir import statements as s
from auditor.knowledge import LengthField, Platform
from auditor.rules.context import RuleContext
from auditor.rules.swaps import bare, swaps

ARITHMETIC = frozenset({"+", "-", "*", "/", "%"})
ORDERINGS = frozenset({"<", ">", "<=", ">="})
EQUALITIES = frozenset({"==", "!="})
CHECKSUM = re.compile(r"(csum|cksum|chksum|checksum)", re.IGNORECASE)
CARRY_BITS = 16
"""A sum whose upper 16 bits are added to the lower is a checksum (RFC 1071): byte order is all one to it."""

Slot = tuple[str, str, str]
"""Folder, record and member of a length field."""


class Unswapped(msgspec.Struct, frozen=True, eq=False):
    """One use of ``field``, still in network byte order, as a number.

    ``operand`` is what ``use`` takes; ``member`` the read that it comes from, by way of ``copies`` to locals.
    ``ordered`` unless the use only tests for equality; ``fixed_by_swap`` when a swap around ``operand`` mends
    it: it is not written to, and the result is not swapped as a whole.
    """

    function: Function
    field: LengthField
    member: e.Member
    operand: Expression
    use: Expression
    copies: tuple[s.Declare | e.Assign, ...]
    ordered: bool
    fixed_by_swap: bool


class _Raw(msgspec.Struct, frozen=True, eq=False):
    """Where an unswapped value comes from."""

    field: LengthField
    member: e.Member
    copies: tuple[s.Declare | e.Assign, ...] = ()


def unswapped_lengths(context: RuleContext) -> Iterator[Unswapped]:
    """Every arithmetic, ordering or comparison with a host value of a length field before its byte swap.

    Left out: sums that are checksums, one field against another, and fields that some function of the same
    folder keeps in host byte order, because there nobody can tell which it is.
    """
    lengths = DeclaredLengths(context.program, context.knowledge.protocols)
    platforms = {p.name: p for p in context.knowledge.platforms}
    read = []
    for function in context.program.functions():
        if not function.file.startswith("<") and any(map(lengths.has_some, function.uses.records)):
            name = context.program.platform_of.get(function.file, "generic")
            one = _Reading(function, platforms[name], lengths)
            if one.reads:
                read.append(one)
    kept = {slot for one in read for slot in one.kept_in_host_order()}
    for one in read:
        yield from (u for u in one.uses() if _slot(u.function, u.member) not in kept)


def _slot(function: Function, member: e.Member) -> Slot:
    return (function.file.rpartition("/")[0], member.record, member.field)


class _Reading:
    """The length fields that one function reads, and what it does with them."""

    def __init__(self, function: Function, platform: Platform, lengths: DeclaredLengths) -> None:
        self.function, self.platform, self.lengths = function, platform, lengths
        self.nodes = list(walk(function.read()))
        self.reads = any(isinstance(n, e.Member) and lengths.of(n) is not None for n in self.nodes)
        self.locals: dict[str, _Raw] = {}
        self.swapped: set[str] = set()  # locals that only ever hold the result of a swap
        self.inside: set[int] = set()  # arguments of swaps
        if self.reads:
            calls = (n for n in self.nodes if isinstance(n, e.Call) and swaps(self.platform, n))
            self.inside = {id(bare(a)) for call in calls for a in call.args}
            self._follow_locals()

    def kept_in_host_order(self) -> Iterator[Slot]:
        """Fields that are swapped in place, or set to what is no swapped value and no constant."""
        for node in self.nodes:
            match node:
                case e.Assign(op="=", target=e.Member() as target, source=source):
                    if self.lengths.of(target) is not None and not self._network_order(source, target):
                        yield _slot(self.function, target)
                case _:
                    pass

    def uses(self) -> Iterator[Unswapped]:
        """Where the function takes an unswapped field for a number."""
        if CHECKSUM.search(self.function.name):
            return
        folds = any(_folds(node) for node in self.nodes)
        for node in self.nodes:
            match node:
                case e.Binary(op=op, left=left, right=right) if op in ARITHMETIC | ORDERINGS | EQUALITIES:
                    if not (op == "+" and folds):
                        yield from self._in_pair(node, op, left, right)
                case e.Assign(op=op, target=target, source=source) if op[:-1] in ARITHMETIC:
                    if not (op == "+=" and folds):
                        yield from self._in_pair(node, op[:-1], target, source)
                case _:
                    pass

    def _in_pair(self, node: Expression, op: str, left: Expression, right: Expression) -> Iterator[Unswapped]:
        first, second = self._raw(left), self._raw(right)
        if (first is None) == (second is None):
            return
        found, operand, other = (first, left, right) if first is not None else (second, right, left)
        if found is None or other.value == 0 or (op in EQUALITIES and not self._is_host(other)):
            return
        if any(isinstance(part, e.Unary) and part.op == "~" for part in walk(other)):
            return  # ones' complement: an update of a checksum (RFC 1624)
        yield Unswapped(
            self.function, found.field, found.member, bare(operand), node, found.copies, op not in EQUALITIES,
            isinstance(node, e.Binary) and id(node) not in self.inside,
        )  # fmt: skip

    def _follow_locals(self) -> None:
        """Locals that only ever hold an unswapped field."""
        given: dict[str, list[tuple[s.Declare | e.Assign, Expression | None]]] = {}
        spoilt: set[str] = set()
        for node in self.nodes:
            match node:
                case s.Declare(symbol=symbol, init=init) if init is not None:
                    given.setdefault(symbol, []).append((node, init))
                case e.Assign(target=e.Name(symbol=symbol), source=source, op=op):
                    given.setdefault(symbol, []).append((node, source if op == "=" else None))
                case e.AddressOf(operand=e.Name(symbol=symbol)) | e.Step(operand=e.Name(symbol=symbol)):
                    spoilt.add(symbol)
                case _:
                    pass
        for symbol, sources in ((k, v) for k, v in given.items() if k not in spoilt):
            if sources and all(
                source is not None and swaps(self.platform, bare(source)) for _, source in sources
            ):
                self.swapped.add(symbol)
            found = [self._raw(source) if source is not None else None for _, source in sources]
            if found and all(raw is not None for raw in found) and (raw := found[0]) is not None:
                self.locals[symbol] = msgspec.structs.replace(raw, copies=(*raw.copies, sources[0][0]))

    def _raw(self, expr: Expression) -> _Raw | None:
        """The field that an expression is, unswapped and whole; None when it is none."""
        match bare(expr):
            case e.Member(ctype=IntType()) as member:
                field = self.lengths.of(member)
                return None if field is None else _Raw(field, member)
            case e.Name(symbol=symbol):
                return self.locals.get(symbol)
            case _:
                return None

    def _network_order(self, source: Expression, target: e.Member) -> bool:
        """Whether a value stored in a field is big-endian for certain: swapped, 0, or another such field."""
        stored = bare(source)
        if swaps(self.platform, stored):
            return str(target) not in str(source)
        if isinstance(stored, e.Name) and stored.symbol in self.swapped:
            return True
        return stored.value == 0 or self._raw(stored) is not None

    def _is_host(self, expr: Expression) -> bool:
        """Whether an expression is in host order for certain: a swapped field, or a frame's length."""
        match bare(expr):
            case e.Call(callee=e.Name(name=name)) as call:
                effect = self.platform.effect(name)
                return (effect is not None and effect.effect == "length") or (
                    swaps(self.platform, call) and call.value is None and any(self._raw(a) for a in call.args)
                )
            case e.Member(record=record, field=field):
                return any(f.record == record and f.length == field for f in self.platform.frames)
            case e.Binary(op="+" | "-", left=left, right=right):
                return self._is_host(left) or self._is_host(right)
            case _:
                return False


def _folds(node: object) -> bool:
    """Whether a sum's carry is taken out here, as checksums do."""
    match node:
        case e.Binary(op=">>", right=right) | e.Assign(op=">>=", source=right):
            return right.value == CARRY_BITS
        case _:
            return False
