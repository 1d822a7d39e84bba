"""Functions and statement expressions come in, their flow graphs go out, each built once."""

from __future__ import annotations

from auditor.ir import Function
from auditor.ir import expressions as e
from auditor.ir import statements as s
from auditor.ir.sharing import Sharing
from auditor.policy.statements.flow import Flow
from auditor.policy.statements.flow_builder import build_block_flow, build_flow


class Flows:
    """Flow graphs, built once per scan; a statement expression's graph leaves out its last expression.

    Bodies, which are kept with their graphs, share types and names where ``many`` of them may come.
    """

    def __init__(self, *, many: bool = False) -> None:
        self._flows: dict[int, Flow] = {}
        self._sharing = Sharing() if many else None

    def of(self, function: Function) -> Flow:
        """The flow graph of ``function``."""
        flow = self._flows.get(id(function))
        if flow is None:
            if self._sharing is not None:
                self._sharing.share(function.body)
            flow = self._flows[id(function)] = build_flow(function)
        return flow

    def of_block(self, function: Function, expr: e.StatementExpr, body: tuple[s.Statement, ...]) -> Flow:
        """The flow graph of ``body``, statements of the statement expression ``expr`` in ``function``."""
        flow = self._flows.get(id(expr))
        if flow is None:
            flow = self._flows[id(expr)] = build_block_flow(function, s.Block(at=expr.at, body=body))
        return flow
