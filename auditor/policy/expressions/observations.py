"""What the code did with the frame, written down as it happens on a path; rules judge it afterwards.

An observation takes no part in merging and ends no path: it holds what its path knew when it was made. What
becomes of the frame later is told by the leaves of the run that came through the same decisions.
"""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from auditor.ir import Expression
from auditor.ir.expressions import Binary
from auditor.policy.numbers.intervals import INTEGERS, Intervals, intersect
from auditor.policy.numbers.values import MISSING, Int, Pointer, Value
from auditor.policy.numbers.wrapping import astray, misjudged, too_large
from auditor.policy.paths.classes import Classes
from auditor.policy.paths.state import Side, State
from auditor.policy.paths.trail import Mark

READ = "read"
"""Kind of the observation that bytes are read which the frame may not have."""

ASTRAY = "astray"
"""Kind: a size, an index or an offset is used that is not what exact integers make it, or below 0."""

MISJUDGED = "misjudged"
"""Kind: a comparison turns out otherwise than in exact integers."""

UNBOUNDED = "unbounded"
"""Kind: a size is used in whose place a sum was compared that may be too large for its type."""

DECLARED = "declared"
"""Kind: a difference of what header fields say is used as a size or an index, and can be below 0."""

UNSWAPPED = "unswapped"
"""Kind: bytes of the frame are ordered as a number while they still are in the order of the wire."""

MOST_PER_PLACE = 64
"""Observations of one kind at one expression with the same values; further ones are counted, not kept."""


class Observation(msgspec.Struct, frozen=True, eq=False):
    """One thing that one path did.

    ``kind`` says what, and what ``values`` mean: ``read`` (of frame bytes that the path may not have: where
    they are, as a pointer into the frame, and how many), ``astray`` (the size, index or offset),
    ``misjudged`` (both sides of the comparison), ``unbounded`` (the size, and the sum), ``declared`` (the
    difference), ``unswapped`` (the bytes).

    ``lengths``, ``classes`` and ``facts`` are what the path stood for and knew, ``tested`` what
    ``State`` says of it, ``history`` the decisions it had come through, ``trail`` its story; ``function`` is
    the symbol of the function that was being run.
    """

    kind: str
    expr: Expression
    function: str
    values: tuple[Value | None, ...]
    lengths: Intervals
    classes: Classes
    facts: dict[Value, Intervals]
    history: frozenset[Side]
    trail: Mark | None
    tested: bool = False


class Observer:
    """Collects the observations of a run, each once per path that is different in what it knows.

    ``places`` gets the ids of the expressions that they are made at.
    """

    def __init__(self, places: set[int]) -> None:
        self.places = places
        self._kept: dict[object, dict[object, Observation]] = {}
        self.left_out = 0

    def see(
        self, kind: str, state: State, expr: Expression, function: str, values: tuple[Value | None, ...]
    ) -> None:
        """Write down that the path of ``state`` did ``kind`` at ``expr``."""
        self.add(
            Observation(
                kind, expr, function, values, state.lengths, state.classes, dict(state.facts),
                state.history, state.trail, state.tested,
            )
        )  # fmt: skip

    def add(self, made: Observation) -> None:
        """Keep an observation, unless the same was made on a path that knew the same."""
        here = self._kept.setdefault((made.kind, id(made.expr), made.values), {})
        known = (made.lengths, made.classes, made.tested, frozenset(made.facts.items()))
        if known in here:
            return
        if len(here) >= MOST_PER_PLACE:
            self.left_out += 1
            return
        here[known] = made
        self.places.add(id(made.expr))

    @property
    def all(self) -> tuple[Observation, ...]:
        """Every observation kept, in the order of the first at each place."""
        return tuple(made for here in self._kept.values() for made in here.values())


def continued(
    template: Observation, state: State, history: frozenset[Side], trail: Mark | None
) -> Iterator[Observation]:
    """A summary's observation as made on the path of ``state``: at most one, none when it cannot be.

    ``history`` and ``trail`` are the summary's, as they read in this run.
    """
    lengths, classes = intersect(state.lengths, template.lengths), state.classes & template.classes
    facts = dict(state.facts)
    for key, values in template.facts.items():
        facts[key] = intersect(facts.get(key, INTEGERS), values)
    if lengths and classes and all(facts.values()) and _still_made(template, lengths):
        changes = {
            "lengths": lengths,
            "classes": classes,
            "facts": facts,
            "history": state.history | history,
            "trail": trail,
            "tested": state.tested or template.tested,
        }
        yield msgspec.structs.replace(template, **changes)


def lacking(at: Value | None, size: Value | None, lengths: Intervals) -> bool:
    """Whether frames of ``lengths`` may lack some of the ``size`` bytes at ``at``; False when unknown."""
    known = isinstance(at, Pointer) and at.offset is not None and at.beyond is None and isinstance(size, Int)
    return known and at.offset + size.value > lengths[0][0]  # type: ignore[union-attr, operator]


def missing(at: Value | None) -> bool:
    """Whether a pointer is the null that an accessor gave for want of bytes, and nobody looked at."""
    return isinstance(at, Pointer) and at.path.startswith(MISSING)


def _still_made(template: Observation, lengths: Intervals) -> bool:
    """Whether what was observed of any frame is also observed of those of ``lengths``."""
    first, *rest = template.values
    match template.kind, template.expr:
        case "read", _:
            return missing(first) or lacking(first, rest[0], lengths)
        case "astray", _:
            return bool(astray(first, lengths))
        case "misjudged", Binary(op=op):
            return bool(misjudged(op, first, rest[0], lengths))
        case "unbounded", _:
            return bool(too_large(rest[0], lengths))
        case _:
            return True
