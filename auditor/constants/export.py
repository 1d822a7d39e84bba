"""The graph of constants comes in, its DOT, GraphML, JSON or text form goes out."""

from __future__ import annotations

import io
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from auditor.model import Term, describe, leaves

if TYPE_CHECKING:
    import networkx

SHAPES = {"comparison": "diamond", "assert": "diamond", "operator": "circle", "literal": "plaintext"}


def to_dot(graph: networkx.DiGraph) -> str:
    """Graphviz source; an arrow leads from a constant to what it is computed from."""
    numbers = {node: f"n{i}" for i, node in enumerate(graph.nodes)}
    lines = ["digraph constants {", "  rankdir=LR;"]
    for node, held in graph.nodes(data=True):
        label = _quoted(_label(held))
        style = ' style="dashed"' if held["status"] != "exact" else ""
        lines.append(f"  {numbers[node]} [label={label} shape={SHAPES.get(held['kind'], 'box')}{style}];")
    for start, end, held in graph.edges(data=True):
        lines.append(f"  {numbers[start]} -> {numbers[end]} [label={_quoted(held['operator'])}];")
    return "\n".join([*lines, "}"]) + "\n"


def to_graphml(graph: networkx.DiGraph) -> str:
    """GraphML with the attributes of ``ConstantGraph.digraph``, all as strings."""
    import networkx  # as in graph.py: only where a graph exists already

    plain = networkx.DiGraph()
    for node, held in graph.nodes(data=True):
        plain.add_node(
            _xml(node), **{key: _xml(str(value)) for key, value in held.items() if value is not None}
        )
    for start, end, held in graph.edges(data=True):
        plain.add_edge(_xml(start), _xml(end), **held)
    out = io.BytesIO()
    networkx.write_graphml(plain, out, encoding="utf-8")
    return out.getvalue().decode("utf-8")


def to_json(graph: networkx.DiGraph) -> str:
    """``{"nodes": [{"id", attributes}], "edges": [{"from", "to", "operator", "position"}]}``, indented."""
    import json  # a scan writes no graph

    nodes: list[dict[str, Any]] = [{"id": node, **held} for node, held in graph.nodes(data=True)]
    edges = [{"from": start, "to": end, **held} for start, end, held in graph.edges(data=True)]
    return json.dumps({"nodes": nodes, "edges": edges}, indent=2, ensure_ascii=False) + "\n"


def to_text(terms: Iterable[Term]) -> str:
    """A tree of sums: each constant on a line, what it is computed from below it, two columns in."""
    lines: list[str] = []
    for root in terms:
        if root.value is None:
            continue
        place = f"  {root.at}" if root.at is not None else ""
        lines.append(
            f"{root.text} = {describe(root)}{place}" if root.kind == "operator" else _line(root) + place
        )
        stack = [(part, 1, root.operator) for part in reversed(root.parts)]
        while stack:
            term, depth, operator = stack.pop()
            if not operator and term.kind == "literal" and term.text == str(term.value):
                continue  # NAME 14, = 14
            lines.append(f"{'  ' * depth}{operator or '='} {_line(term)}")
            stack.extend((part, depth + 1, term.operator) for part in reversed(term.parts))
    return "\n".join(lines) + ("\n" if lines else "")


def _line(term: Term) -> str:
    layer = term.layer if not term.layer or len(leaves(term)) == 1 else f"up to {term.layer}"
    labels = [label for label in (layer, "" if term.status == "exact" else term.status) if label]
    value = "?" if term.value is None else str(term.value)
    text = value if term.text == value else f"{term.text} {value}"
    return text + (f" [{', '.join(labels)}]" if labels else "") + (f"  {term.source}" if term.source else "")


def _label(held: dict[str, Any]) -> str:
    value = "?" if held["value"] is None else str(held["value"])
    text = value if held["text"] == value else f"{held['text']}\n{value}"
    return text + (f" [{held['layer']}]" if held["layer"] else "") + (f"\n{held['at']}" if held["at"] else "")


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'


def _xml(text: str) -> str:
    """``text`` without the characters that XML 1.0 section 2.2 forbids."""
    return "".join(c if c in "\t\n\r" or (ord(c) >= 32 and c not in "\ufffe\uffff") else "?" for c in text)
