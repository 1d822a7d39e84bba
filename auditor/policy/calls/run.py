"""What one run of an entry point found."""

from __future__ import annotations

import msgspec

from auditor.knowledge import LengthField
from auditor.policy.expressions.observations import Observation
from auditor.policy.numbers.values import Value
from auditor.policy.paths.forks import Fork, Reach
from auditor.policy.statements.walker import Leaf


class Run(msgspec.Struct, frozen=True, eq=False):
    """Everything one run found; ``notes`` say what bounds it met.

    ``explored`` when no path was left out: facts that were forgotten only add paths. ``declared`` are the
    values that were read from length fields of headers, before any swap of their bytes. ``files`` are those
    of the functions that calls led to.
    """

    leaves: tuple[Leaf, ...]
    forks: tuple[Fork, ...]
    reach: dict[int, Reach]
    observations: tuple[Observation, ...]
    steps: int
    notes: tuple[str, ...]
    explored: bool
    reads_ethertype: bool
    reads_version: bool
    declared: dict[Value, LengthField]
    files: frozenset[str] = frozenset()

    @property
    def complete(self) -> bool:
        """Whether every path was explored with all that was known about it."""
        return not self.notes
