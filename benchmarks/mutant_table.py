"""What became of the mutants in, the table per operator and the list of misses out."""

from __future__ import annotations

from collections import Counter
from typing import Any

from mutant_moves import MOVED

COLUMNS = (
    "operator", "made", "failed", "same policy", "changed", "lose legal", "found", "medium+", "missed",
    "elsewhere",
)  # fmt: skip


def show(drivers: list[dict[str, Any]]) -> str:
    """The whole report as text; ``drivers`` are ``Outcomes`` as plain data."""
    everything = [m for d in drivers for m in d["mutants"]]
    decided = [m for m in everything if m["source"] != "text"]
    spelled = [m for m in everything if m["source"] == "text"]
    parts = [_head(drivers), _table("guards that decide a bound", decided)]
    if spelled:
        parts.append(_table("guards by their text only, which decide no bound as they stand", spelled))
    unseen = [m for m in everything if m["operator"] == MOVED and not m["confidence"] and not m["failed"]]
    parts.append(_listed("moved behind a read and not found", unseen, _miss))
    parts += [_listed("missed", [m for m in everything if _missed(m)], _miss)]
    parts += [_listed("new alarms elsewhere", [m for m in everything if m["elsewhere"]], _elsewhere)]
    reasons = Counter(s["why"] for d in drivers for s in d["skipped"])
    left = "; ".join(f"{n} {why}" for why, n in reasons.items())
    parts.append(f"right guards not mutated: {left or 'none'}")
    return "\n\n".join(parts)


def _head(drivers: list[dict[str, Any]]) -> str:
    failures = Counter(d["failed"] for d in drivers if d["failed"])
    read = sum(1 for d in drivers if not d["failed"] or d["mutants"])
    sites = sum(d["sites"] for d in drivers)
    ended = "".join(f", {n} {why}" for why, n in failures.items())
    return f"{read} of {len(drivers)} drivers, {sites} guards{ended}"


def _missed(m: dict[str, Any]) -> bool:
    """A mutant that loses legal frames and has no finding at its line."""
    return bool(m["loses"]) and not m["confidence"]


def _table(title: str, mutants: list[dict[str, Any]]) -> str:
    operators = list(dict.fromkeys(m["operator"] for m in mutants))
    rows = [_row(name, [m for m in mutants if m["operator"] == name]) for name in operators]
    rows.append(_row("all", mutants))
    width = max(len(row[0]) for row in (*rows, COLUMNS))
    lines = [f"{row[0]:{width}} " + " ".join(f"{cell:>11}" for cell in row[1:]) for row in (COLUMNS, *rows)]
    return "\n".join([title, *lines])


def _row(name: str, here: list[dict[str, Any]]) -> tuple[str, ...]:
    counts = (
        len(here),
        sum(bool(m["failed"]) for m in here),
        sum(not m["changed"] and not m["failed"] for m in here),
        sum(m["changed"] for m in here),
        sum(m["loses"] for m in here),
        sum(bool(m["confidence"]) for m in here),
        sum(m["confidence"] in ("medium", "high") for m in here),
        sum(_missed(m) for m in here),
        sum(bool(m["elsewhere"]) for m in here),
    )
    return (name, *map(str, counts))


def _listed(title: str, mutants: list[dict[str, Any]], say: Any) -> str:
    return "\n".join([f"{title}: {len(mutants)}", *(f"  {say(m)}" for m in mutants)])


def _miss(m: dict[str, Any]) -> str:
    notes = (["decides a part of a class only"] if m["narrowed"] else []) + list(m["beside"])
    noted = f" [{'; '.join(notes)}]" if notes else ""
    return f"{m['at']}: {m['operator']}: {m['before']} -> {m['after']}{noted}"


def _elsewhere(m: dict[str, Any]) -> str:
    return f"{m['at']}: {m['operator']}: {m['after']}: {', '.join(m['elsewhere'])}"
