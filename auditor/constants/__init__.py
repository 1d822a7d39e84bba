"""Where constants come from: provenance, layers, the graph, and the comparisons they decide."""

from auditor.constants.declared import DeclaredLengths
from auditor.constants.export import to_dot, to_graphml, to_json, to_text
from auditor.constants.graph import ConstantGraph, build_graph
from auditor.constants.layers import Meaning, Vocabulary, highest
from auditor.constants.thresholds import Site, comparisons, constant_locals, where

__all__ = [
    "ConstantGraph", "DeclaredLengths", "Meaning", "Site", "Vocabulary", "build_graph", "comparisons",
    "constant_locals", "highest", "to_dot", "to_graphml", "to_json", "to_text", "where",
]  # fmt: skip
