"""A program comes in; its constants, and what each is computed from, go out as terms and as a graph."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from auditor import ir
from auditor.constants.layers import Vocabulary
from auditor.constants.provenance import Locals, Provenance
from auditor.knowledge import Protocols
from auditor.model import Location, Term

if TYPE_CHECKING:
    import networkx

    from auditor.constants.thresholds import Site


class ConstantGraph:
    """The constants of one program. Terms are made when asked for; the graph itself only by ``digraph``."""

    def __init__(self, program: ir.Program, protocols: Protocols) -> None:
        self.program = program
        self._provenance = Provenance(program, protocols)

    @property
    def vocabulary(self) -> Vocabulary:
        """What names, records and numbers mean."""
        return self._provenance.definitions.vocabulary

    def provenance(self, expr: ir.Expression, given: Locals | None = None, *, assume: bool = True) -> Term:
        """Where the value of ``expr`` (bytes) comes from; value None when it has none before run time.

        ``given`` are the initialisers of constant locals, by symbol. With ``assume``, members that hold an
        MTU count as 1500 with the status assumed.
        """
        return self._provenance.of(expr, given or {}, assume)

    def definitions(self) -> Iterator[Term]:
        """The terms of every object-like macro, enumerator and constant variable, in source order."""
        seen: set[tuple[str, str, Location | None]] = set()  # a header's are in every module that includes it
        for module in self.program.modules:
            for term in self._of(module):
                if (key := (term.kind, term.text, term.at)) not in seen:
                    seen.add(key)
                    yield term

    def _of(self, module: ir.Module) -> Iterator[Term]:
        own = self._provenance.definitions
        for macro in module.macros:
            if not macro.function_like:
                yield own.macro(macro)
        for enum in module.enums:
            yield own.enum(enum)
        for variable in module.globals:
            if variable.const and variable.init is not None and isinstance(variable.ctype, ir.IntType):
                yield own.constant(variable, None)

    def digraph(self, sites: Iterable[Site] = ()) -> networkx.DiGraph:
        """The constants and ``sites`` as a networkx DiGraph; an edge says *is computed from*.

        Nodes carry kind, text, value (bytes), layer, status, at and source; edges the operator and the
        position of the part.
        Raises ImportError where networkx is missing.
        """
        import networkx  # 166 ms that only the commands about constants should pay

        graph = networkx.DiGraph()
        for term in self.definitions():
            if term.value is not None:
                _insert(graph, term)
        for site in sites:
            node = f"comparison {site.at} {site.text}"
            graph.add_node(
                node, kind="assert" if site.is_assert else "comparison", text=site.text, value=site.threshold,
                layer=site.term.layer, status=site.term.status, at=str(site.at), source="",
            )  # fmt: skip
            graph.add_edge(node, _insert(graph, site.term), operator=site.operator, position="0")
        return graph


def build_graph(program: ir.Program, protocols: Protocols) -> ConstantGraph:
    """The constants of ``program``, read with ``protocols``; nothing is computed before it is asked for."""
    return ConstantGraph(program, protocols)


def _insert(graph: networkx.DiGraph, root: Term) -> str:
    """Add ``root`` and all it is made of to ``graph``; the node of ``root``."""
    stack = [root]
    while stack:
        term = stack.pop()
        node = _key(term)
        if node in graph and graph.nodes[node].get("kind"):
            continue
        graph.add_node(node, **_attributes(term))
        for position, part in enumerate(term.parts):
            held = _key(part)
            again = graph.get_edge_data(node, held, {}).get("position", "")  # x + x: one edge, both positions
            graph.add_edge(node, held, operator=term.operator, position=f"{again} {position}".strip())
            stack.append(part)
    return _key(root)


def _key(term: Term) -> str:
    """What makes two terms one node: the value of a literal, the place of a definition, the text of a sum."""
    if term.kind == "literal":
        return f"literal {term.value}"
    place = (
        f" {term.at}" if term.at is not None and term.kind not in ("sizeof", "operator", "unknown") else ""
    )
    return f"{term.kind} {term.text} {term.value}{place}"


def _attributes(term: Term) -> dict[str, Any]:
    return {
        "kind": term.kind,
        "text": str(term.value) if term.kind == "literal" else term.text,
        "value": term.value,
        "layer": term.layer,
        "status": term.status,
        "at": str(term.at) if term.at is not None and term.kind != "literal" else "",
        "source": term.source,
        **({"readings": "; ".join(term.readings)} if term.readings else {}),
    }
