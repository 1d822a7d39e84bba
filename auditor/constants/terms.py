"""Terms of a constant: built from parts, with their layers and certainty."""

from __future__ import annotations

from collections.abc import Callable

from auditor.constants.layers import Meaning, highest
from auditor.model import ETHERNET_HEADER, Location, Term

STATUSES = ("exact", "assumed", "tainted", "unknown")
MOST_PARTS = 64  # nodes of one provenance tree; beyond it only the value is kept

_ARITHMETIC: dict[str, Callable[[int, int], int]] = {
    "+": lambda a, b: a + b, "-": lambda a, b: a - b, "*": lambda a, b: a * b, "&": lambda a, b: a & b,
    "|": lambda a, b: a | b, "^": lambda a, b: a ^ b,
    "==": lambda a, b: int(a == b), "!=": lambda a, b: int(a != b), "<": lambda a, b: int(a < b),
    ">": lambda a, b: int(a > b), "<=": lambda a, b: int(a <= b), ">=": lambda a, b: int(a >= b),
    "&&": lambda a, b: int(bool(a and b)), "||": lambda a, b: int(bool(a or b)),
}  # fmt: skip


def operator_term(
    operator: str, parts: tuple[Term, ...], value: int | None = None, at: Location | None = None
) -> Term:
    """The term of ``parts`` joined by ``operator``; ``value`` (bytes) when the compiler gave it.

    Sums and differences pass layers on; other operators (masks, shifts, products) do not keep them.
    """
    statuses = [part.status for part in parts]
    if value is not None:
        statuses = [status for status in statuses if status != "unknown"]
    elif all(part.value is not None for part in parts):
        value = fold(operator, [part.value or 0 for part in parts])
    return Term(
        text=_joined(operator, parts),
        value=value,
        kind="operator",
        layer=_layer(operator, parts),
        operator=operator,
        parts=parts,
        at=at,
        status=worst(statuses) if value is not None else "unknown",
    )


def fold(operator: str, values: list[int]) -> int | None:
    """C's ``operator`` on ``values``, in exact integers; None where C leaves it undefined."""
    if len(values) == 1:
        one = values[0]
        return {"-": -one, "+": one, "~": ~one, "!": int(not one)}.get(operator)
    left, right = values[0], values[-1]
    if operator == "?:":
        return values[1] if left else right
    if operator in ("/", "%"):  # C truncates towards zero
        if right == 0:
            return None
        quotient = abs(left) // abs(right) * (1 if (left < 0) == (right < 0) else -1)
        return quotient if operator == "/" else left - right * quotient
    if operator in ("<<", ">>"):
        return None if not 0 <= right < 64 else left << right if operator == "<<" else left >> right
    known = _ARITHMETIC.get(operator)
    return known(left, right) if known else None


def worst(statuses: list[str]) -> str:
    """The least certain of ``statuses``: exact, assumed, tainted, unknown."""
    return max(statuses, key=STATUSES.index, default="exact")


def named(text: str, kind: str, body: Term, meaning: Meaning | None, at: Location | None) -> Term:
    """A macro, enumerator or constant called ``text`` that stands for ``body`` and may have a meaning."""
    bare = not body.parts and body.kind == "literal" and body.text == str(body.value)
    return Term(
        text=text,
        value=body.value,
        kind=kind,
        layer=meaning.layer if meaning else body.layer,
        parts=() if bare and meaning else (body,),
        at=at,
        status=body.status,
        source=meaning.source if meaning else "",
    )


def assumed(text: str, kind: str, meaning: Meaning, at: Location | None) -> Term:
    """A term whose value (bytes) is not in the sources but what ``protocols.toml`` says."""
    return Term(
        text=text,
        value=meaning.size,
        kind=kind,
        layer=meaning.layer,
        at=at,
        status="assumed",
        source=meaning.source,
    )


def certainty(value: int | None) -> str:
    """``exact`` for a known value, else ``unknown``."""
    return "unknown" if value is None else "exact"


def size(term: Term) -> int:
    """Nodes of ``term``, counted up to just above MOST_PARTS."""
    count, stack = 0, [term]
    while stack and count <= MOST_PARTS:
        count += 1
        stack.extend(stack.pop().parts)
    return count


def _layer(operator: str, parts: tuple[Term, ...]) -> str:
    if operator == "?:":
        return parts[-1].layer if parts[0].value == 0 else parts[1].layer
    if operator not in ("+", "-"):
        return ""
    layers = [part.layer for part in parts]
    if operator == "-" and len(parts) == 2 and layers == ["L2", "L2"] and parts[1].source:
        without = parts[1].value == ETHERNET_HEADER
        return "L3" if without else "L2"  # a frame without its Ethernet header starts at layer 3
    return highest(layers)


def _joined(operator: str, parts: tuple[Term, ...]) -> str:
    texts = [f"({p.text})" if p.operator else p.text for p in parts]
    if operator in ("+", "-") and parts[0].operator in ("+", "-"):
        texts[0] = parts[0].text  # sums lean to the left
    if operator == "?:" and len(texts) == 3:
        return f"{texts[0]} ? {texts[1]} : {texts[2]}"
    return f"{operator}{texts[0]}" if len(texts) == 1 else f" {operator} ".join(texts)
