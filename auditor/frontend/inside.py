"""A folder and a path come in; whether the path, links followed, lies in the folder goes out."""

# Paths are text throughout the front end: clang gives and takes them so:

from __future__ import annotations

import os


def lies_in(base: str, path: str) -> bool:
    """Whether ``path`` is ``base`` or below it when every link is followed; ``base`` has none."""
    real = os.path.realpath(path)
    return real == base or real.startswith(base.rstrip(os.sep) + os.sep)
