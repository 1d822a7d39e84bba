"""A program comes in, the functions where frames enter it go out: those with a role, then candidates."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from auditor.knowledge import Knowledge
from auditor.policy.entry_points.candidates import candidate_of
from auditor.policy.entry_points.entry import Entry
from auditor.policy.entry_points.index import ProgramIndex
from auditor.policy.entry_points.roles import role_entries


def find_entries(index: ProgramIndex, knowledge: Knowledge) -> tuple[Entry, ...]:
    """Every entry point of the program: roles first, then candidates that no candidate calls."""
    program = index.program
    by_role: dict[int, Entry] = {}
    for entry in role_entries(index, knowledge):
        by_role.setdefault(id(entry.function), entry)
    candidates = {id(f): c for f in index.functions if (c := candidate_of(program, knowledge, f)) is not None}
    taken = {key for key, c in candidates.items() if _ends_the_path(c)}
    called = index.reachable(candidates.keys() | by_role.keys()) - taken
    free = [c for key, c in candidates.items() if key not in by_role and key not in called]
    reached = {*by_role, *index.reachable([*by_role, *(id(c.function) for c in free)])}
    for key, candidate in candidates.items():  # that only call each other: the first stands for all
        if key in called and key not in reached:
            free.append(candidate)
            reached |= {key} | index.reachable([key])
    known = (*by_role.values(), *free)
    return (*known, *_unpacking(index, known, [c for key, c in candidates.items() if key in called]))


def _unpacking(index: ProgramIndex, entries: tuple[Entry, ...], called: list[Entry]) -> Iterator[Entry]:
    """Candidates whose frames their callers take out of what they were given: an array of them, a ring.

    Such is a frame between two pointers when no entry that leads to it has one of its own.
    """
    known = {id(entry.function) for entry in entries}
    for candidate in called:
        if not _is_pair(candidate) or id(candidate.function) in known:
            continue
        above = [x for x in entries if id(candidate.function) in index.reachable([id(x.function)])]
        if not any(x.record == candidate.record for x in above):
            origins = {x.origin for x in above}
            names = ", ".join(dict.fromkeys(x.function.name for x in above))
            evidence = (*candidate.evidence, f"called from {names}")
            origin = origins.pop() if len(origins) == 1 else "unknown"
            yield msgspec.structs.replace(candidate, origin=origin, evidence=evidence)


def _ends_the_path(candidate: Entry) -> bool:
    """Whether calls of a function are not entered: the pack says that it takes the frame."""
    known = candidate.platform.effect(candidate.function.name)
    return known is not None and known.effect == "hand-on"


def _is_pair(entry: Entry) -> bool:
    """Whether the frame's record has no length, but pointers to its first byte and behind its last."""
    known = next((f for f in entry.platform.frames if f.record == entry.record), None)
    return entry.frame is not None and known is not None and bool(known.end) and not known.length
