"""The rules that there are and the user's wishes come in, the rules to run go out; no rule is executed."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from auditor.model import RuleDoc, UsageError, nearest


def rule_ids(folders: Iterable[Path]) -> frozenset[str]:
    """The ids of all rules of ``folders``, whether or not they load."""
    return frozenset(file.stem for folder in folders for file in folder.glob("*.py"))


def choose(
    docs: tuple[RuleDoc, ...], select: tuple[str, ...], ignore: tuple[str, ...], named: Iterable[str] = ()
) -> tuple[RuleDoc, ...]:
    """The rules to run: ``select`` (or all that are on by default) without ``ignore``.

    Raises UsageError for an id in any of these or in ``named`` that no rule has.
    """
    known = {doc.id for doc in docs}
    for name in (*select, *ignore, *named):
        if name not in known:
            hint = nearest(name, known) or f"rules: {', '.join(sorted(known))}"
            raise UsageError(f"there is no rule {name!r}", hint)
    return tuple(
        doc for doc in docs if (doc.id in select if select else doc.rule.default_on) and doc.id not in ignore
    )
