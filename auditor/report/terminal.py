"""The environment in, what the terminal wants out: how wide, in colour, with block characters."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

NARROWEST, USUAL, WIDEST = 40, 80, 120


def width() -> int:
    """The terminal's width in cells, 80 when there is none, never so wide that lines are hard to read."""
    return max(NARROWEST, min(shutil.get_terminal_size((USUAL, 24)).columns, WIDEST))


def wants_color(output: Path | None) -> bool:
    """As https://no-color.org and https://force-color.org ask; otherwise only on a terminal."""
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return output is None and sys.stdout.isatty() and os.environ.get("TERM") != "dumb"


def has_blocks(output: Path | None) -> bool:
    """Whether block characters can be written: always into files (UTF-8), on stdout as its encoding says."""
    if output is not None:
        return True
    try:
        "█▒░".encode(sys.stdout.encoding or "ascii")
    except (UnicodeEncodeError, LookupError):
        return False
    return True
