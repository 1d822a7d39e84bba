"""What a rule is given: the analysis, and two questions it may ask."""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from auditor.constants import Site
from auditor.ir import Expression, Program
from auditor.knowledge import Knowledge
from auditor.model import Loss, Term, Witness
from auditor.policy import Analysis


class RuleContext(msgspec.Struct, frozen=True, kw_only=True):
    """Everything a rule sees; nothing of it may be changed.

    ``sites`` gives the comparisons with a constant, by place, each with its threshold and the constant's
    sum, computed when a rule first asks; ``provenance`` gives the sum of any other expression
    (34 = 14 [L2] + 20 [L3]). ``witnesses`` gives real frames within the lost lengths (bytes, L2 without
    FCS), the most telling first, empty when there are none. ``lines`` gives a file's text as it is spelled.
    ``cut_frames`` gives real frames of some classes, cut to a number of bytes, the most telling first.
    """

    analysis: Analysis
    program: Program
    knowledge: Knowledge
    sites: Callable[[], tuple[Site, ...]]
    provenance: Callable[[Expression], Term]
    witnesses: Callable[[tuple[Loss, ...]], tuple[Witness, ...]]
    cut_frames: Callable[[frozenset[str], int], tuple[Witness, ...]] = lambda classes, length: ()
    lines: Callable[[str], tuple[str, ...]] = lambda file: ()
