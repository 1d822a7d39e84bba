"""Findings and source text in, findings marked as suppressed out, with a gap for every comment that is wrong.

``/* lenaudit: ignore[rule-id] -- reason */`` after code speaks about its own line, alone on its line about
the next one; several ids are separated by commas, and the reason is required.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import msgspec

from auditor.model import Finding, Gap, Location, Sources, nearest

SIGN = "lenaudit:"
COMMENT = re.compile(r"(?:/\*|//)\s*lenaudit:\s*ignore\[(?P<rules>[^\]\[]*)\]")
END = "*/"
MOST_HINTS = 100
"""Unknown rules of one scan that are compared with all that there are: a file may name a hundred thousand."""

REASON = re.compile(r"--\s*(?P<reason>\S.*)")


class Suppression(msgspec.Struct, frozen=True):
    """One comment: the rules it names, the line it speaks about, and why (empty when it does not say)."""

    rules: tuple[str, ...]
    line: int
    reason: str
    at: Location


def suppress(
    findings: Iterable[Finding],
    sources: Sources,
    files: Iterable[str],
    ran: frozenset[str],
    known: frozenset[str] = frozenset(),
) -> tuple[tuple[Finding, ...], tuple[Gap, ...]]:
    """``findings`` with ``suppressed`` set where a comment says so, and notes about comments without effect.

    A comment that names a rule not in ``ran`` is left alone: whether it is needed cannot be known. One that
    names a rule not in ``known`` is noted, unless that is empty.
    """
    comments = [c for file in files for c in _comments(file, sources)]
    by_place = {(c.at.file, c.line, rule): c for c in comments if c.reason for rule in c.rules}
    used, marked = set(), []
    for finding in findings:
        place = (finding.at.file, finding.at.line, finding.rule)
        if comment := by_place.get(place):
            used.add(place)
            finding = msgspec.structs.replace(finding, suppressed=comment.reason)
        marked.append(finding)
    return tuple(marked), tuple(_gaps(comments, used, ran, known))


def _comments(file: str, sources: Sources) -> Iterator[Suppression]:
    if SIGN not in sources.text(file):  # few files have any: the others need not be split into lines
        return
    for number, line in enumerate(sources.lines(file), 1):
        if SIGN not in line:
            continue
        end = 0
        while match := COMMENT.search(line, end):  # one pattern for all of it would take a line's square
            closed = line.find(END, match.end())
            rest = line[match.end() : closed if closed >= 0 else len(line)].strip()
            end = closed + len(END) if closed >= 0 else len(line)
            alone = not line[: match.start()].strip()
            reason = REASON.fullmatch(rest)
            yield Suppression(
                rules=tuple(name.strip() for name in match["rules"].split(",") if name.strip()),
                line=number + 1 if alone else number,
                reason=reason["reason"] if reason else "",
                at=Location(file, number, match.start() + 1, number, end + 1),
            )


def _gaps(
    comments: list[Suppression], used: set[tuple[str, int, str]], ran: frozenset[str], known: frozenset[str]
) -> Iterator[Gap]:
    hints = MOST_HINTS
    for comment in comments:
        if not comment.reason:
            yield _note(comment, "suppression without a reason has no effect; write '-- why' behind the ]")
            continue
        for rule in comment.rules:
            if rule in ran and (comment.at.file, comment.line, rule) not in used:
                yield _note(comment, f"suppression of {rule} suppresses nothing; remove it")
            elif known and rule not in known:
                hint = nearest(rule, known) if hints else ""
                hints = max(0, hints - 1)
                yield _note(comment, f"suppression of {rule}: there is no such rule{'; ' * bool(hint)}{hint}")


def _note(comment: Suppression, message: str) -> Gap:
    return Gap(kind="suppression", message=message, at=comment.at, level="note")
