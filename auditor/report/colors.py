"""Lines of pieces with the names of their styles in, the same with a terminal's escape codes out."""

from __future__ import annotations

import io
from collections.abc import Iterable

from rich.console import Console
from rich.text import Text
from rich.theme import Theme

from auditor.report.fates import STYLES
from auditor.report.lengthmap import Line

THEME = Theme(
    {
        "error": "bold red", "warning": "bold yellow", "note": "bold cyan", "rule": "bold",
        "head": "bold", "caret": "bold red", "gutter": "dim", "where": "cyan",
    }
    | {name: style or "default" for name, style in STYLES.items()}
)  # fmt: skip


def colored(lines: Iterable[Line], width: int) -> str:
    """The lines, blanks at their ends left out; ``width`` cells do not break one that is longer."""
    out = io.StringIO()
    console = Console(
        file=out, width=width, theme=THEME, force_terminal=True, no_color=False, highlight=False,
        color_system="standard", legacy_windows=False,
    )  # fmt: skip
    for line in lines:
        pieces = Text.assemble(*line)
        pieces.rstrip()
        console.print(pieces, soft_wrap=True)
    return out.getvalue()
