"""A minimum and the places that read frame bytes in, the text with its guard behind the next read out."""

from __future__ import annotations

import re

from mutant_sites import Site

from auditor.ir import Program, walk
from auditor.ir import statements as s
from auditor.model import Location

MOVED = "move the guard behind the read"
STOPS = (s.Case, s.Default, s.Label, s.Return, s.Goto, s.Break, s.Continue)
"""What no guard is moved over: other paths join there, or the guard would be dead code."""


def moved(text: str, site: Site, program: Program, reads: frozenset[Location]) -> str | None:
    """``text`` with the site's ``if (...) leave;`` behind the next statement of its block that reads.

    No line moves: the lines left behind are blank, and the guard stands at the end of the reading statement.
    ``reads`` are expressions that read frame bytes. None where nothing in the block reads behind the guard,
    or where the guard is no such statement or a maximum, or holds a line comment or a directive.
    """
    found = _guard_and_reader(site, program, reads) if site.source != "maximum" else None
    if found is None:
        return None
    starts = [0]
    for line in text.split("\n"):
        starts.append(starts[-1] + len(line) + 1)
    guard, reader = ((_begin(starts, at), _end(text, starts, at)) for at in found)
    spelled = text[slice(*guard)]
    if not spelled.startswith("if") or "//" in spelled or "#" in spelled or guard[1] > reader[0]:
        return None
    left = "\n" * spelled.count("\n")
    between = text[guard[1] : reader[1]]
    return f"{text[: guard[0]]}{left}{between} {' '.join(spelled.split())}{text[reader[1] :]}"


def _guard_and_reader(
    site: Site, program: Program, reads: frozenset[Location]
) -> tuple[Location, Location] | None:
    for function in program.functions():
        for block in walk(function.body) if function.file == site.file else ():
            if not isinstance(block, s.Block):
                continue
            for number, statement in enumerate(block.body):
                if _is_guard(statement, site):
                    reader = _reader(block.body[number + 1 :], reads)
                    return (statement.at, reader.at) if reader is not None else None
    return None


def _is_guard(statement: s.Statement, site: Site) -> bool:
    if not isinstance(statement, s.If) or statement.otherwise is not None or not _leaves(statement.then):
        return False
    places = ((part.at.line, part.at.column - 1) for part in walk(statement.test))
    return (site.line, site.start) in places


def _leaves(statement: s.Statement) -> bool:
    while isinstance(statement, s.Block) and statement.body:
        statement = statement.body[-1]
    return isinstance(statement, (s.Goto, s.Return))


def _reader(behind: tuple[s.Statement, ...], reads: frozenset[Location]) -> s.Statement | None:
    for statement in behind:
        if isinstance(statement, STOPS):
            return None
        if any(node.at in reads for node in walk(statement)):
            return statement
    return None


def _begin(starts: list[int], at: Location) -> int:
    return starts[at.line - 1] + at.column - 1


def _end(text: str, starts: list[int], at: Location) -> int:
    """Where a statement ends, with the semicolon that clang leaves out."""
    end = starts[at.end_line - 1] + at.end_column - 1
    closing = re.compile(r"\s*;").match(text, end)
    return closing.end() if closing and text[end - 1] not in ";}" else end
