"""Comparisons come in, the lengths at which their truth changes go out: the answer to "where is 34?"."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from auditor import ir
from auditor.constants import terms
from auditor.constants.graph import ConstantGraph
from auditor.constants.provenance import Locals
from auditor.ir import expressions as ex
from auditor.ir import statements as st
from auditor.model import Location, Term

ASSERT = "__lenaudit_assert"  # what the model headers turn every platform's ASSERT into
FULL_SIZE = 1500  # RFC 894: from the Ethernet MTU up, a limit is known by the largest length it accepts
MOST_DEPTH = 40  # sums nested deeper stay whole
MIRROR = {"<": ">", ">": "<", "<=": ">=", ">=": "<=", "==": "==", "!=": "!="}


class Site(msgspec.Struct, frozen=True, kw_only=True):
    """One comparison of something unknown with a constant.

    ``operator`` stands between ``subject`` and ``bound`` (bytes, once constants are moved to the right); the
    truth changes between ``threshold - 1`` and ``threshold``. ``verdict`` is left to who knows the policy.
    """

    at: Location
    function: str
    text: str
    subject: str
    operator: str
    bound: int
    threshold: int
    term: Term
    is_assert: bool = False
    verdict: str = ""


def where(program: ir.Program, graph: ConstantGraph, number: int) -> list[Site]:
    """Every comparison whose effective threshold is ``number``, by place.

    ``x < 34``, ``x >= 34``, ``x <= 33``, ``x > 33`` and ``x - 14 < 20`` have the threshold 34. From 1500
    bytes on a limit is also found by the largest length on its low side: ``x > 1518`` answers to 1518
    and to 1519.
    """
    return [site for site in comparisons(program, graph, unused=True) if number in _answers(site)]


def comparisons(program: ir.Program, graph: ConstantGraph, *, unused: bool = False) -> list[Site]:
    """Every comparison of something unknown with a constant, by place; ``unused`` functions on request."""
    found: dict[tuple[Location, str, int], Site] = {}
    for function in program.all_functions() if unused else program.functions():
        given = constant_locals(function)
        for binary, asserted in _relational(function.read()):
            for branch in _branches(binary):
                site = _site(branch, function.name, asserted, graph, given)
                if site is not None:
                    site = msgspec.structs.replace(site, text=str(binary))
                    found.setdefault((site.at, site.text, site.threshold), site)
    return [found[key] for key in sorted(found)]


def constant_locals(function: ir.Function) -> dict[str, ir.Expression]:
    """Initialisers, by symbol, of the integer locals of ``function`` that nothing changes later."""
    declared: dict[str, ir.Expression] = {}
    touched: set[str] = set()
    for node in ir.walk(function.read()):
        match node:
            case st.Declare(init=init) if init is not None and isinstance(node.ctype, ir.IntType):
                declared[node.symbol] = init
            case ex.Assign(target=ex.Name(symbol=symbol)) | ex.Step(operand=ex.Name(symbol=symbol)):
                touched.add(symbol)
            case ex.AddressOf(operand=ex.Name(symbol=symbol)):
                touched.add(symbol)
    return {symbol: init for symbol, init in declared.items() if symbol not in touched}


def _answers(site: Site) -> set[int]:
    lowest_of_maximum = site.operator in (">", "<=") and site.bound >= FULL_SIZE
    return {site.threshold, site.bound} if lowest_of_maximum else {site.threshold}


def _relational(body: ir.Statement) -> Iterator[tuple[ex.Binary, bool]]:
    """Relational operators below ``body``, and whether they stand in an assertion."""
    stack: list[tuple[ex.Expr | st.Stmt, bool]] = [(body, False)]
    while stack:
        node, asserted = stack.pop()
        if isinstance(node, ex.Binary) and node.op in ir.RELATIONAL:
            yield node, asserted
        asserted = asserted or (
            isinstance(node, ex.Call) and isinstance(node.callee, ex.Name) and node.callee.name == ASSERT
        )
        stack.extend((child, asserted) for child in ir.children(node))


def _branches(binary: ex.Binary) -> Iterator[ex.Binary]:
    """``x < (test ? 54 : 34)`` as ``x < 54`` and ``x < 34``; any other comparison as it is."""
    for side in ("left", "right"):
        choice = getattr(binary, side)
        while isinstance(choice, ex.Cast):
            choice = choice.operand
        if isinstance(choice, ex.Conditional) and choice.value is None:
            for branch in (choice.then, choice.otherwise):
                if branch is not None:
                    yield msgspec.structs.replace(binary, **{side: branch})
            return
    yield binary


def _site(
    binary: ex.Binary, function: str, asserted: bool, graph: ConstantGraph, given: Locals
) -> Site | None:
    normal = _normal(binary, graph, given, True) or _normal(binary, graph, given, False)
    if normal is None:
        return None
    operator, subject, bound = normal
    if bound.value is None:
        return None
    return Site(
        at=binary.at,
        function=function,
        text=str(binary),
        subject=subject,
        operator=operator,
        bound=bound.value,
        threshold=bound.value + (operator in (">", "<=")),
        term=bound,
        is_assert=asserted,
    )


def _normal(
    binary: ex.Binary, graph: ConstantGraph, given: Locals, assume: bool
) -> tuple[str, str, Term] | None:
    """Operator, text and bound of ``binary`` with what varies on the left; None when neither or both do.

    Without ``assume`` an MTU is what varies: ``mtu < 68``.
    """
    left, right = _Sum(graph, given, assume), _Sum(graph, given, assume)
    left.add(binary.left, 1)
    right.add(binary.right, 1)
    if bool(left.unknown) == bool(right.unknown):
        return None
    operator, subject, other = binary.op, left, right
    if right.unknown:
        operator, subject, other = MIRROR[operator], right, left
    if all(sign < 0 for sign, _ in subject.unknown):  # 34 - x <= 0
        operator, subject, other = MIRROR[operator], subject.negated(), other.negated()
    return operator, _text(subject.unknown), _moved(subject.known, other.known)


class _Sum:
    """One side of a comparison as signed summands: what varies, and the constants beside it."""

    def __init__(self, graph: ConstantGraph, given: Locals, assume: bool) -> None:
        self.graph, self.given, self.assume = graph, given, assume
        self.unknown: list[tuple[int, ir.Expression]] = []
        self.known: list[tuple[int, Term]] = []

    def add(self, expr: ir.Expression, sign: int, depth: int = 0) -> None:
        """Take ``expr`` apart at its sums; whatever folds to a constant stays whole."""
        term = self.graph.provenance(expr, self.given, assume=self.assume)
        if term.value is not None:
            self.known.append((sign, term))
            return
        match expr:
            case ex.Binary(op="+" | "-") if depth < MOST_DEPTH:
                self.add(expr.left, sign, depth + 1)
                self.add(expr.right, sign if expr.op == "+" else -sign, depth + 1)
            case ex.Unary(op="+" | "-") if depth < MOST_DEPTH:
                self.add(expr.operand, sign if expr.op == "+" else -sign, depth + 1)
            case ex.Cast() if depth < MOST_DEPTH:
                self.add(expr.operand, sign, depth + 1)
            case _:
                self.unknown.append((sign, expr))

    def negated(self) -> _Sum:
        """The same side with every sign turned."""
        turned = _Sum(self.graph, self.given, self.assume)
        turned.unknown = [(-sign, expr) for sign, expr in self.unknown]
        turned.known = [(-sign, term) for sign, term in self.known]
        return turned


def _moved(beside: list[tuple[int, Term]], across: list[tuple[int, Term]]) -> Term:
    """The constant once everything known stands on the right: ``x - 14 < 20`` gives 20 + 14."""
    total = across + [(-sign, term) for sign, term in beside]
    total.sort(key=lambda one: one[0] < 0)  # what is added first
    term: Term | None = None
    for sign, part in total:
        if part.value == 0 and len(total) > 1:
            continue
        if term is None:
            term = part if sign > 0 else terms.operator_term("-", (part,))
        else:
            term = terms.operator_term("+" if sign > 0 else "-", (term, part))
    return term or Term(text="0", value=0, kind="literal")


def _text(unknown: list[tuple[int, ir.Expression]]) -> str:
    said = [f"{'-' if sign < 0 else '+'} {expr}" for sign, expr in unknown]
    return " ".join(said).removeprefix("+ ")
