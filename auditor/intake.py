"""Somebody's file comes in, its bytes or its TOML table go out; what cannot be one is a ConfigError.

A scanned tree may name such files, or hold them: nothing here blocks, reads without end, or takes time that
grows faster than the file.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from auditor.model import ConfigError

MOST_TABLE_BYTES = 512 << 10
"""Of a TOML file; the largest that lenaudit ships has 22 KB."""

MOST_DOTS = 500
"""In a line of a TOML file: its readers take the square of a dotted key's parts."""


def data_of(file: Path, most: int) -> bytes:
    """The bytes of a regular file. Raises ConfigError when it has more than ``most``, OSError."""
    if not file.is_file() and file.exists():
        raise ConfigError(str(file), "file", "is not a regular file")
    with file.open("rb") as opened:
        data = opened.read(most + 1)
    if len(data) > most:
        raise ConfigError(str(file), "file", f"is larger than {_size(most)}")
    return data


def table_of(file: Path) -> dict[str, Any]:
    """The content of a TOML file. Raises ConfigError for anything else."""
    try:
        text = data_of(file, MOST_TABLE_BYTES).decode("utf-8").replace("\r\n", "\n")
        if text.count(".") > MOST_DOTS and any(line.count(".") > MOST_DOTS for line in text.split("\n")):
            raise ConfigError(str(file), "file", f"has more than {MOST_DOTS} dots in a line")
        return _toml(text)
    except OSError as error:
        raise ConfigError(str(file), "file", f"cannot be read: {error.strerror}") from error
    except ValueError as error:  # no TOML, no UTF-8, or a number of thousands of digits
        raise ConfigError(str(file), "file", f"is not valid TOML: {error}") from error
    except RecursionError as error:
        raise ConfigError(str(file), "file", "is not valid TOML: nested too deeply") from error


def _toml(text: str) -> dict[str, Any]:
    """What tomllib makes of it, in a quarter of the time where tomli is compiled. Raises ValueError."""
    try:  # only now: most trees have no such file
        from tomli import loads
    except ImportError:  # distributions leave out what the standard library has
        from tomllib import loads
    return loads(text)


def _size(number: int) -> str:
    return f"{number >> 20} MB" if number >> 20 else f"{number >> 10} KB"
