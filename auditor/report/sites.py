"""Comparisons and enforced bounds in, the answer to "where is 34?" out, as text."""

from __future__ import annotations

import textwrap
from collections import defaultdict
from collections.abc import Iterable, Iterator

from auditor.constants import Site, describe
from auditor.policy import Bound
from auditor.policy.tables import mode_text
from auditor.report.wording import plural

LONGEST = 400  # characters of one remark; source that was not understood can be a whole function


def render(number: int, sites: list[Site], bounds: Iterable[Bound], width: int = 80) -> str:
    """Each site whose threshold is ``number`` bytes, the sum it comes from, and what it decides."""
    decided: dict[object, list[Bound]] = defaultdict(list)
    for bound in bounds:
        decided[bound.fork.at].append(bound)
    lines = [f"{plural(len(sites), 'comparison')} with the threshold {number}"]
    for site in sites:
        lines += ["", f"{site.at} in {site.function}"]
        for text in (site.text, describe(site.term), *_verdicts(site, decided[site.at])):
            text = text if len(text) <= LONGEST else text[:LONGEST] + " ..."
            lines += textwrap.wrap(text, width, initial_indent="  ", subsequent_indent="    ")
    return "\n".join(lines) + "\n"


def _verdicts(site: Site, bounds: list[Bound]) -> Iterator[str]:
    """What the comparison decides: one sentence per entry point, mode and range of lengths."""
    if not bounds:
        yield "an assertion: decides no drop" if site.is_assert else "decides no drop"
        return
    alike: dict[tuple[str, str, int, int], list[str]] = {}
    for bound in bounds:
        key = (bound.entry.function.name, mode_text(bound), bound.low + bound.shift, bound.high + bound.shift)
        names = alike.setdefault(key, [])
        if bound.frame_class.title not in names:
            names.append(bound.frame_class.title)
    for (entry, mode, low, high), names in alike.items():
        when = f" when {mode}" if mode else ""
        yield f"decides a drop in {entry}{when}: {low}..{high} bytes of {', '.join(names)}"
