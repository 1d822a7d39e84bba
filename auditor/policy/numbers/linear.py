"""Abstract values in, sums out: how often the frame's length counts, which unknowns are added."""

from __future__ import annotations

import msgspec

from auditor.policy.numbers.lengths import Length
from auditor.policy.numbers.values import Int, Op, Value

NARROWEST = 16
"""A conversion to fewer bits than this cuts a length off; to more, it leaves one of at most 65535 alone."""


class Linear(msgspec.Struct, frozen=True):
    """``slope * L + constant``, plus each of ``terms`` as often as it says."""

    slope: int
    constant: int
    terms: dict[Value, int]

    def plus(self, other: Linear, factor: int = 1) -> Linear:
        """The sum of this and ``factor`` times another."""
        terms = dict(self.terms)
        for term, times in other.terms.items():
            terms[term] = terms.get(term, 0) + factor * times
        return Linear(
            self.slope + factor * other.slope,
            self.constant + factor * other.constant,
            {term: times for term, times in terms.items() if times},
        )


NOTHING = Linear(0, 0, {})


def linear(value: Value) -> Linear:
    """``value`` as a sum; what is no sum is a term of its own. Wrap-around is left out of account."""
    match value:
        case Int(value=number):
            return Linear(0, number, {})
        case Length(shift=int() as shift):
            return Linear(1, shift, {})
        case Op(op="+", left=left, right=right):
            return linear(left).plus(linear(right))
        case Op(op="-", left=left, right=right):
            return linear(left).plus(linear(right), -1)
        case Op(op="*", left=left, right=Int(value=times)):
            return NOTHING.plus(linear(left), times)
        case Op(op="<<", left=left, right=Int(value=bits)) if 0 <= bits < NARROWEST:
            return NOTHING.plus(linear(left), 1 << bits)
        case Op(op="cast", left=left, right=Int(value=bits)) if bits >= NARROWEST:
            return linear(left)
        case _:
            return Linear(0, 0, {value: 1})
