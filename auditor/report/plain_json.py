"""A report in, lenaudit's own JSON out: the fields of ``auditor.model.Report`` as they are.

The object has ``format`` (this layout's number), ``version`` (of lenaudit) and the report's fields; bytes are
hexadecimal text, sets are sorted lists. Run time is left out: the same tree gives the same text.
"""

from __future__ import annotations

import json
from typing import Any

import msgspec

from auditor import __version__
from auditor.model import Location, Report

FORMAT = 1
LEFT_OUT = ("seconds", "command")


def render(report: Report) -> str:
    """The report as indented JSON text in ASCII with a final newline."""
    content = named(report)
    for name in LEFT_OUT:
        content.pop(name)
    head = {"format": FORMAT, "version": __version__}
    return json.dumps(head | content, indent=2) + "\n"


def named(value: object) -> Any:
    """``value`` as JSON has it: all structures as objects, those too that travel as arrays."""
    match value:
        case msgspec.Struct():
            return {name: named(getattr(value, name)) for name in value.__struct_fields__}
        case dict():
            return {key: named(one) for key, one in sorted(value.items())}
        case list() | tuple():
            return [named(one) for one in value]
        case set() | frozenset():
            return sorted(map(named, value))
        case bytes():
            return value.hex()
        case _:
            return value


def schema() -> str:
    """The JSON Schema (2020-12) of what ``render`` writes, as text."""
    described = msgspec.json.schema(Report)
    parts: dict[str, Any] = described["$defs"]
    place = parts["Location"]  # described as it travels
    members = zip(Location.__struct_fields__, place.pop("prefixItems"), strict=True)
    place |= {"type": "object", "properties": dict(members)}
    del place["minItems"]
    for part in parts.values():
        if properties := part.get("properties"):
            part["required"] = sorted(properties)  # defaults are written too
            part.pop("description", None)  # docs/json-format.md says it for readers of JSON
    for name in LEFT_OUT:
        parts["Report"]["properties"].pop(name)
    head = {"format": {"const": FORMAT}, "version": {"type": "string"}}
    parts["Report"]["properties"] = head | parts["Report"]["properties"]
    parts["Report"]["required"] = sorted(parts["Report"]["properties"])
    parts["Witness"]["properties"]["data"] = {"type": "string", "pattern": "^([0-9a-f]{2})*$"}
    title = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "lenaudit report"}
    return json.dumps(title | described, indent=2) + "\n"
