"""Which reader gets files of which right shape, from the tests and from atheris."""

from __future__ import annotations

import tomllib
from collections.abc import Callable

from hypothesis import strategies as some

from benchmarks.fuzzing import seeds, shapes
from benchmarks.fuzzing.almost import packed, rows
from benchmarks.fuzzing.project_shapes import PROJECTS

SHAPES: dict[str, Callable[[], some.SearchStrategy[bytes]]] = {
    "compilation databases": lambda: shapes.DATABASES,
    "projects": lambda: PROJECTS,
    "baselines": lambda: shapes.BASELINES,
    "SARIF logs": lambda: shapes.LOGS,
    "settings": lambda: shapes.SETTINGS,
    "shared settings": lambda: shapes.SETTINGS.map(lambda data: b"[tool.lenaudit]\n" + data),
    "platform packs": lambda: shapes.PACKS,
    "protocols": lambda: shapes.protocols(tomllib.loads(seeds.protocols()[0].decode())),
    "captures, pcap": shapes.classic,
    "captures, pcapng": shapes.newer,
    "ignore files": lambda: shapes.IGNORES,
    "suppressions": lambda: shapes.COMMENTS,
    "repositories": shapes.repositories,
    "packed results": lambda: packed(seeds.plain(seeds.lowered()[0][1:]), *seeds.parts()),
    "cache rows": rows,
}
"""By the reader's name; made when they are asked for, because some start from data that takes a scan."""
