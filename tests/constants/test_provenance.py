"""Where a number comes from, through macros, sizes, enumerators and constants."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import msgspec
import pytest

from auditor import ir
from auditor.ir import expressions as ex
from auditor.ir.types import INT
from auditor.model import Term, describe, leaves
from tests.constants import made
from tests.constants.made import at, graph_of, lit, local, macro, op, record, sizeof

ETHERNET = macro("LINK_ETH_HEADER_SIZE", "( sizeof ( ETH_HEADER ) )", line=3)
IP = macro("LINK_IP_HEADER_SIZE", "20", 20, line=4)
ETH_RECORD = record("ETH_HEADER", 14)


def leaf_texts(term: Term) -> list[tuple[str, int | None, str]]:
    return [(leaf.text, leaf.value, leaf.layer) for leaf in leaves(term)]


def test_a_sum_of_two_macros_names_both_with_their_layers() -> None:
    graph = graph_of(macros=(ETHERNET, IP), records=(ETH_RECORD,))
    term = graph.provenance(
        op("+", sizeof("ETH_HEADER", 14, "LINK_ETH_HEADER_SIZE"), lit(20, "LINK_IP_HEADER_SIZE"))
    )
    assert (term.value, term.layer, term.operator, term.status) == (34, "L3", "+", "exact")
    assert leaf_texts(term) == [("LINK_ETH_HEADER_SIZE", 14, "L2"), ("LINK_IP_HEADER_SIZE", 20, "L3")]
    assert describe(term) == "34 = LINK_ETH_HEADER_SIZE 14 [L2] + LINK_IP_HEADER_SIZE 20 [L3]"
    assert [leaf.at for leaf in leaves(term)] == [at(3), at(4)]
    assert "RFC 791" in leaves(term)[1].source


@pytest.mark.parametrize("innermost", [False, True], ids=["outermost-macro", "innermost-macro"])
def test_a_macro_of_macros_is_opened_whichever_macro_the_front_end_names(innermost: bool) -> None:
    least = macro("LEAST", "( LINK_ETH_HEADER_SIZE + LINK_IP_HEADER_SIZE )", 34, line=5)
    graph = graph_of(macros=(ETHERNET, IP, least), records=(ETH_RECORD,))
    parts = ("LINK_ETH_HEADER_SIZE", "LINK_IP_HEADER_SIZE") if innermost else ("LEAST", "LEAST")
    term = graph.provenance(op("+", sizeof("ETH_HEADER", 14, parts[0]), lit(20, parts[1]), macro="LEAST"))
    assert (term.text, term.kind, term.value, term.layer) == ("LEAST", "macro", 34, "L3")
    assert leaf_texts(term) == [("LINK_ETH_HEADER_SIZE", 14, "L2"), ("LINK_IP_HEADER_SIZE", 20, "L3")]
    assert describe(term) == "34 = LEAST = LINK_ETH_HEADER_SIZE 14 [L2] + LINK_IP_HEADER_SIZE 20 [L3]"


def test_the_constant_inside_a_function_like_macro_is_found_in_its_body() -> None:
    short = macro(
        "TOO_SHORT", "( ( n ) < LINK_ETH_HEADER_SIZE + LINK_IP_HEADER_SIZE )", function_like=True, line=6
    )
    graph = graph_of(macros=(ETHERNET, IP, short), records=(ETH_RECORD,))
    bound = op("+", sizeof("ETH_HEADER", 14, "TOO_SHORT"), lit(20, "TOO_SHORT"), macro="TOO_SHORT")
    assert leaf_texts(graph.provenance(bound)) == [
        ("LINK_ETH_HEADER_SIZE", 14, "L2"),
        ("LINK_IP_HEADER_SIZE", 20, "L3"),
    ]


def test_a_macro_that_only_starts_a_sum_is_not_taken_for_the_sum() -> None:
    graph = graph_of(macros=(ETHERNET, IP), records=(ETH_RECORD,))
    start = sizeof("ETH_HEADER", 14, "LINK_ETH_HEADER_SIZE")
    total = op("+", start, lit(20, "LINK_IP_HEADER_SIZE"), macro="LINK_ETH_HEADER_SIZE")
    assert (
        describe(graph.provenance(total)) == "34 = LINK_ETH_HEADER_SIZE 14 [L2] + LINK_IP_HEADER_SIZE 20 [L3]"
    )
    open_end = op("+", start, local("len"), macro="LINK_ETH_HEADER_SIZE")
    assert graph.provenance(open_end).value is None


def test_an_unparenthesised_macro_is_not_taken_for_the_part_that_c_makes_of_it() -> None:
    careless = macro("CARELESS", "14 + 20", 34, line=6)  # CARELESS * 2 is 14 + (20 * 2)
    graph = graph_of(macros=(careless,))
    product = ex.Binary(at=at(50), ctype=INT, op="*", left=lit(20, "CARELESS"), right=lit(2), value=40)
    term = graph.provenance(op("+", lit(14, "CARELESS"), product))
    assert term.value == 54
    assert [leaf[1] for leaf in leaf_texts(term)] == [14, 20, 2]


def test_the_last_definition_above_the_use_counts() -> None:
    graph = graph_of(
        macros=(macro("LIMIT", "14", line=10), macro("LIMIT", "34", line=20), macro("LIMIT", "60", line=90))
    )
    term = graph.provenance(lit(34, "LIMIT"))
    assert (term.text, term.value, term.at) == ("LIMIT", 34, at(20))


def test_enumerators_and_constants_are_followed_to_their_initialisers() -> None:
    enum = ir.EnumConstant("LEAST", 34, at(7), op("+", lit(14), lit(20)))
    const = ir.Global("least", "src/send.c::least", INT, at(8), held=local("x"), const=True)
    const = ir.Global(const.name, const.symbol, INT, at(8), held=_enum_use(enum), const=True)
    graph = graph_of(enums=(enum,), globals=(const,))
    use = ex.Name(at=at(50), ctype=INT, name="least", scope="global", symbol="src/send.c::least", value=34)
    term = graph.provenance(use)
    assert (term.kind, term.text, term.value) == ("const", "least", 34)
    assert (term.parts[0].kind, term.parts[0].text) == ("enum", "LEAST")
    assert [leaf[1] for leaf in leaf_texts(term)] == [14, 20]


def test_an_enumerator_has_the_value_that_the_compiler_gave_it() -> None:
    wrapped = ex.Unknown(at=at(7), ctype=INT, text="14 + 20", parts=(op("+", lit(14), lit(20)),))
    enums = (ir.EnumConstant("A", 34, at(7), wrapped), ir.EnumConstant("B", 60, at(8), local("x")))
    graph = graph_of(enums=enums)
    assert [leaf[1] for leaf in leaf_texts(graph.provenance(_enum_use(enums[0])))] == [14, 20]
    assert graph.provenance(_enum_use(enums[1])).value == 60


def _enum_use(enum: ir.EnumConstant) -> ex.Name:
    return ex.Name(at=at(8), ctype=INT, name=enum.name, scope="enum", symbol=enum.name, value=enum.value)


def test_a_variable_that_changes_is_no_constant() -> None:
    variable = ir.Global("least", "least", INT, at(8), held=lit(34), const=False)
    use = ex.Name(at=at(50), ctype=INT, name="least", scope="global", symbol="least")
    term = graph_of(globals=(variable,)).provenance(use)
    assert (term.value, term.status) == (None, "unknown")


def test_given_locals_are_opened() -> None:
    term = graph_of().provenance(local("need"), {"need#1": op("+", lit(14), lit(20))})
    assert (term.kind, term.text, term.value) == ("const", "need", 34)


def test_circular_definitions_end() -> None:
    graph = graph_of(macros=(macro("A", "B + 1"), macro("B", "A + 1")))
    assert graph.provenance(lit(3, "A")).value == 3
    itself = {"x#1": local("y"), "y#1": local("x")}
    assert graph.provenance(local("x"), itself).value is None


def test_a_record_of_headers_is_the_sum_of_its_members() -> None:
    members = (("eth", ir.RecordType("ethhdr", 14)), ("ip", ir.RecordType("iphdr", 20)), ("tail", made.U16))
    layouts = (record("packet", 36, *members), record("ethhdr", 14), record("iphdr", 20))
    term = graph_of(records=layouts).provenance(sizeof("struct packet", 36))
    assert leaf_texts(term) == [
        ("sizeof(ethhdr)", 14, "L2"),
        ("sizeof(iphdr)", 20, "L3"),
        ("other members", 2, ""),
    ]
    assert term.layer == "L3"


def test_a_header_is_known_by_its_shape_when_its_name_says_nothing() -> None:
    term = graph_of(records=(made.FRAME_START,)).provenance(sizeof("frame_start", 14))
    assert (term.layer, term.value) == ("L2", 14)
    other = record("frame_start", 14, ("a", made.U16), ("b", made.ADDRESS), ("c", made.ADDRESS))
    assert graph_of(records=(other,)).provenance(sizeof("frame_start", 14)).layer == ""


def test_a_stubbed_size_taints_the_sum_but_not_its_value() -> None:
    term = graph_of().provenance(op("+", sizeof("thing", 3, taint="member m_x is stubbed"), lit(14)))
    assert (term.value, term.status) == (17, "tainted")
    assert "size not certain" in describe(term)


def test_an_mtu_from_memory_is_assumed() -> None:
    sum_ = op("+", op("+", lit(14), lit(4)), made.mtu_member())
    term = graph_of().provenance(sum_)
    assert (term.value, term.status) == (1518, "assumed")
    assert "[L3, assumed]" in describe(term)
    assert graph_of().provenance(sum_, assume=False).value is None


def test_a_name_that_no_header_defines_gets_the_value_of_its_protocol_as_assumed() -> None:
    name = ex.Name(at=at(50), ctype=INT, name="ETH_HLEN", scope="global", symbol="ETH_HLEN")
    term = graph_of().provenance(name)
    assert (term.value, term.layer, term.status) == (14, "L2", "assumed")
    stubbed = msgspec.structs.replace(name, taint="ETH_HLEN is not declared")
    total = op("+", stubbed, lit(20))
    total = msgspec.structs.replace(total, taint="ETH_HLEN is not declared")
    assert [graph_of().provenance(e).status for e in (stubbed, total)] == ["assumed", "assumed"]


def test_a_bare_literal_has_readings_and_no_layer() -> None:
    term = graph_of().provenance(lit(42))
    assert (term.layer, term.source) == ("", "")
    assert "Ethernet header + ARP packet" in term.readings
    assert describe(term).startswith(
        "42, a bare number that reads as Ethernet header + IPv4 header + UDP header or as "
    )


def test_a_minimum_that_is_spelt_as_a_number_and_named_as_one() -> None:
    term = graph_of(macros=(macro("SMALLEST_MIN_FRAME", "60"),)).provenance(lit(60, "SMALLEST_MIN_FRAME"))
    assert (term.layer, term.value) == ("L2", 60)
    assert "802.3" in term.source


def test_a_frame_without_its_ethernet_header_is_counted_from_layer_3() -> None:
    graph = graph_of(macros=(macro("ETH_ZLEN", "60"), macro("ETH_HLEN", "14")))
    assert graph.provenance(op("-", lit(60, "ETH_ZLEN"), lit(14, "ETH_HLEN"))).layer == "L3"


def test_products_and_masks_have_no_layer() -> None:
    graph = graph_of(macros=(macro("ETH_HLEN", "14"), macro("TWICE", "( ETH_HLEN * 2 )")))
    assert graph.provenance(lit(28, "TWICE")).layer == ""


def test_the_platform_sizes_of_integers_are_used_in_macro_bodies() -> None:
    layouts = (record("any", 4, ("a", ir.IntType(32, False, "ULONG"))),)
    graph = graph_of(
        macros=(macro("FOUR", "sizeof ( ULONG )"), macro("X", "sizeof ( long )")), records=layouts
    )
    assert graph.provenance(lit(4, "FOUR")).value == 4
    assert [t.value for t in graph.definitions()] == [4, None]


def test_a_macro_bomb_costs_little_and_keeps_its_value() -> None:
    bomb = [macro(f"B{i}", f"( B{i + 1} + B{i + 1} )", line=i + 1) for i in range(40)]
    graph = graph_of(macros=(*bomb, macro("B40", "1", line=45)))
    term = graph.provenance(lit(2**40, "B0"))
    assert term.value == 2**40
    assert len(leaves(term)) <= 64


def test_long_sums_end_in_a_value() -> None:
    total: ir.Expression = lit(1)
    for _ in range(3000):
        total = msgspec.structs.replace(op("+", lit(1), lit(1)), left=total, value=(total.value or 0) + 1)
    assert graph_of().provenance(total).value == 3001


def test_provenance_does_not_load_networkx() -> None:
    code = (
        "import sys; import auditor.constants; from tests.constants.made import *;"
        "g = graph_of(macros=(macro('ETH_HLEN', '14'),));"
        "assert g.provenance(lit(14, 'ETH_HLEN')).layer == 'L2';"
        "assert 'networkx' not in sys.modules; g.digraph(); assert 'networkx' in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True, cwd=Path(__file__).parents[2])
