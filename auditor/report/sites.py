"""Comparisons and the analysis in, the answer to "where is 34?" out, as text."""

from __future__ import annotations

import textwrap

from auditor.constants import Site
from auditor.ir import Program
from auditor.model import describe
from auditor.policy import Analysis
from auditor.report.decisions import sentences
from auditor.report.wording import plural

LONGEST = 400  # characters of one remark; source that was not understood can be a whole function


def render(number: int, sites: list[Site], analysis: Analysis, program: Program, width: int = 80) -> str:
    """Each site whose threshold is ``number`` bytes, the sum it comes from, and what it decides."""
    lines = [f"{plural(len(sites), 'comparison')} with the threshold {number}"]
    for site in sites:
        lines += ["", f"{site.at} in {site.function}"]
        for text in (site.text, describe(site.term), *sentences(site, analysis, program)):
            text = text if len(text) <= LONGEST else text[:LONGEST] + " ..."
            lines += textwrap.wrap(
                text, width, initial_indent="  ", subsequent_indent="    ",
                break_long_words=False, break_on_hyphens=False,
            )  # fmt: skip
    return "\n".join(lines) + "\n"
