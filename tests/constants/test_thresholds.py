"""Where is 34? Spellings of one threshold, and comparisons that have another or none."""

from __future__ import annotations

import pytest

from auditor import ir
from auditor.constants import Site, build_graph, comparisons, where
from auditor.ir import expressions as ex
from auditor.ir import statements as st
from auditor.ir.types import INT
from tests.constants import made
from tests.constants.made import at, function, lit, local, macro, op, program


def sites(*body: ir.Statement | ir.Expression, number: int | None = 34, **held: object) -> list[Site]:
    whole = program(functions=(function(*body),), **held)
    graph = build_graph(whole, made.PROTOCOLS)
    return comparisons(whole, graph) if number is None else where(whole, graph, number)


LEN = local("len")
SPELLINGS = {
    "len < 34": op("<", LEN, lit(34)),
    "len >= 34": op(">=", LEN, lit(34)),
    "len <= 33": op("<=", LEN, lit(33)),
    "len > 33": op(">", LEN, lit(33)),
    "34 > len": op(">", lit(34), LEN),
    "33 < len": op("<", lit(33), LEN),
    "33 >= len": op(">=", lit(33), LEN),
    "len < 14 + 20": op("<", LEN, op("+", lit(14), lit(20))),
    "len - 14 < 20": op("<", op("-", LEN, lit(14)), lit(20)),
    "len - 14 <= 19": op("<=", op("-", LEN, lit(14)), lit(19)),
    "20 > len - 14": op(">", lit(20), op("-", LEN, lit(14))),
    "len + 4 < 38": op("<", op("+", LEN, lit(4)), lit(38)),
    "34 - len > 0": op(">", op("-", lit(34), LEN), lit(0)),
    "len == 34": op("==", LEN, lit(34)),
    "len - off < 34": op("<", op("-", LEN, local("off")), lit(34)),
}


@pytest.mark.parametrize("text", SPELLINGS)
def test_spellings_of_34(text: str) -> None:
    (site,) = sites(SPELLINGS[text])
    assert (site.threshold, site.function, site.is_assert, site.verdict) == (34, "send", False, "")


OTHERS = {
    "len < 33": op("<", LEN, lit(33)),
    "len > 34": op(">", LEN, lit(34)),
    "len <= 34": op("<=", LEN, lit(34)),
    "len < other": op("<", LEN, local("other")),
    "len < other + 34": op("<", LEN, op("+", local("other"), lit(34))),
    "34 < 60": op("<", lit(34), lit(60)),
    "len - 34 < 34": op("<", op("-", LEN, lit(34)), lit(34)),
    "len + 34": op("+", LEN, lit(34)),
}


@pytest.mark.parametrize("text", OTHERS)
def test_what_is_not_34(text: str) -> None:
    assert sites(OTHERS[text]) == []


def test_the_operator_and_bound_are_those_of_the_unknown_on_the_left() -> None:
    (site,) = sites(op(">=", lit(33), op("-", LEN, lit(0))))
    assert (site.operator, site.bound, site.threshold) == ("<=", 33, 34)
    (site,) = sites(op(">=", op("-", lit(34), LEN), lit(1)))
    assert (site.operator, site.bound) == ("<=", 33)


def test_constants_that_move_across_stay_in_the_provenance() -> None:
    macros = (macro("ETH_HLEN", "14"),)
    (site,) = sites(op("<", op("-", LEN, lit(14, "ETH_HLEN")), lit(20)), macros=macros)
    assert [(part.text, part.value, part.layer) for part in site.term.parts] == [
        ("20", 20, ""),
        ("ETH_HLEN", 14, "L2"),
    ]
    assert (site.term.operator, site.term.value) == ("+", 34)


def test_a_maximum_answers_to_the_largest_length_it_accepts() -> None:
    limit = op(">", LEN, op("+", op("+", lit(14), lit(4)), made.mtu_member()))
    assert [site.threshold for site in sites(limit, number=1518)] == [1519]
    assert [site.term.status for site in sites(limit, number=1519)] == ["assumed"]
    assert sites(limit, number=1517) == []


def test_an_mtu_compared_with_a_number_is_the_unknown() -> None:
    (site,) = sites(op("<", made.mtu_member(), lit(68)), number=68)
    assert site.operator == "<"


def test_assertions_are_marked() -> None:
    found = sites(
        made.assertion(op(">=", local("len", 60), lit(34), line=60), 60), op("<", LEN, lit(34), line=61)
    )
    assert [(site.at.line, site.is_assert) for site in found] == [(60, True), (61, False)]


def test_locals_that_nothing_changes_count_as_constants() -> None:
    need = st.Declare(at=at(45), name="need", symbol="need#1", ctype=INT, init=op("+", lit(14), lit(20)))
    check = op("<", LEN, local("need"))
    assert [site.term.text for site in sites(need, check)] == ["need"]
    changed = ex.Assign(at=at(46), ctype=INT, op="+=", target=local("need"), source=lit(4))
    assert sites(need, changed, check) == []


def test_both_branches_of_a_choice_are_thresholds() -> None:
    choice = ex.Conditional(at=at(50), ctype=INT, test=local("v6"), then=lit(54), otherwise=lit(34))
    assert [site.threshold for site in sites(op("<", LEN, choice), number=None)] == [34, 54]
    largest = ex.Conditional(at=at(50), ctype=INT, test=local("v6"), then=local("x"), otherwise=lit(34))
    assert [site.threshold for site in sites(op("<", LEN, largest), number=None)] == [34]


def test_comparisons_are_in_source_order_and_found_once() -> None:
    first, second = op("<", LEN, lit(34), line=52), op("<", local("n"), lit(34), line=51)
    body = (first, second)
    modules = tuple(
        ir.Module(file=f"{name}.c", platform="generic", functions=(function(*body),)) for name in "ab"
    )
    whole = program(*modules)
    assert [site.at.line for site in where(whole, build_graph(whole, made.PROTOCOLS), 34)] == [51, 52]
