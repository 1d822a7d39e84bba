"""The bytes of somebody's SARIF log come in, its run goes out when it has the shape of one of lenaudit's."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any, Literal

import msgspec

from auditor.model import UsageError

MOST_LINE = 2**31 - 1
"""SARIF's viewers count lines in 32 bits."""


class _Text(msgspec.Struct, frozen=True):
    text: str = ""


class _Named(msgspec.Struct, frozen=True):
    id: str = ""


class _Artifact(msgspec.Struct, frozen=True):
    uri: str = ""


class _Region(msgspec.Struct, rename="camel", frozen=True):
    start_line: Annotated[int, msgspec.Meta(ge=0, le=MOST_LINE)] = 0
    start_column: Annotated[int, msgspec.Meta(ge=0, le=MOST_LINE)] = 0


class _Physical(msgspec.Struct, rename="camel", frozen=True):
    artifact_location: _Artifact = _Artifact()
    region: _Region = _Region()


class _Place(msgspec.Struct, rename="camel", frozen=True):
    physical_location: _Physical


class _Item(msgspec.Struct, rename="camel", frozen=True):
    """A result or a notification."""

    message: _Text = _Text()
    locations: tuple[_Place, ...] = ()
    rule_id: str = ""
    descriptor: _Named = _Named()
    level: str = "warning"
    rank: float = -1.0


class _Invocation(msgspec.Struct, rename="camel", frozen=True):
    execution_successful: bool
    tool_execution_notifications: tuple[_Item, ...] = ()


class _Driver(msgspec.Struct, frozen=True):
    name: Literal["lenaudit"]
    rules: tuple[dict[str, Any], ...]
    notifications: tuple[_Named, ...] = ()


class _Tool(msgspec.Struct, frozen=True):
    driver: _Driver


class _Run(msgspec.Struct, frozen=True):
    tool: _Tool
    invocations: Annotated[tuple[_Invocation, ...], msgspec.Meta(min_length=1)]
    results: tuple[_Item, ...]


class _Log(msgspec.Struct, frozen=True):
    """What is used of a log; everything else goes through as it is."""

    version: Literal["2.1.0"]
    runs: tuple[_Run]


def run_of(path: Path, data: bytes) -> dict[str, Any]:
    """The one run of a log of lenaudit's, with everything in it. Raises UsageError."""
    try:
        msgspec.json.decode(data, type=_Log)
        run: dict[str, Any] = json.loads(data)["runs"][0]
    except (ValueError, msgspec.MsgspecError, RecursionError) as error:
        raise UsageError(
            f"{path}: is no SARIF log of lenaudit's: {error}", "make it with lenaudit scan --sarif"
        ) from error
    return run
