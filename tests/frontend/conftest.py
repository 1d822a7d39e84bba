"""C text in, its lowered module out: what the front end's tests share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from auditor import frontend
from auditor.frontend.load import load
from auditor.ir import Expression, Function, Module, expressions, statements, walk
from auditor.knowledge import Knowledge, load_knowledge
from auditor.settings import Settings

Lower = Callable[..., Module]


@pytest.fixture(scope="session")
def knowledge() -> Knowledge:
    return load_knowledge()


@pytest.fixture
def lower(tmp_path: Path, knowledge: Knowledge) -> Lower:
    """Lowers one file of the given text (or bytes), other files beside it by keyword ``beside``."""

    def lowered(
        text: str | bytes,
        *,
        name: str = "a.c",
        platform: str = "generic",
        beside: dict[str, str] | None = None,
    ) -> Module:
        for other, content in (beside or {}).items():
            (tmp_path / other).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / other).write_text(content, encoding="utf-8")
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
        settings = Settings(paths=(path,), platform=platform)
        return load(frontend.find(settings), settings, knowledge).modules[0]

    return lowered


def function(module: Module, name: str = "f") -> Function:
    return next(f for f in module.functions if f.name == name)


def statement(module: Module, kind: type, name: str = "f"):  # type: ignore[no-untyped-def]
    """The first statement of ``kind`` in a function."""
    return next(n for n in walk(function(module, name).body) if isinstance(n, kind))


def expressions_of(module: Module, kind: type, name: str = "f"):  # type: ignore[no-untyped-def]
    """Every expression of ``kind`` in a function, in reading order."""
    return [n for n in walk(function(module, name).body) if isinstance(n, kind)]


def returned(module: Module, name: str = "f") -> Expression:
    """What the (first) return of a function gives back."""
    found: Expression = statement(module, statements.Return, name).expr
    return found


def plain(expression: Expression) -> Expression:
    """Without implicit conversions."""
    while isinstance(expression, expressions.Cast) and expression.implicit:
        expression = expression.operand
    return expression
