"""The SARIF logs of a tree's shards come in, one log with a single run goes out, as one scan would write it.

A log is somebody's file: whatever it holds is checked before it is used.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from auditor.model import UsageError
from auditor.report.sarif_limits import MOST_RESULTS
from auditor.report.shard_log import run_of

Json = dict[str, Any]

_LEVELS = ("none", "note", "warning", "error")
_ALIKE = ("columnKind", "originalUriBaseIds", "versionControlProvenance")


def merged(logs: Sequence[tuple[Path, bytes]]) -> str:
    """One log of all ``logs`` (file name and content). Raises UsageError for what cannot be merged.

    Results that several shards give (of a header that they share) stay once, notifications too.
    """
    runs = [run_of(path, data) for path, data in logs]
    first = runs[0]
    for (path, _), run in zip(logs, runs, strict=True):
        if _tool(run) != _tool(first):
            raise UsageError(f"{path}: was made by another version or with other rules than {logs[0][0]}")
    results = sorted(_once(result for run in runs for result in run["results"]), key=_place)
    worst = sorted(results, key=_weight, reverse=True)[:MOST_RESULTS]
    notes = _once(note for run in runs for note in _invocation(run).get("toolExecutionNotifications", []))
    kinds = _once(kind for run in runs for kind in _driver(run).get("notifications", []))
    invocation: Json = {"executionSuccessful": all(_invocation(r)["executionSuccessful"] for r in runs)}
    if notes:
        invocation["toolExecutionNotifications"] = sorted(notes, key=_place)
    driver = dict(_driver(first))
    if kinds:
        driver["notifications"] = sorted(kinds, key=lambda kind: str(kind.get("id")))
    whole = first | {
        "tool": {"driver": driver},
        "invocations": [invocation],
        "results": sorted(worst, key=_place),
    }
    whole |= {name: run[name] for run in runs for name in _ALIKE if name in run}
    log = json.loads(logs[0][1]) | {"runs": [whole]}
    try:
        return json.dumps(log, indent=2) + "\n"
    except RecursionError as error:
        raise UsageError(f"{logs[0][0]}: is nested too deeply to be written again") from error


def _driver(run: Json) -> Json:
    driver: Json = run["tool"]["driver"]
    return driver


def _invocation(run: Json) -> Json:
    invocation: Json = run["invocations"][0]
    return invocation


def _tool(run: Json) -> object:
    driver = _driver(run)
    return driver.get("version"), driver.get("rules"), run.get("automationDetails")


def _once(items: Iterable[Json]) -> list[Json]:
    return list({json.dumps(item, sort_keys=True): item for item in items}.values())


def _place(item: Json) -> tuple[str, int, int, str, str]:
    """Where a result or notification stands, for the order that a scan gives them."""
    physical = item["locations"][0]["physicalLocation"] if item.get("locations") else {}
    region = physical.get("region", {})
    name = unquote(str(physical.get("artifactLocation", {}).get("uri", "")))
    kind = item.get("ruleId") or item.get("descriptor", {}).get("id", "")
    message = str(item.get("message", {}).get("text", ""))
    return name, int(region.get("startLine", 0)), int(region.get("startColumn", 0)), str(kind), message


def _weight(result: Json) -> tuple[int, float]:
    level = result.get("level", "warning")
    return _LEVELS.index(level) if level in _LEVELS else 0, float(result.get("rank", -1.0))
