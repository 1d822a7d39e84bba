"""Generated drivers in, how their policies compare with their execution out."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from auditor.knowledge import Protocols
from auditor.pipeline import read_policies
from auditor.settings import Settings
from tests.oracle.build import execute
from tests.oracle.compare import Comparison, compare
from tests.oracle.generate import source
from tests.oracle.variants import Variant, variants

LENGTHS = ((0, 130), (250, 330), (1490, 1550))
"""Where the generated constants and the wraps of 8 bits are."""


def compared(made: list[str]) -> Comparison:
    """What the policies of these drivers and their execution have to do with each other."""
    with TemporaryDirectory(prefix="oracle-") as folder:
        file = Path(folder) / "made.c"
        file.write_text(source(made), encoding="utf-8")
        tree, analysis = read_policies(Settings(paths=(file,)))
        kinds = few(tree.knowledge.protocols)
        executed = execute(
            tree.program, analysis, tree.knowledge.protocols, Path(folder), lengths=LENGTHS, kinds=kinds
        )
    return compare(executed)


def few(protocols: Protocols) -> tuple[Variant, ...]:
    """One variant of each class, two of some; a broadcast among them."""
    left_out = (0x88B5, 0x0842, 0x0600, 0x9100)
    chosen: dict[tuple[str, int], Variant] = {}
    for variant in variants(protocols, frozenset({2})):
        chosen.setdefault((variant.frame_class, variant.ethertype), variant)
    others = [
        v for v in variants(protocols, frozenset({2})) if v.name in ("DHCP request", "0x0806 broadcast")
    ]
    return (*(v for v in chosen.values() if v.ethertype not in left_out), *others)


def wrong(comparison: Comparison) -> list[str]:
    """Disagreements, but for behaviour that C leaves undefined."""
    return [str(d) for d in comparison.disagreements if d.kind != "undefined"]
