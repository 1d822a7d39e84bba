"""sarif-om objects in, JSON text out: only what is set and differs from the standard's default.

The package's own way through ``jsonpickle`` takes half a minute for ten thousand results; reading each
class's attrs metadata once takes two seconds.
"""

from __future__ import annotations

import json
from typing import Any

import attrs

RENAMED = {("Suppression", "state"): "status"}
"""Properties that the package has under the names of an earlier draft of the standard."""

Fields = tuple[tuple[str, str, object], ...]
ALWAYS = frozenset({"level", "results"})
"""Written even when default or empty: readers differ on a missing level, and no results is a result."""


def serialise(log: object, indented: bool = True) -> str:
    """``log`` as JSON text in ASCII with a final newline, in the order of the package's fields."""
    return json.dumps(_plain(log, {}), indent=2 if indented else None) + "\n"


def _plain(node: Any, known: dict[type, Fields]) -> Any:
    """``node`` as dicts and lists; ``known`` keeps the fields of the classes met so far."""
    if isinstance(node, (list, tuple)):
        return [_plain(item, known) for item in node]
    if isinstance(node, dict):
        return {key: _plain(value, known) for key, value in node.items()}
    if not attrs.has(type(node)):
        return node
    if type(node) not in known:
        known[type(node)] = _fields(type(node))
    written = {}
    for attribute, name, default in known[type(node)]:
        value = getattr(node, attribute)
        if value is None or (name not in ALWAYS and (value == default or value == [])):
            continue
        written[name] = _plain(value, known)
    return written


def _fields(of: type) -> Fields:
    """Attribute, property name and default of every field of a sarif-om class."""
    return tuple(
        (f.name, RENAMED.get((of.__name__, f.name), f.metadata["schema_property_name"]), _default(f.default))
        for f in attrs.fields(of)
    )


def _default(default: Any) -> object:
    return default.factory() if hasattr(default, "factory") else default
