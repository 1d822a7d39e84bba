"""A difference made of header fields in, values of the fields for which it is below 0 on a path out.

Differences count in exact integers: what C makes of one below 0 is another question.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, product

import msgspec

from auditor.policy.numbers.intervals import INTEGERS, Intervals, contains
from auditor.policy.numbers.lengths import frame_length
from auditor.policy.numbers.linear import Linear, linear
from auditor.policy.numbers.values import Bytes, Op, Sym, Value, parts

LENGTH = frame_length()
"""The frame's length, where it is a part of a difference."""

MOST_PARTS = 4
"""Fields that are told apart; a difference of more, or one checked against more, is not looked at."""

Values = dict[Value, int]
"""A number for each field, and for ``LENGTH``."""


class Known(msgspec.Struct, frozen=True):
    """What a path knows: ``facts`` about unknown values and the ``lengths`` of its frames.

    ``signed`` tells whether the driver compares such differences with their sign. One without a sign that
    is less than another is not below 0.
    """

    facts: dict[Value, Intervals]
    lengths: Intervals
    signed: bool = True

    def limits(self, field: Value) -> tuple[int, int]:
        """The smallest and the largest number that a field, or the length, can be."""
        if not isinstance(field, Bytes):
            return self.lengths[0][0], self.lengths[-1][1]
        most = ((1 << 8 * field.width) - 1) >> field.shift & field.mask
        own = self.facts.get(field, INTEGERS)
        return max(0, own[0][0]), min(most, own[-1][1])

    def least(self, made: Linear) -> int:
        """A bound below what the difference can be, by the limits of its fields."""
        ends = ((times, self.limits(field)) for field, times in _parts(made).items())
        return made.constant + sum(times * limits[times < 0] for times, limits in ends)


def below_zero(value: Value, known: Known) -> Values:
    """Values of the fields for which ``value`` is below 0 and all holds that the path knows; empty when none.

    What is not understood of the facts about these fields speaks for the driver.
    """
    made = linear(value)
    if not _is_difference(made) or known.least(made) >= 0:
        return {}
    fields = set(_parts(made))
    checks: list[Linear] = []
    for key, values in known.facts.items():
        if fields.isdisjoint(_fields(key)):
            continue
        found = list(_checks(key, values, known.signed))
        if not found:
            return {}
        checks += found
    return {} if _proved(made, checks, known) else _example(made, checks, known)


def _is_difference(made: Linear) -> bool:
    """Whether nothing but fields and the length is added and subtracted."""
    return 0 < len(made.terms) < MOST_PARTS and all(isinstance(term, Bytes) for term in made.terms)


def _parts(made: Linear) -> dict[Value, int]:
    return made.terms | ({LENGTH: made.slope} if made.slope else {})


def _fields(key: Value) -> set[Value]:
    """The fields that a fact speaks about, be it as arguments of a call."""
    found: set[Value] = set()
    for part in parts(key):
        if isinstance(part, Bytes):
            found.add(part)
        elif isinstance(part, Sym):
            given = (argument for argument in part.key if isinstance(argument, (Op, Bytes)))
            found = found.union(*(_fields(argument) for argument in given))
    return found


def _checks(key: Value, values: Intervals, signed: bool) -> Iterator[Linear]:
    """Sums that are 0 or more because ``key`` is one of ``values``; none when that is not understood."""
    if isinstance(key, Op) and key.op in ("<", "=="):
        left, right = linear(key.left), linear(key.right)
        ordered = left.plus(right, -1)
        if not (_is_sum(left) and _is_sum(right)):
            return
        if key.op == "<":
            less, more = (right, left) if values == ((0, 0),) else (left, right)
            yield more.plus(less, -1).plus(Linear(0, 0 if less is right else -1, {}))
            yield from () if signed and not ordered.slope else (less,)  # a length has no sign, as a rule
        elif values == ((0, 0),):
            yield Linear(0, 0, {})  # they differ: that says nothing about which is more
        else:
            yield from (ordered, Linear(0, 0, {}).plus(ordered, -1))
        return
    made = linear(key)
    if _is_sum(made):
        low, high = values[0][0], values[-1][1]
        yield made.plus(Linear(0, max(low, INTEGERS[0][0]), {}), -1)
        yield Linear(0, high, {}).plus(made, -1)
        yield from () if signed or high >= INTEGERS[0][1] else (made,)


def _is_sum(made: Linear) -> bool:
    return all(isinstance(term, Bytes) for term in made.terms)


def _proved(made: Linear, checks: list[Linear], known: Known) -> bool:
    """Whether the difference cannot be below 0: by its fields' limits and by one or two checks."""
    tried: list[tuple[Linear, ...]] = [*((check,) for check in checks), *combinations(checks, 2)]
    for used in tried:
        rest = made
        for check in used:
            rest = rest.plus(check, -1)
        if known.least(rest) >= 0:
            return True
    return False


def _example(made: Linear, checks: list[Linear], known: Known) -> Values:
    """Values near the limits of all fields for which every check passes and the difference is below 0."""
    fields = list(dict.fromkeys(field for one in (made, *checks) for field in _parts(one)))
    if len(fields) > MOST_PARTS:
        return {}
    for chosen in product(*(_tried(field, known) for field in fields)):
        values = dict(zip(fields, chosen, strict=True))
        if _at(made, values) < 0 and all(_at(check, values) >= 0 for check in checks):
            return {field: values[field] for field in _parts(made)}
    return {}


def _at(made: Linear, values: Values) -> int:
    return made.constant + sum(times * values[field] for field, times in _parts(made).items())


def _tried(field: Value, known: Known) -> list[int]:
    low, high = known.limits(field)
    near = {low, low + 1, low + 4, low + 20, 60, 1514, high - 1, high}
    own = known.facts.get(field, INTEGERS)
    return sorted(n for n in near if low <= n <= high and contains(own, n))
