"""What the user asked for, as one frozen value."""

from __future__ import annotations

from pathlib import Path

import msgspec

from auditor.model import Confidence


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """Settings of one run; defaults are those of ``lenaudit scan`` without options."""

    paths: tuple[Path, ...]
    rules_folders: tuple[Path, ...] = ()
    platform: str = ""  # empty: recognised per file
    defines: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    min_confidence: Confidence = Confidence.MEDIUM
    patched: tuple[tuple[str, bytes], ...] = ()  # absolute path, bytes that stand for those on disk
    step_budget: int = 400_000  # interpreter steps per entry point
