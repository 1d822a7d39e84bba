"""The sum that a constant is made of comes in, one line of text goes out."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.model.finding import Term

MOST_OPENED = 3  # names inside names that one line still takes apart
CERTAINTY = {"exact": "", "tainted": "size not certain"}


def describe(term: Term) -> str:
    """One line: ``34 = ETHERNET_HEADER_SIZE 14 [L2] + IP_HEADER_SIZE 20 [L3]``."""
    value = "?" if term.value is None else str(term.value)
    aliases = _aliases(term)  # NAME = OTHER = a + b
    said, inner = [value], aliases[-1]
    for alias in aliases:
        if alias.kind not in ("operator", "literal") and alias.text != value:
            said.append(f"{alias.text}{labels(alias)}")
    if inner.operator and not inner.source:
        said.append(_sum(inner, 0))
    text = " = ".join(said)
    if not inner.readings:
        return text
    subject = "a bare number that" if len(said) == 1 else "which"
    return f"{text}, {subject} reads as {' or as '.join(inner.readings)}"


def labels(term: Term) -> str:
    """`` [L2, assumed]``: the layer of something that has one, and what makes its value less than exact."""
    certainty = CERTAINTY.get(term.status, term.status)
    layer = term.layer if len(leaves(term)) == 1 else ""
    said = ", ".join(label for label in (layer, certainty) if label)
    return f" [{said}]" if said else ""


def leaves(term: Term) -> tuple[Term, ...]:
    """What a sum is made of: parts with a meaning of their own, and those that have no parts."""
    return tuple(_leaves(term))


def _aliases(term: Term) -> list[Term]:
    """``term``, and what it is another name for, down to something with a meaning or with parts."""
    found = [term]
    while not found[-1].source and not found[-1].operator and len(found[-1].parts) == 1:
        found.append(found[-1].parts[0])
    return found


def _leaves(term: Term) -> Iterator[Term]:
    if term.source or not term.parts:
        yield term
        return
    for part in term.parts:
        yield from _leaves(part)


def _sum(term: Term, depth: int) -> str:
    said = [_part(part, term.operator, depth) for part in term.parts]
    if term.operator == "?:" and len(said) == 3:
        return f"{said[0]} ? {said[1]} : {said[2]}"
    return f"{term.operator}{said[0]}" if len(said) == 1 else f" {term.operator} ".join(said)


def _part(term: Term, around: str, depth: int) -> str:
    """``NAME 14 [L2]``; a name without a meaning also shows what it is made of."""
    if term.kind == "operator":
        inner = _sum(term, depth + 1)
        return inner if around == term.operator == "+" else f"({inner})"
    value = "?" if term.value is None else str(term.value)
    text = f"{value if term.text == value else f'{term.text} {value}'}{labels(term)}"
    last = _aliases(term)[-1]
    opened = last.operator and not last.source and depth < MOST_OPENED
    return f"{text} ({_sum(last, depth + 1)})" if opened else text
