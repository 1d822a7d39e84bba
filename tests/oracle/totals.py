"""Comparisons and findings in, the oracle's figures as lines out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from tests.oracle.compare import Comparison, Disagreement

LINES = {
    "fixtures": "fixtures run, each with every frame class in every setting",
    "fixture cells": "cells of fixtures compared",
    "fixture cells, one outcome": "of them with one claimed outcome",
    "generated": "generated drivers run",
    "generated cells": "cells of generated drivers compared",
    "over-reads": "cells where a driver read past the frame's end",
    "markers": "markers held against execution",
    "markers not borne out": "markers not borne out, or legal frames lost beside them",
    "reads not borne out": "reads past the end without a marker, and markers without such a read",
    "high": "findings of high confidence",
    "high, handed on": "findings of high confidence whose witness gets through",
    "claims": "cells claimed dropped, of frames that get through",
    "disagreements": "disagreements",
    "undefined": "disagreements where C leaves open what happens",
}


def of(kind: str, comparison: Comparison) -> Counter[str]:
    """The figures of one comparison of ``kind``: ``fixture`` or ``generated``."""
    wrong = [d for d in comparison.disagreements if d.kind != "undefined"]
    return Counter(
        {
            f"{kind} cells": comparison.cells,
            f"{kind} cells, one outcome": comparison.exact,
            "over-reads": comparison.over_reads,
            "claims": sum(_cells(d) for d in wrong if d.kind == "claim"),
            "disagreements": len(wrong),
            "undefined": len(comparison.disagreements) - len(wrong),
        }
    )


def _cells(disagreement: Disagreement) -> int:
    return disagreement.high - disagreement.low + 1


def lines(totals: Counter[str]) -> Iterable[str]:
    """The figures, one per line; those of parts that did not run are left out."""
    for key, text in LINES.items():
        if key in totals:
            yield f"{totals[key]:>12,}  {text}"
