"""Expressions in, whether they are the result of a byte swap out; and what a file calls its byte swap."""

from __future__ import annotations

import re
from typing import TypeGuard

from auditor.ir import Expression, Function, walk
from auditor.ir import expressions as e
from auditor.knowledge import Platform
from auditor.rules.context import RuleContext

SHORT = re.compile(r"^(?!__builtin)(?=.*(ntohs|be16_to_cpu|ushort|be16toh|be_to_cpu_16))", re.IGNORECASE)
"""Names of swaps from the wire's order to the machine's, of 16 bits."""


def bare(expr: Expression) -> Expression:
    """The expression below its conversions."""
    while isinstance(expr, e.Cast):
        expr = expr.operand
    return expr


def swaps(platform: Platform, expr: object) -> TypeGuard[e.Call]:
    """Whether an expression is a call that swaps the bytes of a value."""
    if not isinstance(expr, e.Call) or not isinstance(expr.callee, e.Name):
        return False
    effect = platform.effect(expr.callee.name)
    return effect is not None and effect.effect == "swap"


def swap_name(context: RuleContext, function: Function) -> str:
    """What the file of ``function`` calls a byte swap of 16 bits, else the platform's usual name for it."""
    name = context.program.platform_of.get(function.file, "generic")
    platform = context.knowledge.platform(name)
    names = [n for call in platform.calls if call.effect == "swap" for n in call.names if SHORT.search(n)]
    for other in context.program.functions():
        if other.file == function.file:
            for node in walk(other.read()):
                if isinstance(node, e.Call) and {node.macro, str(node.callee)} & set(names):
                    return node.macro if node.macro in names else str(node.callee)
    return names[0] if names else "ntohs"
