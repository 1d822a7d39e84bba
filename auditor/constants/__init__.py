"""Where constants come from: provenance, layers, the graph, and the comparisons they decide."""

from auditor.constants.declared import DeclaredLengths
from auditor.constants.export import to_dot, to_graphml, to_json, to_text
from auditor.constants.graph import ConstantGraph, build_graph
from auditor.constants.layers import Meaning, Vocabulary, highest
from auditor.constants.terms import leaves
from auditor.constants.thresholds import Site, comparisons, constant_locals, where
from auditor.constants.wording import describe

__all__ = [
    "ConstantGraph", "DeclaredLengths", "Meaning", "Site", "Vocabulary", "build_graph", "comparisons",
    "constant_locals", "describe", "highest", "leaves", "to_dot", "to_graphml", "to_json", "to_text", "where",
]  # fmt: skip
