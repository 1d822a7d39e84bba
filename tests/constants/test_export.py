"""The graph, and the forms it leaves in."""

from __future__ import annotations

import json
from xml.etree import ElementTree

import networkx
import pytest

from auditor import ir
from auditor.constants import build_graph, comparisons, to_dot, to_graphml, to_json, to_text
from tests.constants.made import PROTOCOLS, function, lit, local, macro, op, program


@pytest.fixture(scope="module")
def graph() -> networkx.DiGraph:
    macros = (
        macro("ETH_HLEN", "14", line=1),
        macro("IP_HLEN", "20", line=2),
        macro("LEAST", "( ETH_HLEN + IP_HLEN )", line=3),
        macro("TWO_TAGS", "( 4 + 4 )", line=4),
        macro("WORDS", "unknown + 1", line=5),
    )
    least = op("+", lit(14, "LEAST"), lit(20, "LEAST"), macro="LEAST")
    whole = program(macros=macros, functions=(function(op("<", local("len"), least)),))
    constants = build_graph(whole, PROTOCOLS)
    return constants.digraph(comparisons(whole, constants))


def node(graph: networkx.DiGraph, text: str) -> str:
    (found,) = [name for name, held in graph.nodes(data=True) if held["text"] == text]
    return str(found)


def test_what_34_is_computed_from_can_be_walked(graph: networkx.DiGraph) -> None:
    (site,) = [name for name, held in graph.nodes(data=True) if held["kind"] == "comparison"]
    assert {graph.nodes[n]["text"] for n in networkx.descendants(graph, site)} >= {
        "LEAST",
        "ETH_HLEN",
        "IP_HLEN",
    }
    assert graph.nodes[site]["value"] == 34
    assert list(graph.successors(site)) == [node(graph, "LEAST")]
    assert networkx.is_directed_acyclic_graph(graph)


def test_nodes_say_value_layer_status_and_place(graph: networkx.DiGraph) -> None:
    held = graph.nodes[node(graph, "LEAST")]
    assert (held["kind"], held["value"], held["layer"], held["status"]) == ("macro", 34, "L3", "exact")
    assert held["at"] == "src/send.c:3:1"


def test_edges_say_the_operator(graph: networkx.DiGraph) -> None:
    total = node(graph, "ETH_HLEN + IP_HLEN")
    assert {held["operator"] for _, _, held in graph.out_edges(total, data=True)} == {"+"}
    assert graph.edges[node(graph, "4 + 4"), "literal 4"]["position"] == "0 1"


def test_macros_without_a_value_stay_out(graph: networkx.DiGraph) -> None:
    assert "WORDS" not in {held["text"] for _, held in graph.nodes(data=True)}


def test_json_holds_every_node_and_edge(graph: networkx.DiGraph) -> None:
    held = json.loads(to_json(graph))
    assert len(held["nodes"]) == graph.number_of_nodes()
    assert {(e["from"], e["to"]) for e in held["edges"]} == set(graph.edges)


def test_graphml_is_read_back_by_networkx(graph: networkx.DiGraph) -> None:
    again = networkx.parse_graphml(to_graphml(graph))
    assert set(again.nodes) == set(graph.nodes)
    assert set(again.edges) == set(graph.edges)
    assert again.nodes[node(graph, "LEAST")]["value"] == "34"


def test_graphml_survives_characters_that_xml_forbids() -> None:
    odd = networkx.DiGraph()
    odd.add_node("a\x00", text="\x01<&>", value=None)
    ElementTree.fromstring(to_graphml(odd))


def test_dot_draws_every_node_once_and_quotes_its_text(graph: networkx.DiGraph) -> None:
    text = to_dot(graph)
    assert text.startswith("digraph constants {")
    assert text.count("shape=") == graph.number_of_nodes()
    assert text.count(" -> ") == graph.number_of_edges()
    odd = networkx.DiGraph()
    odd.add_node("x", text='a "quoted" \\ text\nline', value=1, kind="macro", layer="", status="exact", at="")
    assert 'label="a \\"quoted\\" \\\\ text\\nline\\n1"' in to_dot(odd)


def test_text_lists_sums_as_trees() -> None:
    macros = (macro("ETH_HLEN", "14"), macro("LEAST", "( ETH_HLEN + 20 )", line=3), macro("X", "5"))
    held = program(*(ir.Module(file=f, platform="generic", macros=macros) for f in ("a.c", "b.c")))
    lines = to_text(build_graph(held, PROTOCOLS).definitions()).splitlines()
    assert lines[1].startswith("LEAST 34 [up to L2]")
    assert [line.split("  ")[1:2] for line in lines[2:3]] == [["= ETH_HLEN + 20 34 [up to L2]"]]
    assert lines[3].strip().startswith("+ ETH_HLEN 14 [L2]")
    assert lines[4].strip() == "+ 20"
    assert lines[5:] == ["X 5  src/send.c:1:1"]  # a header's macros once, and no second 5
