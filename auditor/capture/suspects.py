"""An observation and a tree's enforced bounds in, the checks whose limit lies where the losses say out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator

from auditor.constants import Site
from auditor.ir import Expression
from auditor.model import ETHERNET_HEADER, Cell, Location, Observation, Suspect, Term, Threshold
from auditor.policy import KNOWN, Bound, mode_text


def suspects(
    observed: Observation, bounds: Iterable[Bound], provenance: Callable[[Expression], Term]
) -> tuple[Suspect, ...]:
    """Every check with such a limit, best first: it drops the most of what was lost, and what arrived least.

    ``bounds`` count in bytes of the frame itself (L2 without FCS). A check that drops none of the lost
    frames comes last, with ``explained`` 0.
    """
    groups: dict[tuple[Location, str, int], list[Bound]] = defaultdict(list)
    bounds = [bound for bound in bounds if _applies(bound)]
    every = {bound.frame_class.id for bound in bounds}
    meant = set()
    for bound in bounds:
        threshold = bound.threshold + bound.shift - _header(observed)
        groups[bound.fork.at, bound.kind, threshold].append(bound)
        if any(_lies_in(bound, threshold, limit) for limit in observed.thresholds):
            meant.add((bound.fork.at, bound.kind, threshold))
    ranked = [(_suspect(observed, groups[key], every, provenance), groups[key]) for key in meant]
    ranked.sort(key=lambda one: _rank(*one))
    return tuple(suspect for suspect, _ in ranked)


def undecided(
    observed: Observation, sites: Iterable[Site], suspected: Iterable[Suspect]
) -> tuple[Location, ...]:
    """Comparisons with such a limit that drop nothing as far as was understood, without the ``suspected``."""
    known = {(one.at.file, one.at.line) for one in suspected}
    return tuple(
        site.at
        for site in sites
        if not site.is_assert and (site.at.file, site.at.line) not in known
        if any(limit.low <= site.threshold <= limit.high for limit in observed.thresholds)
    )


def _applies(bound: Bound) -> bool:
    """Ethernet classes only where the path carries Ethernet headers."""
    return bound.layer == "L2" or bound.frame_class.ip_version is not None


def _header(observed: Observation) -> int:
    """What a length of the observation lacks to be one of L2."""
    return ETHERNET_HEADER if observed.unit == "L3" else 0


def _lies_in(bound: Bound, threshold: int, limit: Threshold) -> bool:
    if bound.kind != limit.kind or not limit.low <= threshold <= limit.high:
        return False
    return not limit.classes or bound.frame_class.id in limit.classes


def _rank(suspect: Suspect, group: list[Bound]) -> tuple[int, int, bool, bool, bool, Location]:
    return (
        -suspect.explained,
        suspect.contradicted,
        all(bound.fork.narrowed for bound in group),
        not any(bound.entry.strong for bound in group),
        not any(bound.lost_fate.strength == KNOWN for bound in group),
        suspect.at,
    )


def _suspect(
    observed: Observation, group: list[Bound], every: set[str], provenance: Callable[[Expression], Term]
) -> Suspect:
    first = group[0]
    fork, header = first.fork, _header(observed)
    constant = fork.constant.source if fork.constant is not None else None
    cells = [cell for cell in observed.cells if cell.aside != "offload"]
    always = [bound for bound in group if bound.mode is None and not bound.fork.narrowed]
    return Suspect(
        at=fork.at,
        function=fork.function.rpartition("::")[2],
        text=str(fork.expr),
        kind=first.kind,
        threshold=first.threshold + first.shift - header,
        constant=None if constant is None else provenance(constant),
        explained=sum(cell.lost for cell in cells if _drops(group, cell, header)),
        contradicted=sum(cell.arrived for cell in cells if _drops(always, cell, header)),
        decisions=tuple(_decisions(group, every, header)),
    )


def _drops(bounds: list[Bound], cell: Cell, header: int) -> bool:
    return any(
        bound.frame_class.id == cell.frame_class
        and bound.low + bound.shift <= cell.length + header <= bound.high + bound.shift
        for bound in bounds
    )


def _decisions(group: list[Bound], every: set[str], header: int) -> Iterator[str]:
    """What the check drops, per entry point, mode and range of lengths."""
    classes: dict[tuple[str, str, int, int], dict[str, None]] = defaultdict(dict)
    for bound in group:
        lengths = (bound.low + bound.shift - header, bound.high + bound.shift - header)
        where = (bound.entry.function.name, mode_text(bound), max(0, lengths[0]), lengths[1])
        classes[where][bound.frame_class.id] = None
    for (entry, mode, low, high), names in classes.items():
        when = f" when {mode}" if mode else ""
        which = _classes(names, sorted(every - set(names)))
        yield f"drops {low}..{high} bytes of {which}{when}, entering at {entry}"


def _classes(names: Iterable[str], others: list[str]) -> str:
    listed = ", ".join(names)
    rest = f"every class but {', '.join(others)}" if others else "every class"
    return min(listed, rest, key=len)
