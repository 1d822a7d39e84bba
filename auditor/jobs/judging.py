"""One driver judged: its linked program comes in, everything the report says about it goes out."""

from __future__ import annotations

from functools import cache, partial

import msgspec

from auditor.capture.frames import cut_frames, witnesses
from auditor.constants import ConstantGraph, build_graph, comparisons
from auditor.ir import Program
from auditor.jobs.part import Part, part_of
from auditor.knowledge import Knowledge
from auditor.model import Sources
from auditor.policy import Analysis, analyse
from auditor.rules import LoadedRule, RuleContext, check_rules
from auditor.settings import Settings


def judged(program: Program, knowledge: Knowledge, settings: Settings, rules: tuple[LoadedRule, ...]) -> Part:
    """Policies, constants and rules over one program. What a rule raises goes through, with its name."""
    constants = build_graph(program, knowledge.protocols)
    return ruled(program, knowledge, constants, analyse(program, knowledge, settings), settings, rules)


def ruled(
    program: Program, knowledge: Knowledge, constants: ConstantGraph, analysis: Analysis, settings: Settings,
    rules: tuple[LoadedRule, ...],
) -> Part:  # fmt: skip
    """What the rules make of an analysed program."""
    context = RuleContext(
        analysis=analysis,
        program=program,
        knowledge=knowledge,
        provenance=constants.provenance,
        sites=cache(lambda: tuple(comparisons(program, constants))),
        witnesses=partial(witnesses, knowledge.protocols),
        cut_frames=partial(cut_frames, knowledge.protocols),
        lines=Sources(program.base, settings.patched).lines,
    )
    part = part_of(program, analysis)
    return msgspec.structs.replace(part, findings=tuple(check_rules(rules, context)))
